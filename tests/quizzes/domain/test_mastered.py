"""Mastery of a quiz: so many right among the last answers."""

from __future__ import annotations

from typing import Any

import pytest

from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answers, start_attempt, submit_attempt
from quizzes.domain.mastered import QuizMastery, quiz_mastery
from quizzes.domain.quiz_page import quiz_page
from quizzes.models import Attempt, Quiz
from tests.factories import NOW, make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RIGHT, WRONG = "k7", "m2"


def answered(*attempts: str, **fields: Any) -> tuple[Quiz, Any]:
    """A quiz of two questions and its learner's attempts: one letter for each answer, r or w."""
    quiz = make_quiz(make_course(), **{"mode": "check", "mastery_right": 3, "mastery_of": 4, **fields})
    enrollment = make_enrollment(quiz.course)
    for letters in attempts:
        attempt = start_attempt(quiz, enrollment=enrollment, at=NOW)
        given = [GivenAnswer(n, RIGHT if letter == "r" else WRONG, None) for n, letter in enumerate(letters, 1)]
        save_answers(attempt, given=given, at=NOW)
        submit_attempt(attempt, at=NOW)
        for job in Job.objects.filter(state="queued"):
            run_job(job.uuid)
    return quiz, enrollment


@pytest.mark.parametrize(
    ("attempts", "right", "answered_so_far", "mastered"),
    [
        ([], 0, 0, False),
        (["rw"], 1, 2, False),
        (["rr"], 2, 2, False),
        (["rw", "rr"], 3, 4, True),
        (["ww", "rr", "rw"], 3, 4, True),
        (["rr", "rr", "ww"], 2, 4, False),
        (["rw", "wr", "rw"], 2, 4, False),
    ],
)
def test_the_last_answers_over_all_attempts_decide(
    attempts: list[str], right: int, answered_so_far: int, mastered: bool
) -> None:
    quiz, enrollment = answered(*attempts)

    found = quiz_mastery(quiz, enrollment=enrollment, closed=False)

    assert found == QuizMastery(right, answered_so_far, 3, 4)
    assert found.is_mastered is mastered


def test_a_quiz_without_mastery_has_none(django_assert_num_queries: Any) -> None:
    quiz, enrollment = answered("rr", mastery_right=None, mastery_of=None)

    with django_assert_num_queries(0):
        assert quiz_mastery(quiz, enrollment=enrollment, closed=False) is None


def test_nobody_is_told_before_the_verdicts_are_shown() -> None:
    quiz, enrollment = answered("rr", "rr", mode="exam")

    assert quiz_mastery(quiz, enrollment=enrollment, closed=False) == QuizMastery(0, 0, 3, 4)
    assert quiz_mastery(quiz, enrollment=enrollment, closed=True) == QuizMastery(4, 4, 3, 4)


def test_practice_that_does_not_count_changes_nothing() -> None:
    quiz, enrollment = answered("rr", "rr")
    Attempt.objects.filter(number=2).update(counts=False)

    assert quiz_mastery(quiz, enrollment=enrollment, closed=False) == QuizMastery(2, 2, 3, 4)


def test_a_stranger_has_answered_nothing() -> None:
    quiz, _ = answered("rr")

    assert quiz_mastery(quiz, enrollment=None, closed=False) == QuizMastery(0, 0, 3, 4)


def test_the_quizs_page_carries_it() -> None:
    quiz, enrollment = answered("rw", "rr")

    page = quiz_page(quiz, enrollment=enrollment, at=NOW)

    assert page.mastery is not None
    assert page.mastery.is_mastered
