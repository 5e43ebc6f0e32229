"""Which attempts may begin, and what they are held to."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from course.models import Enrollment
from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt, submit_overdue_attempts
from quizzes.domain.rebuild import rebuild_progress, rebuild_results, rebuild_statistics
from quizzes.errors import AttemptsUsedUp, QuizNotOpen
from quizzes.models import Attempt, ConceptMastery, Quiz, Result
from quizzes.penalties import AttemptRules, rules_of
from quizzes.policy import EVERYTHING
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]

HOUR = timedelta(hours=1)
LATE = [{"hours": 24, "credit": 0.8}, {"hours": 48, "credit": 0.5}]


def seated(**fields: Any) -> tuple[Quiz, Enrollment]:
    course = make_course()
    quiz = make_quiz(course, concept=make_concept(course), questions=1, closes_at=NOW, **fields)
    return quiz, make_enrollment(course)


def taken(quiz: Quiz, enrollment: Enrollment, *, starts: datetime, submits: datetime, answer: str = "k7") -> Attempt:
    attempt = start_attempt(quiz, enrollment=enrollment, at=starts)
    save_answer(attempt, given=GivenAnswer(1, answer, None), at=min(submits, starts + HOUR))
    submit_attempt(attempt, at=submits)
    for job in Job.objects.filter(state="queued"):
        run_job(job.uuid)
    attempt.refresh_from_db()
    return attempt


@pytest.mark.parametrize(("hours", "credit"), [(-1, "1"), (0, "1"), (1, "0.8"), (24, "0.8"), (25, "0.5"), (48, "0.5")])
def test_what_is_submitted_late_counts_for_less(hours: int, credit: str) -> None:
    quiz, enrollment = seated(late_credit=LATE)

    attempt = taken(quiz, enrollment, starts=NOW - 2 * HOUR, submits=NOW + hours * HOUR)

    assert (attempt.credit, attempt.fraction) == (Decimal(credit), Decimal(credit))
    assert Result.objects.get().fraction == Decimal(credit)


def test_the_window_stays_open_until_the_last_late_moment() -> None:
    quiz, enrollment = seated(late_credit=LATE)

    attempt = start_attempt(quiz, enrollment=enrollment, at=NOW + 47 * HOUR)
    assert attempt.deadline_at == NOW + 48 * HOUR
    with pytest.raises(QuizNotOpen):
        start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW + 48 * HOUR)


def test_an_attempt_left_open_is_as_late_as_its_last_answer() -> None:
    quiz, enrollment = seated(late_credit=LATE)
    early = start_attempt(quiz, enrollment=enrollment, at=NOW - HOUR)
    save_answer(early, given=GivenAnswer(1, "k7", None), at=NOW - HOUR)
    late = start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW - HOUR)
    save_answer(late, given=GivenAnswer(1, "k7", None), at=NOW + HOUR)

    submit_overdue_attempts(at=NOW + 49 * HOUR)

    given = dict(Attempt.objects.values_list("pk", "credit"))
    assert (given[early.pk], given[late.pk]) == (Decimal(1), Decimal("0.8"))


def test_extra_days_move_the_moment_from_which_credit_falls() -> None:
    quiz, _ = seated(late_credit=LATE)

    attempt = taken(quiz, make_enrollment(quiz.course, extra_days=1), starts=NOW, submits=NOW + 24 * HOUR)

    assert attempt.credit == 1


def test_what_is_rebuilt_of_late_attempts_is_what_stands() -> None:
    quiz, enrollment = seated(late_credit=LATE)
    taken(quiz, enrollment, starts=NOW - HOUR, submits=NOW + HOUR)

    assert rebuild_results(check=True) == []


def test_after_the_close_there_is_practice_that_counts_nowhere() -> None:
    quiz, enrollment = seated(practice_after_close=True, mode="exam", time_limit_seconds=600, try_penalty="0.5")

    attempt = taken(quiz, enrollment, starts=NOW + HOUR, submits=NOW + 2 * HOUR)

    assert (attempt.counts, attempt.deadline_at, attempt.fraction) == (False, None, Decimal(1))
    assert (attempt.policy["after_answer"], rules_of(attempt.policy)) == (EVERYTHING, AttemptRules())
    assert (Result.objects.count(), ConceptMastery.objects.count()) == (0, 0)
    assert [*rebuild_results(check=True), *rebuild_progress(check=True), *rebuild_statistics(check=True)] == []


def test_practice_after_the_close_uses_up_no_attempt() -> None:
    quiz, enrollment = seated(practice_after_close=True, attempts_allowed=1)
    taken(quiz, enrollment, starts=NOW + HOUR, submits=NOW + HOUR)
    quiz.closes_at = NOW + 9 * HOUR
    quiz.save()

    counted = taken(quiz, enrollment, starts=NOW + 2 * HOUR, submits=NOW + 2 * HOUR)

    assert (counted.number, counted.counts) == (2, True)
    with pytest.raises(AttemptsUsedUp):
        start_attempt(quiz, enrollment=enrollment, at=NOW + 3 * HOUR)


def test_without_it_a_closed_quiz_is_closed() -> None:
    quiz, enrollment = seated()

    with pytest.raises(QuizNotOpen):
        start_attempt(quiz, enrollment=enrollment, at=NOW)


def test_an_attempt_pins_the_rules_it_began_with() -> None:
    quiz, enrollment = seated(tries_allowed=2, try_penalty=Decimal("0.25"), navigation="sequential")
    attempt = start_attempt(quiz, enrollment=enrollment, at=NOW - HOUR)

    Quiz.objects.update(tries_allowed=9, try_penalty=1, navigation="free")

    attempt.refresh_from_db()
    assert rules_of(attempt.policy) == AttemptRules(2, Decimal("0.25"), Decimal(0), is_sequential=True)
