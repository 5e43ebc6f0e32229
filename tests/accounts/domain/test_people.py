from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.domain import people
from accounts.errors import NotAnEmailAddress
from accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_new_person_can_sign_in_at_once(client: Client) -> None:
    people.create_person("Ana@Example.org", name="Ana", password="three quiet words")
    answer = client.post("/accounts/login/", {"login": "ana@example.org", "password": "three quiet words"})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_new_person_is_verified_in_both_places() -> None:
    person = people.create_person("ana@example.org")
    assert person.email_verified_at is not None
    assert list(EmailAddress.objects.values_list("user", "email", "verified", "primary")) == [
        (person.pk, "ana@example.org", True, True)
    ]


def test_a_person_can_be_made_in_the_past() -> None:
    at = datetime(2026, 10, 1, 9, tzinfo=UTC)
    person = people.create_person("ana@example.org", at=at)
    assert (person.joined_at, person.email_verified_at) == (at, at)


def test_a_person_from_an_lms_has_no_address() -> None:
    person = people.create_person(None, name="Ana")
    assert (person.email, person.email_verified_at, EmailAddress.objects.count()) == (None, None, 0)


def test_an_unverified_person_does_not_hold_the_address() -> None:
    first = people.create_person("ana@example.org", verified=False)
    second = people.create_person("ana@example.org")
    assert people.find_person("ana@example.org") == second
    assert first.email_verified_at is None


def test_a_verified_address_is_not_given_twice() -> None:
    people.create_person("ana@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        people.create_person("ana@example.org")


@pytest.mark.parametrize("email", ["", "ana", "ana@", "@example.org", "a b@example.org", "ana@example"])
def test_what_is_not_an_address_is_refused_in_a_sentence(email: str) -> None:
    with pytest.raises(NotAnEmailAddress) as refusal:
        people.clean_email(email)
    assert str(refusal.value) == f"“{email}” is not an email address. Write it like name@example.org."


def test_an_instructor_is_made_once() -> None:
    first, was_new = people.make_instructor("boss@example.org", name="Dr Hollar")
    second, is_new = people.make_instructor("BOSS@example.org")
    assert (first, was_new, is_new) == (second, True, False)
    assert (second.may_author, second.name) == (True, "Dr Hollar")


def test_someone_who_is_here_becomes_an_instructor(person: User) -> None:
    same, is_new = people.make_instructor("ana@example.org")
    assert (same, is_new, same.may_author) == (person, False, True)
    person.refresh_from_db()
    assert person.may_author


def test_an_unverified_squatter_does_not_become_the_instructor() -> None:
    squatter = people.create_person("boss@example.org", password="squatters own words", verified=False)
    boss, is_new = people.make_instructor("boss@example.org")
    squatter.refresh_from_db()
    assert (is_new, boss == squatter, squatter.may_author) == (True, False, False)


def test_verifying_is_idempotent() -> None:
    person = people.create_person("ana@example.org", verified=False)
    assert people.mark_email_verified(person)
    since = person.email_verified_at
    assert people.mark_email_verified(person)
    assert person.email_verified_at == since
    assert EmailAddress.objects.filter(verified=True).count() == 1


def test_who_comes_second_does_not_verify_the_address() -> None:
    late = people.create_person("ana@example.org", verified=False)
    people.create_person("ana@example.org")
    assert not people.mark_email_verified(late)
    assert late.email_verified_at is None


def test_who_has_no_address_verifies_none() -> None:
    assert not people.mark_email_verified(people.create_person(None))


def test_links_lead_where_people_come_in(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://learn.example.org/"
    assert people.public_link("/accounts/") == "https://learn.example.org/accounts/"


def test_a_link_to_set_a_password_holds_no_row_number(person: User) -> None:
    path = urlsplit(people.set_password_link(person)).path
    assert path.split("/")[1:4] == ["accounts", "set-password", person.uuid.hex]


def test_people_are_found_by_their_public_id(person: User) -> None:
    assert people.person_by_uuid(person.uuid.hex) == person
    assert people.person_by_uuid("1") is None
    person.is_active = False
    person.save()
    assert people.person_by_uuid(person.uuid.hex) is None


def test_an_invitation_is_for_one_address_and_fourteen_days() -> None:
    with time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC), tick=False) as clock:
        token = people.invitation_link("Ana@example.org").rstrip("/").rsplit("/", 1)[1]
        assert people.email_of_invitation(token) == "ana@example.org"
        clock.shift(people.INVITATION_SECONDS + 1)
        assert people.email_of_invitation(token) is None
        assert people.email_of_invitation(token[:-1]) is None


def test_finding_a_person_costs_one_query(person: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert people.find_person("ana@example.org") == person


def test_what_people_say_of_themselves_is_kept_and_the_rest_stays() -> None:
    person = people.create_person("ana@example.org", name="Ana")
    people.change_own(person, theme="dark", size="larger")
    people.change_own(person, name="Ana M.", theme="")
    kept = User.objects.get(pk=person.pk)
    facts = [(each.name, each.theme, each.size, each.spacing, each.email) for each in (person, kept)]
    assert facts == [("Ana M.", "", "larger", "", "ana@example.org")] * 2


def test_saying_nothing_of_oneself_changes_nothing() -> None:
    person = people.create_person("ana@example.org", name="Ana")
    people.change_own(person)
    assert User.objects.get(pk=person.pk).name == "Ana"
