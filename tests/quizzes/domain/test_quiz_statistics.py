"""What is told of a quiz in figures, and from how many attempts on."""

from __future__ import annotations

import pytest

from quizzes.domain.quiz_statistics import statistics_of
from quizzes.domain.reckoning import ask_to_reckon
from quizzes.statistics.questions import ENOUGH
from tests.quizzes.domain.regraded import Class, run_every_job

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def reckoned(group: Class) -> None:
    ask_to_reckon(group.quiz, hint=False)
    run_every_job("reckon_statistics")


def test_a_quiz_nobody_took_has_nothing_to_tell() -> None:
    found = statistics_of(Class().quiz)
    assert (found.attempts, found.is_enough, found.reckoned_at, found.is_stale) == (0, False, None, False)
    assert (found.questions, found.passages, found.reckoned) == ((), (), None)


@pytest.mark.parametrize(("answers", "is_told"), [(ENOUGH - 1, False), (ENOUGH, True)])
def test_figures_are_told_from_so_many_attempts_on(answers: int, is_told: bool) -> None:
    group = Class(questions=2)
    group.answered(*["thirst machine"] * (answers - 2), "wet", "dry")
    reckoned(group)

    found = statistics_of(group.quiz)

    assert (found.attempts, found.is_enough, found.is_stale) == (answers, is_told, False)
    assert [question.row.sums.responses for question in found.questions] == [answers] * 2
    assert [question.facility is not None for question in found.questions] == [is_told] * 2
    assert [bool(question.choices) for question in found.questions] == [is_told] * 2
    assert ((found.reckoned is not None), bool(found.passages)) == (is_told, is_told)


def test_what_is_graded_after_it_was_reckoned_makes_it_stale() -> None:
    group = Class()
    group.answered(*["thirst machine"] * ENOUGH)
    reckoned(group)
    group.answered("wet")
    found = statistics_of(group.quiz)
    assert (found.is_stale, found.attempts) == (True, ENOUGH + 1)
    reckoned(group)
    assert not statistics_of(group.quiz).is_stale
