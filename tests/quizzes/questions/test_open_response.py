"""What is special about open responses; the laws of all kinds are tested together."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes.questions import question_type

QUESTION = question_type("open_response")
CONTENT: dict[str, Any] = {
    "stem": "Explain it.",
    "model": "Because it rained.\r\nAnd it froze.",
    "rubric": [
        {"id": "c1", "text": "Names the rain", "points": 1},
        {"id": "c2", "text": "And frost", "points": 0.5},
    ],
    "min_words": 3,
    "max_words": 5,
}


def codes(**change: Any) -> set[tuple[str, str]]:
    return {(problem.code, problem.field) for problem in QUESTION.check({**CONTENT, **change})}


def test_paragraphs_are_kept_and_line_ends_made_one() -> None:
    assert QUESTION.parse(CONTENT, " One.\r\n\r\nTwo.\rThree. ") == "One.\n\nTwo.\nThree."
    assert QUESTION.summarise(CONTENT, "One.\n\nTwo.") == "One. Two."
    assert QUESTION.model_answer(CONTENT) == "Because it rained.\nAnd it froze."


def test_neither_model_answer_nor_rubric_are_shown_before() -> None:
    assert QUESTION.present(CONTENT, 1).data == {"max_length": 10_000, "min_words": 3, "max_words": 5}


@pytest.mark.parametrize(
    ("advised", "words"),
    [
        ({"min_words": 3, "max_words": 5}, "; 3 to 5 were advised"),
        ({"min_words": 3}, "; 3 or more were advised"),
        ({"max_words": 5}, "; up to 5 were advised"),
        ({}, ""),
    ],
)
def test_the_length_is_said_and_never_refused(advised: dict[str, int], words: str) -> None:
    content = {name: value for name, value in CONTENT.items() if not name.endswith("_words")} | advised
    assert QUESTION.grade(content, "one " * 40).detail["path"] == [f"It has 40 words{words}."]


@pytest.mark.parametrize(
    ("text", "bucket"),
    [("a b", "fewer words than advised"), ("a b c", "as many words as advised"), ("a " * 6, "more words than advised")],
)
def test_answers_are_filed_by_their_length(text: str, bucket: str) -> None:
    assert QUESTION.classify(CONTENT, text) == bucket


@pytest.mark.parametrize(
    ("points", "words"),
    [(1, "1 point"), (2.0, "2 points"), (0.5, "0.5 points"), (-1, "−1 point"), (-1.5, "−1.5 points")],
)
def test_points_are_counted_in_words_that_fit(points: float, words: str) -> None:
    content = {**CONTENT, "rubric": [{"id": "c1", "text": "x", "points": points}]}
    assert QUESTION.review(content, None, 1)["parts"][1]["accepted"] == [words]


def test_the_review_has_the_model_answer_and_the_rubric_with_their_points() -> None:
    assert QUESTION.review(CONTENT, "Rain.", 1)["parts"] == [
        {"id": "answer", "given": "Rain.", "accepted": [CONTENT["model"]], "right": None},
        {"id": "c1", "text": "Names the rain", "given": "", "accepted": ["1 point"], "right": None},
        {"id": "c2", "text": "And frost", "given": "", "accepted": ["0.5 points"], "right": None},
    ]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"model": ""}, {("missing_text", "model")}),
        ({"rubric": []}, {("too_few", "rubric")}),
        ({"rubric": [{"id": "c1", "text": "x"}]}, {("no_points", "rubric.0.points"), ("nothing_earned", "rubric")}),
        (
            {"rubric": [{"id": "c1", "text": "x", "points": 101}]},
            {("no_points", "rubric.0.points"), ("nothing_earned", "rubric")},
        ),
        ({"rubric": [{"id": "c1", "text": "x", "points": -1}]}, {("nothing_earned", "rubric")}),
        ({"rubric": [*CONTENT["rubric"], {"id": "c3", "text": "Invents", "points": -1}]}, set()),
        ({"min_words": 6}, {("no_number_of_words", "max_words")}),
        ({"min_words": "3"}, {("no_number_of_words", "min_words")}),
        ({"max_words": 5_000}, {("no_number_of_words", "max_words")}),
        ({"max_words": True}, {("no_number_of_words", "max_words")}),
    ],
    ids=range(10),
)
def test_what_is_wrong_with_it_is_said(change: dict[str, Any], found: set[tuple[str, str]]) -> None:
    assert codes(**change) == found
