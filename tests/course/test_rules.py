"""Who finds the studio in the masthead: whoever has something to do there, and nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.domain.people import person_by_key
from accounts.models import User
from course.models import Enrollment, Role
from jobs.domain.clock import database_now
from tests.factories import make_course, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LINK = '<a href="/studio/"'
IN_STUDIO = {Role.OWNER, Role.EDITOR, Role.GRADER, Role.ASSISTANT}
PAST, FUTURE = timedelta(days=-2), timedelta(days=2)


@pytest.fixture
def person() -> User:
    return make_person()


def take_part(person: User, role: Role, **dates: Any) -> Enrollment:
    now = database_now()
    moments = {name: now + distance for name, distance in dates.items()}
    return Enrollment.objects.create(course=make_course(), user=person, role=role, enrolled_at=now + PAST, **moments)


def in_studio(person: User) -> bool:
    found: Any = person_by_key(person.pk)
    return bool(found.in_studio)


@pytest.mark.parametrize("role", Role)
def test_whoever_edits_grades_or_sees_people_is_in_the_studio(person: User, role: Role) -> None:
    take_part(person, role)
    assert in_studio(person) is (role in IN_STUDIO)


@pytest.mark.parametrize(
    ("dates", "counts"),
    [
        ({"starts_at": PAST, "ends_at": FUTURE}, True),
        ({"starts_at": FUTURE}, False),
        ({"starts_at": PAST, "ends_at": PAST / 2}, False),
        ({"left_at": PAST / 2}, False),
    ],
)
def test_only_a_part_that_counts_now_does(person: User, dates: dict[str, timedelta], counts: bool) -> None:
    take_part(person, Role.GRADER, **dates)
    assert in_studio(person) is counts


def test_somebody_else_s_part_does_not_count(person: User) -> None:
    take_part(make_person(), Role.OWNER)
    assert not in_studio(person)


@pytest.mark.parametrize("role", Role)
def test_the_link_is_there_exactly_for_whom_the_studio_opens(client: Client, person: User, role: Role) -> None:
    take_part(person, role)
    client.force_login(person)
    assert (LINK in client.get("/").content.decode()) is (client.get("/studio/").status_code == 200)


def test_a_visitor_and_a_newcomer_have_no_link_and_an_author_has_one(client: Client, person: User) -> None:
    assert LINK not in client.get("/").content.decode()
    client.force_login(person)
    assert LINK not in client.get("/").content.decode()
    client.force_login(make_person(may_author=True))
    assert LINK in client.get("/").content.decode()
