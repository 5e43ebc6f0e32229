"""What is asked of the answers to a question."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from quizzes.domain.given_answers import AnswerFilter
from quizzes.statistics.quiz import Which
from web.studio.answers_form import AnswersForm

COHORT = "0f0e6c44-7a3e-4d7c-8f39-3a39b2f0a001"


def form(**sent: str) -> AnswersForm:
    quiz, cohort = SimpleNamespace(slug="one", title="One"), SimpleNamespace(uuid=COHORT, name="Mornings")
    return AnswersForm(sent, quizzes=[quiz], cohorts=[cohort], numbers=[2, 1])


def test_what_is_asked_for_is_wanted() -> None:
    asked = form(which="best", quiz="one", cohort=COHORT, version="2", verdict="not right")
    assert asked.wanted == AnswerFilter(Which.BEST, "one", COHORT, 2, "not right")


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"which": "worst", "quiz": "two", "cohort": "x", "version": "3", "verdict": "wrong"},
        {"version": "-1"},
        {"version": "1; --"},
        {"cohort": "\x00"},
    ],
)
def test_what_makes_no_sense_asks_for_first_attempts_of_everybody(sent: dict[str, Any]) -> None:
    assert form(**sent).wanted == AnswerFilter()


def test_one_senseless_field_leaves_the_others() -> None:
    assert form(quiz="one", version="x").wanted == AnswerFilter(quiz="one")
