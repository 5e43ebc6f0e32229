"""Holding a request until its attempt is graded."""

from __future__ import annotations

from decimal import Decimal
from time import monotonic

import pytest
from django.conf import settings

from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain import waiting
from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.domain.waiting import wait_until_graded
from quizzes.models import Attempt
from tests.factories import NOW, make_course, make_enrollment, make_quiz
from tests.quizzes.domain.looking import after_looks

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LINE = {"stem": "What is it called?", "accepted": ["thirst machine"]}


def submitted() -> Attempt:
    course = make_course()
    attempt = start_attempt(make_quiz(course, questions=[("short_text", LINE)]), enrollment=make_enrollment(course))
    return submit_attempt(attempt)


def grade() -> None:
    run_job(Job.objects.get(kind="grade_attempt").uuid)


def test_it_ends_as_soon_as_the_grade_has_come() -> None:
    attempt = submitted()

    with after_looks(3, grade):
        wait_until_graded(attempt, milliseconds=60_000)

    assert attempt.graded_at is not None
    assert attempt.fraction == Decimal(0)


def test_what_is_graded_already_is_not_looked_at() -> None:
    attempt = submitted()
    grade()
    attempt.refresh_from_db()

    with after_looks(0, grade) as looks:
        wait_until_graded(attempt, milliseconds=60_000)

    assert looks == []


def test_it_ends_when_the_time_is_over() -> None:
    attempt, began = submitted(), monotonic()

    wait_until_graded(attempt, milliseconds=50)

    assert attempt.graded_at is None
    assert 0.05 <= monotonic() - began < 30


def test_no_more_than_half_of_the_threads_wait() -> None:
    attempt = Attempt(pk=1, started_at=NOW)
    held = max(1, settings.WEB_THREADS // 2)
    for _ in range(held):
        assert waiting._held.acquire(blocking=False)
    try:
        with after_looks(0, grade) as looks:
            wait_until_graded(attempt, milliseconds=60_000)
    finally:
        for _ in range(held):
            waiting._held.release()

    assert looks == []
