"""People, links and invitations, case by case: addresses of every form, links of every age, names of every kind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.test import Client, override_settings
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain import people
from accounts.domain.people import INVITATION_SECONDS, clean_email, email_of_invitation, invitation_link, public_link
from accounts.errors import NotAnEmailAddress
from accounts.models import User

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
local_parts = st.text("abcxyz0189._+-", min_size=1, max_size=20).filter(
    lambda text: ".." not in text and text.strip(".") == text
)


def token_of(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


@given(local_parts)
def test_an_address_is_kept_in_lower_case_and_without_space_around_it(name: str) -> None:
    assert clean_email(f"  {name.upper()}@Example.ORG ") == f"{name.lower()}@example.org"
    assert clean_email(clean_email(f"{name}@example.org")) == clean_email(f"{name}@example.org")


@pytest.mark.parametrize(
    "email",
    [
        "a@b.co",
        "a+b@example.org",
        "a.b@sub.example.org",
        "o'hara@example.org",
        "x@xn--bcher-kva.example",
        "1@example.org",
    ],
)
def test_what_is_an_address_is_taken(email: str) -> None:
    assert clean_email(email) == email


@pytest.mark.parametrize(
    "email",
    [
        "",
        " ",
        "a",
        "@",
        "a@",
        "@b.co",
        "a@b",
        "a b@c.de",
        "a@b..co",
        "a@b.co,c@d.ef",
        "a@b.co\nBcc: c@d.ef",
        "a@b.co\x00",
        "<a@b.co>",
        "Ana <a@b.co>",
        "a@@b.co",
        "a@b.co/",
        ".a@b.co",
        "a.@b.co",
        "a@-b.co",
        "x" * 330 + "@b.co",
    ],
)
def test_what_is_no_address_is_refused_as_it_was_written(email: str) -> None:
    with pytest.raises(NotAnEmailAddress) as refused:
        clean_email(email)
    assert str(refused.value) == f"“{email}” is not an email address. Write it like name@example.org."


@pytest.mark.parametrize(
    ("public_url", "path", "link"),
    [
        ("https://learn.example.org/", "/accounts/", "https://learn.example.org/accounts/"),
        ("https://learn.example.org/", "accounts/", "https://learn.example.org/accounts/"),
        ("https://example.org/learn/", "/accounts/", "https://example.org/learn/accounts/"),
        ("http://127.0.0.1:8000/", "/", "http://127.0.0.1:8000/"),
        ("https://learn.example.org/", "//evil.example/", "https://learn.example.org/evil.example/"),
    ],
)
def test_a_public_link_stands_below_where_people_come_in(public_url: str, path: str, link: str) -> None:
    with override_settings(PUBLIC_URL=public_url):
        assert public_link(path) == link


@given(local_parts)
def test_an_invitation_gives_its_address_back_and_no_other(name: str) -> None:
    assert email_of_invitation(token_of(invitation_link(f"{name}@example.org"))) == f"{name.lower()}@example.org"


@given(local_parts, st.integers(0, 200), st.sampled_from("aZ0-_:."))
def test_an_invitation_with_one_sign_changed_is_false_or_the_same(name: str, at: int, sign: str) -> None:
    token = token_of(invitation_link(f"{name}@example.org"))
    at %= len(token)
    forged = token[:at] + sign + token[at + 1 :]
    assert email_of_invitation(forged) in (None, f"{name.lower()}@example.org")
    if sign != token[at] and at < len(token) - 1:
        assert email_of_invitation(forged) is None


@pytest.mark.parametrize(
    ("age", "is_good"),
    [
        (0, True),
        (1, True),
        (INVITATION_SECONDS - 1, True),
        (INVITATION_SECONDS + 1, False),
        (10 * INVITATION_SECONDS, False),
    ],
)
def test_an_invitation_is_good_for_fourteen_days(age: int, is_good: bool) -> None:
    with time_machine.travel(NOW, tick=False):
        token = token_of(invitation_link("ana@example.org"))
    with time_machine.travel(NOW + timedelta(seconds=age), tick=False):
        assert (email_of_invitation(token) is not None) is is_good


@pytest.mark.parametrize("salt", ["", "accounts.invitations", "django.core.signing", "accounts.password"])
def test_what_was_signed_for_something_else_is_no_invitation(salt: str) -> None:
    assert email_of_invitation(signing.dumps("ana@example.org", salt=salt)) is None


def test_an_invitation_of_another_key_is_false() -> None:
    token = token_of(invitation_link("ana@example.org"))
    with override_settings(SECRET_KEY="another" * 10):
        assert email_of_invitation(token) is None


@pytest.mark.parametrize("token", ["", ":", "::", "a:b:c", "x" * 5000, "é:é:é", "\x00", "null"])
def test_what_was_never_signed_is_no_invitation(token: str) -> None:
    assert email_of_invitation(token) is None


@pytest.mark.parametrize("uuid", ["", "1", "x" * 32, "-", "0" * 31, "0" * 33, "{}", "٠" * 32, "\x00"])
@pytest.mark.django_db
def test_what_is_no_public_id_is_nobody(uuid: str) -> None:
    assert people.person_by_uuid(uuid) is None


@pytest.mark.django_db
class TestPeople:
    @pytest.mark.parametrize("name", ["", "Ana", "Ana Moravec", "Ана", "<b>", "x" * 150])
    def test_a_person_is_called_by_their_name_or_by_their_address(self, name: str) -> None:
        person = people.create_person("ana@example.org", name=name)
        assert str(person) == (name or "ana@example.org")
        assert person.get_full_name() == str(person)
        assert person.get_short_name() == (name.split(" ", maxsplit=1)[0] if name else "ana@example.org")

    def test_a_person_without_name_and_address_has_a_short_number(self) -> None:
        person = people.create_person(None)
        assert str(person) == f"Person {person.uuid.hex[:8]}"

    @pytest.mark.parametrize(
        ("fields", "constraint"),
        [
            ({"email": "ANA@example.org"}, "email_is_lower_case_or_absent"),
            ({"email": ""}, "email_is_lower_case_or_absent"),
            ({"email": None, "email_verified_at": NOW}, "only_an_email_is_verified"),
        ],
    )
    def test_the_database_refuses_what_the_domain_would_never_write(
        self, fields: dict[str, object], constraint: str
    ) -> None:
        person = people.create_person("ana@example.org", verified=False)
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            User.objects.filter(pk=person.pk).update(**fields)

    def test_any_number_of_people_may_claim_an_address_and_one_may_have_it(self) -> None:
        claims = [people.create_person("ana@example.org", verified=False) for _ in range(3)]
        assert [people.mark_email_verified(person) for person in claims] == [True, False, False]
        assert people.find_person("ana@example.org") == claims[0]
        assert [User.objects.get(pk=person.pk).email_verified_at is not None for person in claims] == [
            True,
            False,
            False,
        ]

    @pytest.mark.parametrize("asked", ["ana@example.org", "ANA@Example.org", "  ana@example.org "])
    def test_somebody_is_found_however_their_address_is_written(self, asked: str) -> None:
        person = people.create_person("Ana@example.org")
        assert people.find_person(asked) == person

    @pytest.mark.parametrize("other", ["ana@example.com", "an@example.org", "ana+1@example.org"])
    def test_an_address_that_only_looks_alike_is_somebody_elses(self, other: str) -> None:
        people.create_person("ana@example.org")
        assert people.find_person(other) is None

    @pytest.mark.parametrize(
        "change", [{"password": "x"}, {"email": "other@example.org"}, {"last_login": NOW}, {"is_active": False}]
    )
    def test_a_link_for_a_password_ends_when_something_of_its_person_changes(self, change: dict[str, object]) -> None:
        person = people.create_person("ana@example.org", password="three quiet words")
        path = urlsplit(people.set_password_link(person)).path
        assert Client().get(path).status_code == 302
        User.objects.filter(pk=person.pk).update(**change)
        page = Client().get(path, follow=True)
        assert "This link does not work any more" in page.content.decode()

    @pytest.mark.parametrize(("surplus", "is_good"), [(-60, True), (60, False)])
    def test_a_link_for_a_password_ends_with_its_time(self, surplus: int, is_good: bool) -> None:
        with time_machine.travel(NOW, tick=False):
            path = urlsplit(people.set_password_link(people.create_person("ana@example.org"))).path
        later = NOW + timedelta(seconds=django_settings.PASSWORD_RESET_TIMEOUT + surplus)
        with time_machine.travel(later, tick=False):
            assert (Client().get(path).status_code == 302) is is_good

    def test_a_link_for_one_person_opens_nothing_for_another(self) -> None:
        one, two = (people.create_person(f"{name}@example.org") for name in ("ana", "eva"))
        path = urlsplit(people.set_password_link(one)).path.replace(one.uuid.hex, two.uuid.hex)
        assert "This link does not work any more" in Client().get(path, follow=True).content.decode()
