"""People who are awaited at an address, and who they turn out to be."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from accounts.domain.awaited import await_no_more, awaited_person, people_at, people_or_awaited
from accounts.domain.people import create_person, find_person, mark_email_verified
from accounts.models import User
from course.domain.enrolment import enrol
from course.models import Enrollment, Role
from tests.factories import NOW, make_course

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADDRESS = "ana@example.org"


def await_ana(name: str = "Ana") -> User:
    return people_or_awaited({ADDRESS: name}, at=NOW)[ADDRESS]


def test_somebody_is_awaited_once_at_an_address() -> None:
    first = await_ana()
    assert (first.name, first.awaited_since, first.email_verified_at) == ("Ana", NOW, None)
    assert await_ana("Other name") == first
    assert User.objects.get().name == "Ana"


def test_who_verified_an_address_is_nobody_awaited() -> None:
    person = create_person(ADDRESS)
    assert people_or_awaited({ADDRESS: "", "bob@example.org": "Bob"})[ADDRESS] == person
    assert (awaited_person(ADDRESS), User.objects.count()) == (None, 2)


def test_who_only_claims_an_address_is_not_at_it() -> None:
    claimer = create_person(ADDRESS, verified=False)
    assert people_at([ADDRESS]) == {}
    assert await_ana() != claimer


def test_finding_many_people_takes_one_query_and_awaiting_them_three(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    names = {f"person{n}@example.org": "" for n in range(30)}
    create_person("person7@example.org")
    with django_assert_num_queries(3):
        people_or_awaited(names, at=NOW)
    with django_assert_num_queries(1):
        assert set(people_at(names)) == set(names)


@pytest.mark.parametrize(
    "fields",
    [{"email": None}, {"email": ADDRESS, "email_verified_at": NOW}],
    ids=["no address", "verified"],
)
def test_the_database_awaits_nobody_without_an_unverified_address(fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="who_is_awaited_has_an_email_not_yet_verified"), transaction.atomic():
        User.objects.create(awaited_since=NOW, **fields)


def test_the_database_awaits_one_person_at_an_address() -> None:
    await_ana()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email=ADDRESS, awaited_since=NOW)


def test_an_awaited_person_who_verifies_their_address_is_awaited_no_more() -> None:
    person = await_ana()
    assert mark_email_verified(person, at=NOW)
    assert (person.awaited_since, person.email_verified_at) == (None, NOW)
    assert find_person(ADDRESS) == person
    assert EmailAddress.objects.get().verified


def test_what_an_awaited_person_had_goes_over_to_whoever_verifies_the_address() -> None:
    claimer, course = create_person(ADDRESS, verified=False), make_course()
    part = enrol(course, person=await_ana(), role=Role.OBSERVER, at=NOW)

    assert mark_email_verified(claimer)

    part.refresh_from_db()
    assert (part.user, part.role) == (claimer, Role.OBSERVER)
    assert User.objects.get() == claimer


def test_a_part_of_ones_own_stays_as_it_is() -> None:
    claimer, one, other = create_person(ADDRESS, verified=False), make_course(), make_course()
    own = enrol(one, person=claimer, at=NOW)
    awaited = await_ana()
    enrol(one, person=awaited, role=Role.EDITOR, at=NOW)
    passed_on = enrol(other, person=awaited, at=NOW)

    mark_email_verified(claimer)

    assert list(Enrollment.objects.order_by("pk")) == [own, passed_on]
    assert Enrollment.objects.get(pk=own.pk).role == Role.LEARNER


def test_verifying_one_address_leaves_who_is_awaited_at_others() -> None:
    awaited, other = await_ana(), create_person("bob@example.org", verified=False)
    mark_email_verified(other)
    assert awaited_person(ADDRESS) == awaited


def test_an_awaited_person_cannot_take_over_a_verified_address() -> None:
    awaited = await_ana()
    holder = User.objects.create_user(ADDRESS, email_verified_at=NOW)
    assert not mark_email_verified(awaited)
    assert find_person(ADDRESS) == holder


def test_only_who_is_awaited_is_awaited_no_more() -> None:
    ana, known = await_ana(), create_person("bob@example.org")
    others = await_each("carla@example.org")

    await_no_more(User.objects.filter(pk__in=[ana.pk, known.pk]))

    assert set(User.objects.all()) == {known, *others}
    assert awaited_person("ana@example.org") is None
    await_no_more(User.objects.none())
    assert User.objects.count() == 2


def await_each(*addresses: str) -> list[User]:
    return list(people_or_awaited(dict.fromkeys(addresses, ""), at=NOW).values())
