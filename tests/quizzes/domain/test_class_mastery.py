"""Whose mastery of a concept counts for its class."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from course.models import Role
from jobs.domain.clock import database_now
from quizzes.domain.class_mastery import class_mastery
from tests.factories import make_concept, make_course, make_enrollment

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize(
    ("days", "counted"), [({"ends_at": 1}, 2), ({"ends_at": -1}, 1), ({"starts_at": 1}, 1), ({"left_at": -1}, 1)]
)
def test_only_learners_whose_part_goes_on_count(days: dict[str, int], counted: int) -> None:
    course = make_course()
    concept, now = make_concept(course), database_now()
    make_enrollment(course)
    make_enrollment(course, role=Role.GRADER)
    dates: dict[str, Any] = {name: now + timedelta(days=number) for name, number in days.items()}
    make_enrollment(course, **dates)
    found = class_mastery(concept)
    assert (found.learners, found.not_enough, found.known) == (counted, counted, 0)
