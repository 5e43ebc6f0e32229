from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEntry, InboxMessage, MailRule, MutedKind, PersonalToken, User

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def refused(**fields: object) -> bool:
    try:
        with transaction.atomic():
            User.objects.create(**fields)
    except IntegrityError:
        return True
    return False


def test_two_people_may_have_the_same_address_while_only_one_has_verified_it() -> None:
    assert not refused(email="a@example.org")
    assert not refused(email="a@example.org")
    assert not refused(email="a@example.org", email_verified_at=timezone.now())


def test_an_address_is_verified_by_one_person_only() -> None:
    assert not refused(email="a@example.org", email_verified_at=timezone.now())
    assert refused(email="a@example.org", email_verified_at=timezone.now())


def test_many_people_may_have_no_address() -> None:
    assert not refused(email=None)
    assert not refused(email=None)


def test_an_empty_address_is_not_an_address() -> None:
    assert refused(email="")


def test_an_address_is_kept_in_lower_case() -> None:
    assert refused(email="Ana@example.org")
    assert User.objects.create_user(" Ana@Example.org ").email == "ana@example.org"


def test_nothing_is_verified_without_an_address() -> None:
    assert refused(email=None, email_verified_at=timezone.now())


def test_a_person_is_called_by_their_name_then_address_then_number() -> None:
    assert str(User(name="Ana Moravec", email="a@example.org")) == "Ana Moravec"
    assert str(User(email="a@example.org")) == "a@example.org"
    nameless = User()
    assert str(nameless) == f"Person {nameless.uuid.hex[:8]}"


def test_a_short_name_is_the_first_word() -> None:
    assert User(name="Ana Moravec").get_short_name() == "Ana"
    assert User(email="a@example.org").get_short_name() == "a@example.org"
    assert User(name="Ana Moravec").get_full_name() == "Ana Moravec"


def test_a_superuser_may_author_and_enter_the_admin() -> None:
    boss = User.objects.create_superuser("boss@example.org", "three quiet words")
    assert (boss.is_staff, boss.is_superuser, boss.may_author) == (True, True, True)


def test_a_person_without_a_password_cannot_use_one() -> None:
    assert not User.objects.create_user("a@example.org").has_usable_password()


def test_a_token_without_a_name_is_refused(person: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonalToken.objects.create(user=person, name="", prefix="a", digest="a")


def test_a_token_scope_that_nobody_knows_is_refused(person: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonalToken.objects.create(user=person, name="n", prefix="a", digest="a", scope="all")


@pytest.mark.parametrize(
    "areas", ["everything", "grades people", "grades grades", " ", "people  grades", "people,grades"]
)
def test_areas_of_a_token_are_known_and_in_their_order(person: User, areas: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonalToken.objects.create(user=person, name="n", prefix="a", digest="a", areas=areas)


def test_rows_say_what_they_are(person: User) -> None:
    assert str(PersonalToken(user=person, name="Notebook", prefix="abc")) == "Notebook (postil_abc…)"
    assert str(InboxMessage(text="Your answer is graded.")) == "Your answer is graded."
    assert str(AuditEntry(verb="published", subject="course:1")) == "published course:1"


def test_the_log_outlives_who_acted(person: User) -> None:
    entry = AuditEntry.objects.create(actor=person, verb="published", subject="course:1")
    person.delete()
    entry.refresh_from_db()
    assert entry.actor is None


def taken(make: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            make()
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize(("every", "is_taken"), [("day", True), ("week", True), ("never", True), ("hour", False)])
def test_mail_comes_by_a_rule_that_is_known(every: str, is_taken: bool) -> None:
    person = User.objects.create()

    assert taken(lambda: MailRule.objects.create(user=person, every=every)) is is_taken


def test_a_person_has_one_rule_about_mail() -> None:
    person = User.objects.create()
    MailRule.objects.create(user=person)

    assert not taken(lambda: MailRule.objects.create(user=person, every="never"))


def test_a_sort_is_kept_out_once_and_has_a_name() -> None:
    person, other = User.objects.create(), User.objects.create()
    MutedKind.objects.create(user=person, kind="graded")

    assert not taken(lambda: MutedKind.objects.create(user=person, kind="graded"))
    assert not taken(lambda: MutedKind.objects.create(user=person, kind=""))
    assert taken(lambda: MutedKind.objects.create(user=person, kind="regraded"))
    assert taken(lambda: MutedKind.objects.create(user=other, kind="graded"))


def test_they_say_whose_they_are() -> None:
    person = User.objects.create()

    assert str(MailRule(user=person, every="week")) == f"{person.pk}: week"
    assert str(MutedKind(user=person, kind="graded")) == f"{person.pk}: graded"
