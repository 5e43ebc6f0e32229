"""More time for one learner."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.domain.audit import history
from course.models import Course, Enrollment
from quizzes.domain.accommodations import accommodate, extend_forgotten, own_terms
from quizzes.domain.attempts import start_attempt, submit_attempt, submit_overdue_attempts
from quizzes.domain.deadlines import deadline_of, window_of
from quizzes.domain.time_left import time_left
from quizzes.models import Attempt, AttemptState
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MINUTES = timedelta(minutes=1)


def running(course: Course | None = None, enrollment: Enrollment | None = None, **fields: Any) -> Attempt:
    course = course or make_course()
    quiz = make_quiz(course, **{"time_limit_seconds": 2400, **fields})
    return start_attempt(quiz, enrollment=enrollment or make_enrollment(course), at=NOW)


def give(attempt: Attempt, factor: str = "1.5", days: int = 0) -> int:
    assert attempt.enrollment is not None
    return accommodate(attempt.enrollment, time_factor=Decimal(factor), extra_days=days, actor=make_person())


def minutes(attempt: Attempt) -> float:
    attempt.refresh_from_db()
    assert attempt.deadline_at is not None
    return (attempt.deadline_at - NOW) / MINUTES


def test_a_running_attempt_is_extended_with_the_record() -> None:
    attempt = running()

    assert give(attempt) == 1

    assert minutes(attempt) == 60
    assert Enrollment.objects.filter(time_factor=Decimal("1.5")).count() == 1


def test_it_holds_in_every_running_and_every_future_quiz_of_the_course() -> None:
    course = make_course()
    enrollment = make_enrollment(course)
    attempts = [running(course, enrollment, time_limit_seconds=seconds) for seconds in (600, 1200)]

    assert give(attempts[0], "2") == 2

    assert [minutes(attempt) for attempt in attempts] == [20, 40]
    assert minutes(running(course, Enrollment.objects.get(pk=enrollment.pk), time_limit_seconds=1800)) == 60


def test_nobody_elses_attempt_is_touched() -> None:
    course = make_course()
    other = running(course)

    give(running(course))

    assert minutes(other) == 40


def test_less_time_shortens_no_attempt_that_runs() -> None:
    attempt = running()
    give(attempt, "2")

    assert give(attempt, "1") == 0

    assert minutes(attempt) == 80


def test_extra_days_move_the_closing_of_a_running_attempt() -> None:
    attempt = running(time_limit_seconds=None, closes_at=NOW + 10 * MINUTES)

    give(attempt, "1", 2)

    assert minutes(attempt) == 10 + 2 * 24 * 60


@pytest.mark.parametrize(("starts", "ends"), [(0, 60), (-20, 60), (-60, 60)])
def test_more_time_wins_over_the_window(starts: int, ends: int) -> None:
    """The quiz closes 40 minutes after NOW, as the usual time does for who starts then."""
    learner = Enrollment(time_factor=Decimal("1.5"), extra_days=0)
    course = make_course()
    quiz = make_quiz(course, time_limit_seconds=2400, closes_at=NOW + 40 * MINUTES)

    deadline = deadline_of(window_of(quiz, learner), NOW + starts * MINUTES)

    assert deadline == NOW + (starts + ends) * MINUTES


def test_who_starts_late_has_what_is_left_times_the_factor() -> None:
    learner = Enrollment(time_factor=Decimal("1.5"), extra_days=0)
    quiz = make_quiz(make_course(), time_limit_seconds=2400, closes_at=NOW + 40 * MINUTES)

    assert deadline_of(window_of(quiz, learner), NOW + 20 * MINUTES) == NOW + 50 * MINUTES


def test_an_attempt_over_its_time_but_not_yet_submitted_goes_on() -> None:
    attempt = running()

    give(attempt)
    submit_overdue_attempts(at=NOW + 41 * MINUTES)

    attempt.refresh_from_db()
    assert attempt.state == AttemptState.IN_PROGRESS


def test_what_was_submitted_stays_as_it_was() -> None:
    attempt = running()
    submit_attempt(attempt, at=NOW)

    assert give(attempt) == 0
    assert minutes(attempt) == 40


def test_the_audit_log_says_who_gave_what() -> None:
    attempt = running()
    actor = make_person()
    assert attempt.enrollment is not None

    for _ in range(2):
        accommodate(attempt.enrollment, time_factor=Decimal("1.50"), extra_days=3, actor=actor)

    entries = history(f"enrollment:{attempt.enrollment.uuid}")
    assert [(entry.verb, entry.actor, entry.detail) for entry in entries] == [
        (
            "accommodated",
            actor,
            {"from": {"time_factor": "1.00", "extra_days": 0}, "to": {"time_factor": "1.50", "extra_days": 3}},
        )
    ]


def test_an_attempt_that_began_with_the_record_of_before_is_found_by_the_sweeper() -> None:
    attempt, usual = running(), running()
    Enrollment.objects.filter(attempts=attempt).update(time_factor=Decimal("1.5"))

    assert (extend_forgotten(), extend_forgotten()) == (1, 0)

    assert (minutes(attempt), minutes(usual)) == (60, 40)


def test_extending_takes_two_statements_however_many_attempts_run(django_assert_num_queries: Any) -> None:
    course = make_course()
    enrollment = make_enrollment(course)
    for _ in range(5):
        running(course, enrollment)

    Enrollment.objects.filter(pk=enrollment.pk).update(time_factor=2)
    with django_assert_num_queries(4):  # two, and the transaction's bounds
        assert extend_forgotten() == 5


def test_the_terms_of_every_quiz_are_told() -> None:
    course = make_course()
    enrollment = make_enrollment(course, time_factor=Decimal("1.5"))
    make_quiz(course)
    timed = make_quiz(course, time_limit_seconds=600)
    closing = make_quiz(course, closes_at=NOW)

    found = {each.quiz: each.window for each in own_terms(enrollment)}

    assert set(found) == {timed, closing}
    assert (found[timed].limit_seconds, found[timed].extended_from_seconds) == (900, 600)


def test_the_time_left_is_told_to_its_learner_alone(django_assert_num_queries: Any) -> None:
    attempt = running()
    Attempt.objects.update(deadline_at=NOW)
    assert attempt.enrollment is not None
    person = attempt.enrollment.user_id

    with django_assert_num_queries(1):
        left = time_left(person=person, uuid=attempt.uuid)

    assert (left.is_running, left.window.limit_seconds) == (True, 2400)
    assert isinstance(left.seconds, int)
    assert left.seconds >= 0
    with pytest.raises(Attempt.DoesNotExist):
        time_left(person=make_person().pk, uuid=attempt.uuid)


def test_without_a_deadline_no_time_is_left_or_gone() -> None:
    attempt = running(time_limit_seconds=None)
    assert attempt.enrollment is not None

    assert time_left(person=attempt.enrollment.user_id, uuid=attempt.uuid).seconds is None
