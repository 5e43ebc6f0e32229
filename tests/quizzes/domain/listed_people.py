"""People of a course, and what others may do to their parts while a list of them is on its way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.domain.people import create_person
from accounts.models import User
from course.domain.cohorts import put_away
from course.domain.enrolment import enrol
from course.domain.parts import change_part, end_part
from course.models import Cohort, Course, Enrollment, Role
from tests.factories import NOW, make_course, make_person

LEFT = NOW - timedelta(days=30)


@pytest.fixture
def owner() -> User:
    return make_person("Olga")


@pytest.fixture
def course(owner: User) -> Course:
    """What lists come to, with its owner and nobody else."""
    return make_course(owner=owner)


def email(part: Enrollment) -> str:
    return str(part.user.email)


def rows(course: Course) -> list[tuple[Any, ...]]:
    """Everything that lists change, by address; owners are left out."""
    wanted = ("user__email", "role", "cohort__name", "time_factor", "extra_days", "starts_at", "ends_at", "left_at")
    parts = course.enrollments.exclude(role=Role.OWNER)
    return list(parts.order_by("user__email", "pk").values_list(*wanted))


def the_part(course: Course, address: str = "new@example.org") -> Enrollment:
    return course.enrollments.select_related("user", "course", "cohort").get(user__email=address)


def somebody_at(address: str) -> User:
    return User.objects.filter(email=address, email_verified_at__isnull=False).first() or create_person(address)


def come_back_later(course: Course, address: str = "new@example.org") -> Enrollment:
    """Somebody at the address took part, and left a month ago."""
    part = enrol(course, person=somebody_at(address), at=LEFT)
    Enrollment.objects.filter(pk=part.pk).update(left_at=LEFT)
    return part


def leaves(course: Course, part: Enrollment) -> None:
    end_part(part, actor=None)


def becomes_an_observer(course: Course, part: Enrollment) -> None:
    change_part(part, role=Role.OBSERVER, cohort=None, starts_at=None, ends_at=None, actor=None)


def comes_in_alone(course: Course, part: Enrollment) -> None:
    enrol(course, person=create_person("new@example.org"))


def cohort_goes(course: Course, part: Enrollment) -> None:
    put_away(Cohort.objects.get(name="A"), actor=None)
