"""Several options may be right: a wrong one takes back a right one, whatever the order of clicking."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions import question_type
from quizzes.questions.base import BrokenQuestion, InvalidAnswer
from tests.quizzes.questions.choosing import FERRY, problems_of, with_option

QUESTION = question_type("multiple_choice")
ASK = "Choose at least one of the options."
CARGO: dict[str, Any] = {
    "stem": "What does the barge carry?",
    "options": [
        {"id": "salt", "text": "Salt", "correct": True, "feedback": "In sacks."},
        {"id": "wool", "text": "Wool", "correct": True, "feedback": ""},
        {"id": "iron", "text": "Iron", "correct": False, "feedback": "That goes by rail."},
        {"id": "fish", "text": "Fish", "correct": False},
    ],
}
ALL = ["fish", "iron", "salt", "wool"]


@pytest.mark.parametrize(
    ("chosen", "fraction", "feedback"),
    [
        (["salt", "wool"], 1.0, "In sacks."),
        (["salt"], 0.5, "Right choices: 1 of 2. Choices that are not right: 0.\nIn sacks."),
        (["wool"], 0.5, "Right choices: 1 of 2. Choices that are not right: 0."),
        (
            ["salt", "wool", "iron"],
            0.5,
            "Right choices: 2 of 2. Choices that are not right: 1.\nThat goes by rail.\nIn sacks.",
        ),
        (["salt", "fish"], 0.0, "Right choices: 1 of 2. Choices that are not right: 1.\nIn sacks."),
        (["iron"], 0.0, "Right choices: 0 of 2. Choices that are not right: 1.\nThat goes by rail."),
        (["fish", "iron"], 0.0, "Right choices: 0 of 2. Choices that are not right: 2.\nThat goes by rail."),
        (ALL, 0.0, "Right choices: 2 of 2. Choices that are not right: 2.\nThat goes by rail.\nIn sacks."),
    ],
)
def test_each_choice_earns_what_is_right_less_what_is_wrong(chosen: list[str], fraction: float, feedback: str) -> None:
    outcome = QUESTION.grade(CARGO, QUESTION.parse(CARGO, chosen))
    assert (outcome.fraction, outcome.feedback) == (fraction, feedback)


def test_every_option_gets_its_verdict_in_the_order_of_ids() -> None:
    assert QUESTION.grade(CARGO, ["fish", "salt"]).detail == {
        "parts": [
            {"id": "fish", "verdict": "wrong"},
            {"id": "iron", "verdict": "left"},
            {"id": "salt", "verdict": "right"},
            {"id": "wool", "verdict": "missed"},
        ]
    }


@pytest.mark.parametrize("clicked", [list(order) for order in permutations(["salt", "iron", "wool"])])
def test_the_order_of_clicking_leaves_no_trace(clicked: list[str]) -> None:
    answer = QUESTION.parse(CARGO, clicked)
    assert answer == ["iron", "salt", "wool"]
    assert QUESTION.classify(CARGO, answer) == "iron+salt+wool"
    assert QUESTION.summarise(CARGO, answer) == "Iron; Salt; Wool"


def test_a_further_right_choice_never_costs_and_a_further_wrong_one_never_pays() -> None:
    rights = {"salt", "wool"}
    for size in range(4):
        for chosen in combinations(ALL, size):
            for more in set(ALL) - set(chosen):
                before = QUESTION.grade(CARGO, sorted(chosen)).fraction or 0
                after = QUESTION.grade(CARGO, sorted({*chosen, more})).fraction or 0
                assert after >= before if more in rights else after <= before


@given(rights=st.lists(st.booleans(), min_size=2, max_size=10).filter(any))
def test_choosing_everything_earns_nothing_once_half_is_wrong(rights: list[bool]) -> None:
    rows = [{"id": f"o{n}", "text": str(n), "correct": right} for n, right in enumerate(rights)]
    content = {"stem": "Which?", "options": rows}
    everything = QUESTION.grade(content, sorted(row["id"] for row in rows)).fraction or 0
    assert (everything == 0) == (rights.count(True) <= rights.count(False))


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (None, ASK),
        ([], ASK),
        ([""], ASK),
        (["salt", "gold"], f"That choice is not part of this question. {ASK}"),
        (["salt wool"], f"That choice is not part of this question. {ASK}"),
        (["salt", 2], f"Send each choice by its id. {ASK}"),
        ({"salt": True}, f"Send the choices as a list. {ASK}"),
        (["salt"] * 201, f"These are too many choices. {ASK}"),
        (["salt", "\ud800"], "The answer holds characters that cannot be stored. Type it again without them."),
    ],
    ids=range(9),
)
def test_what_are_no_options_is_refused_with_what_to_do(data: Any, advice: str) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        QUESTION.parse(CARGO, data)
    assert str(refusal.value) == advice


def test_the_most_clicks_that_are_read_are_two_hundred() -> None:
    assert QUESTION.parse(CARGO, ["salt"] * 200) == ["salt"]


@pytest.mark.parametrize(
    ("rights", "found"),
    [
        ((False, False, False), [("options", "none_correct", "Mark at least one option as right.")]),
        (
            (True, True, True),
            [
                (
                    "options",
                    "all_correct",
                    "Add an option that is not right: choosing everything would earn the full fraction.",
                )
            ],
        ),
        ((True, False, False), []),
        ((True, True, False), []),
    ],
)
def test_something_is_right_and_something_is_not(rights: tuple[bool, ...], found: list[tuple[str, str, str]]) -> None:
    rows = [{**row, "correct": right} for row, right in zip(FERRY["options"], rights, strict=True)]
    assert problems_of("multiple_choice", {**FERRY, "options": rows}) == found


def test_a_row_that_is_no_option_keeps_the_others_from_being_all_there_is() -> None:
    rows = [*({**row, "correct": True} for row in FERRY["options"]), "salt"]
    assert [code for _, code, _ in problems_of("multiple_choice", {**FERRY, "options": rows})] == ["not_an_object"]


def test_the_review_marks_every_choice_made() -> None:
    review = QUESTION.review({**CARGO, "keep_order": True}, ["iron", "salt"], 1)
    marks = [(part["id"], part["chosen"], part["right"], part["feedback"]) for part in review["parts"]]
    assert marks == [
        ("salt", True, True, "In sacks."),
        ("wool", False, True, ""),
        ("iron", True, False, "That goes by rail."),
        ("fish", False, False, ""),
    ]


def test_without_a_right_option_there_is_no_model_answer_and_no_grade() -> None:
    content = with_option(with_option(CARGO, 0, correct=False), 1, correct=False)
    for ask in (lambda: QUESTION.model_answer(content), lambda: QUESTION.grade(content, ["salt"])):
        with pytest.raises(BrokenQuestion) as broken:
            ask()
        assert str(broken.value) == "No option of the question is right."
