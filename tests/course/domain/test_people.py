"""Who learns in a course."""

from __future__ import annotations

from typing import Any

import pytest

from course.domain.people import learners_of
from course.models import Cohort, Course, Enrollment, Role
from tests.factories import NOW, make_course, make_enrollment

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def learner(course: Course, name: str, **fields: Any) -> Enrollment:
    enrollment = make_enrollment(course, **fields)
    enrollment.user.name = name
    enrollment.user.save()
    return enrollment


def names(course: Course, matching: str = "") -> list[str]:
    return [each.user.name for each in learners_of(course, matching=matching)]


def test_learners_come_by_name_without_staff_and_those_who_left() -> None:
    course = make_course()
    for name in ("Zoe", "Ana", "Mia"):
        learner(course, name)
    learner(course, "Olga", role=Role.EDITOR)
    learner(course, "Gone", left_at=NOW)
    learner(make_course(), "Elsewhere")

    assert names(course) == ["Ana", "Mia", "Zoe"]


@pytest.mark.parametrize(
    ("matching", "found"),
    [
        ("", ["Ana Lind", "Mia Lund"]),
        ("lu", ["Mia Lund"]),
        ("LIND ana", ["Ana Lind"]),
        ("ana lund", []),
        ("evening", ["Mia Lund"]),
        ("ana@example.org", ["Ana Lind"]),
        ("100% _", []),
    ],
)
def test_every_word_is_looked_for_in_name_address_and_cohort(matching: str, found: list[str]) -> None:
    course = make_course()
    ana = learner(course, "Ana Lind")
    ana.user.email = "ana@example.org"
    ana.user.save()
    learner(course, "Mia Lund", cohort=Cohort.objects.create(course=course, name="Evening class"))

    assert names(course, matching) == found
