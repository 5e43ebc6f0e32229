"""By which indexes the sweeper finds, every time it looks, what is past its time: most often nothing of very much."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from course.models import Course, Enrollment
from quizzes.domain.retention import erase_when_past, parts_past, what_is_past
from tests.factories import NOW, make_course, make_enrollment
from tests.plans import gone_over, largest_statement, plan_of, use_indexes_for_few_rows

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LATER = NOW + timedelta(days=4_000)
INDEXES = {"left_parts_with_answers", "ended_parts_with_answers", "parts_by_what_was_erased"}
ASKED: dict[str, Callable[[Course], object]] = {
    "whether anything is past": lambda _: parts_past(at=LATER).exists(),
    "what is past in the installation": lambda _: parts_past(at=LATER).count(),
    "what is past in a course": lambda course: parts_past(at=LATER, course=course).count(),
    "which part comes first": lambda _: parts_past(at=LATER).order_by("course_id", "pk").first(),
}


@pytest.fixture
def course() -> Course:
    """One of two courses with rules of their own, where people left, were there for a time, and stay."""
    first, second = make_course(), make_course()
    Course.objects.filter(pk=first.pk).update(keep_answers_days=30)
    Course.objects.filter(pk=second.pk).update(keep_answers_days=400)
    for each in (first, second):
        ended: tuple[dict[str, Any], ...] = ({}, {"left_at": NOW}, {"ends_at": NOW}, {"answers_erased_at": LATER})
        for fields in ended:
            make_enrollment(each, **fields)
    use_indexes_for_few_rows()
    return first


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("usual", [0, 365])
def test_each_way_to_end_has_an_index_and_the_parts_are_not_gone_over(course: Course, asked: str, usual: int) -> None:
    with override_settings(KEEP_ANSWERS_DAYS=usual):
        plan = plan_of(largest_statement(lambda: ASKED[asked](course), about="course"))
    assert {index for index in INDEXES if index not in plan} == set(), plan
    assert "course_enrollment" not in gone_over(plan), plan


def test_a_statement_without_an_index_goes_over_the_parts_which_this_would_tell(course: Course) -> None:
    plan = plan_of(largest_statement(lambda: list(Enrollment.objects.filter(invited_at=NOW)), about="course"))
    assert gone_over(plan) == ["course_enrollment"]
    assert not any(index in plan for index in INDEXES)


def test_the_sweeper_asks_the_same_few_statements_whatever_there_is(course: Course) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            erase_when_past(at=NOW)
        return len(captured)

    few = statements()
    for _ in range(9):
        other = make_course()
        Course.objects.filter(pk=other.pk).update(keep_answers_days=30 + other.pk % 300)
        make_enrollment(other, left_at=NOW)
    assert statements() == few == 2


def test_an_installation_that_keeps_everything_looks_at_no_part() -> None:
    make_enrollment(make_course(), left_at=NOW)
    with CaptureQueriesContext(connection) as captured:
        assert what_is_past(at=LATER) == []
    assert [query["sql"] for query in captured if "course_enrollment" in query["sql"]] == []
