"""What a person grades always waits for one, and the grade's path says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.grading import GradingRequest, grade, graded_by, grader_label, graders
from quizzes.grading.rubric import WAITS
from quizzes.questions import kinds, question_type
from quizzes.questions.base import BrokenQuestion, QuestionType

CONTENT = next(iter(question_type("open_response").examples())).content


@given(text=st.text(alphabet="word s\n", min_size=1, max_size=400).filter(str.strip))
def test_every_answer_waits_whatever_its_length(text: str) -> None:
    outcome = grade(GradingRequest("open_response", CONTENT, text))
    assert outcome.fraction is None
    words = len(text.split())
    said = "1 word" if words == 1 else f"{words} words"
    assert outcome.detail["path"] == [f"It has {said}; 15 to 60 were advised.", WAITS]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_it_decides_nothing_for_any_kind(kind: QuestionType) -> None:
    content = next(iter(kind.examples())).content
    outcome = graded_by(graders()["rubric"], GradingRequest(kind.kind, content, kind.model_answer(content)))
    assert outcome.fraction is None
    assert outcome.feedback == ""
    assert outcome.detail["path"][-1] == WAITS


@pytest.mark.parametrize("answer", [None, "", "  \n"])
def test_nothing_written_waits_for_nobody(answer: str | None) -> None:
    outcome = grade(GradingRequest("open_response", CONTENT, answer))
    assert (outcome.fraction, outcome.detail["unanswered"]) == (0.0, True)


def test_a_broken_question_is_told_to_its_author() -> None:
    with pytest.raises(BrokenQuestion):
        grade(GradingRequest("open_response", {**CONTENT, "min_words": "many"}, "A word."))


def test_the_event_names_the_rubric_as_its_grader() -> None:
    assert grader_label("open_response", {}) == "rubric@1"
