"""How much time is left: by the database's clock, for the learner alone, never less than none."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs.domain.clock import database_now
from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.domain.time_left import TimeLeft, time_left
from quizzes.models import Attempt, Quiz
from tests.factories import make_course, make_enrollment, make_person, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SLACK = 2
"""Seconds that a slow machine may take between two looks at the clock."""


def begun(**fields: Any) -> Attempt:
    quiz = make_quiz(make_course(), questions=1, **fields)
    return start_attempt(quiz, enrollment=make_enrollment(quiz.course))


def left(attempt: Attempt) -> TimeLeft:
    assert attempt.enrollment is not None
    return time_left(person=attempt.enrollment.user_id, uuid=attempt.uuid)


def test_without_an_end_there_is_no_time_to_tell() -> None:
    told = left(begun())

    assert (told.is_running, told.seconds, told.window.limit_seconds) == (True, None, None)


def test_a_limit_runs_from_the_beginning() -> None:
    told = left(begun(time_limit_seconds=600))

    assert told.seconds is not None
    assert 600 - SLACK <= told.seconds <= 600


@pytest.mark.parametrize(
    ("seconds", "least", "most"), [(90, 88, 90), (0.9, 0, 1), (0, 0, 0), (-5, 0, 0), (-100_000, 0, 0)]
)
def test_what_is_left_is_never_below_nothing(seconds: float, least: int, most: int) -> None:
    attempt = begun(time_limit_seconds=600)
    Attempt.objects.update(deadline_at=database_now() + timedelta(seconds=seconds))

    told = left(attempt)

    assert told.seconds is not None
    assert least <= told.seconds <= most


def test_whoever_has_more_time_is_told_their_own() -> None:
    quiz = make_quiz(make_course(), questions=1, time_limit_seconds=600)
    attempt = start_attempt(quiz, enrollment=make_enrollment(quiz.course, time_factor=Decimal("1.5")))

    told = left(attempt)

    assert told.seconds is not None
    assert (told.window.limit_seconds, told.window.extended_from_seconds) == (900, 600)
    assert 900 - SLACK <= told.seconds <= 900


def test_a_deadline_that_was_moved_is_told_at_once() -> None:
    attempt = begun(time_limit_seconds=600)
    before = left(attempt).seconds
    Attempt.objects.update(deadline_at=database_now() + timedelta(seconds=1200))
    after = left(attempt).seconds

    assert before is not None
    assert after is not None
    assert after > before + 590


def test_an_attempt_that_was_submitted_no_longer_runs() -> None:
    attempt = begun(time_limit_seconds=600)
    submit_attempt(attempt)

    assert left(attempt).is_running is False


def somebody_else(_attempt: Attempt) -> tuple[int, UUID]:
    return make_person().pk, _attempt.uuid


def another_learner(attempt: Attempt) -> tuple[int, UUID]:
    return make_enrollment(attempt.quiz.course).user_id, attempt.uuid


def no_such_attempt(attempt: Attempt) -> tuple[int, UUID]:
    assert attempt.enrollment is not None
    return attempt.enrollment.user_id, uuid4()


@pytest.mark.parametrize("who", [somebody_else, another_learner, no_such_attempt])
def test_nobody_is_told_of_an_attempt_that_is_not_theirs(who: Any) -> None:
    person, uuid = who(begun())

    with pytest.raises(Attempt.DoesNotExist, match="There is no such attempt of yours"):
        time_left(person=person, uuid=uuid)


def test_an_attempt_of_nobody_in_particular_is_nobodys() -> None:
    attempt = begun()
    assert attempt.enrollment is not None
    person = attempt.enrollment.user_id
    Attempt.objects.update(enrollment=None, anonymous_key=uuid4())

    with pytest.raises(Attempt.DoesNotExist):
        time_left(person=person, uuid=attempt.uuid)


def test_asking_is_one_statement_and_changes_nothing() -> None:
    attempt = begun(time_limit_seconds=600)
    kept = Attempt.objects.values().get(), Quiz.objects.values().get()

    with CaptureQueriesContext(connection) as asked:
        left(attempt)

    assert len(asked) == 1
    assert (Attempt.objects.values().get(), Quiz.objects.values().get()) == kept
