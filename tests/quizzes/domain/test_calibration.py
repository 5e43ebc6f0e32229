"""How sure a learner was beside how right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course.models import Course, Enrollment
from quizzes.domain.calibration import Calibration, calibration_of
from quizzes.models import Attempt, AttemptState, Grading, Quiz, Response
from tests.factories import NOW, make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LATER = NOW + timedelta(days=1)
Given = Iterable[tuple[int | None, str]]


def answered(quiz: Quiz, part: Enrollment, given: Given, **fields: Any) -> None:
    """A submitted attempt with one response for each confidence and fraction."""
    attempt = Attempt.objects.create(
        quiz=quiz,
        enrollment=part,
        number=Attempt.objects.filter(enrollment=part, quiz=quiz).count() + 1,
        seed=1,
        policy={},
        started_at=NOW,
        **{"state": AttemptState.SUBMITTED, "submitted_at": NOW, **fields},
    )
    version = quiz.items.get(position=1).question.versions.get()  # type: ignore[union-attr]  # -- it seats one
    for position, (confidence, fraction) in enumerate(given, 1):
        Response.objects.create(
            attempt=attempt,
            version=version,
            position=position,
            max_points=1,
            answer="k7",
            sequence=1,
            confidence=confidence,
            grading=Grading.GRADED,
            fraction=Decimal(fraction),
        )


def scene(**fields: Any) -> tuple[Quiz, Enrollment]:
    course: Course = make_course()
    return make_quiz(course, questions=1, **fields), make_enrollment(course)


def test_each_confidence_has_its_answers_and_what_they_earned() -> None:
    quiz, part = scene()
    answered(quiz, part, [(3, "1"), (3, "0.5"), (1, "0"), (None, "1")])

    assert calibration_of(part, quizzes=[quiz], at=LATER) == [Calibration(1, 1, 0.0), Calibration(3, 2, 0.75)]


def test_every_attempt_counts() -> None:
    quiz, part = scene()
    answered(quiz, part, [(2, "0")])
    answered(quiz, part, [(2, "1")])

    assert calibration_of(part, quizzes=[quiz], at=LATER) == [Calibration(2, 2, 0.5)]


@pytest.mark.parametrize("state", [AttemptState.IN_PROGRESS, AttemptState.VOID])
def test_an_attempt_that_is_not_submitted_does_not(state: AttemptState) -> None:
    quiz, part = scene()
    answered(quiz, part, [(2, "1")], state=state, submitted_at=None)

    assert calibration_of(part, quizzes=[quiz], at=LATER) == []


def test_what_a_quiz_holds_back_is_not_told_by_this_either() -> None:
    quiz, part = scene(mode="exam", closes_at=NOW + timedelta(days=2), feedback_policy={"after_submit": []})
    answered(quiz, part, [(3, "0")])

    assert calibration_of(part, quizzes=[quiz], at=LATER) == []
    assert calibration_of(part, quizzes=[quiz], at=NOW + timedelta(days=2)) == [Calibration(3, 1, 0.0)]


def test_others_answers_and_other_quizzes_are_left_out() -> None:
    quiz, part = scene()
    answered(quiz, make_enrollment(quiz.course), [(3, "1")])
    answered(make_quiz(quiz.course, questions=1), part, [(3, "1")])

    assert calibration_of(part, quizzes=[quiz], at=LATER) == []


@pytest.mark.parametrize("quizzes", [1, 6])
def test_it_takes_one_query(quizzes: int) -> None:
    first, part = scene()
    asked = [first, *(make_quiz(first.course, questions=1) for _ in range(quizzes - 1))]
    for quiz in asked:
        answered(quiz, part, [(3, "1")])

    with CaptureQueriesContext(connection) as captured:
        assert calibration_of(part, quizzes=asked, at=LATER) == [Calibration(3, quizzes, 1.0)]
    assert len(captured) == 1
