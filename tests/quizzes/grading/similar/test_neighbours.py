"""Who says the same as somebody a person graded gets the same, unless people did not agree."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes.grading.similar.neighbours import Neighbour, neighbours_in, same_answer, undisputed
from quizzes.grading.similar.texts import read

GRADED = (
    Neighbour("The wind was too strong to cross the bay safely.", 1.0),
    Neighbour("Because of the crew", 0.0),
    Neighbour("It had lost 40 litres of oil", 0.5),
)


@pytest.mark.parametrize(
    ("answer", "fraction"),
    [
        ("the wind was too strong to cross the bay, safely", 1.0),
        ("THE WIND WAS TOO STRONG TO CROSS THE BAY SAFELY", 1.0),
        ("The wind was too stron to cross the bay safely.", 1.0),
        ("because of the crew!", 0.0),
        ("it had lost 40 litres of oil", 0.5),
    ],
)
def test_the_same_answer_gets_the_same_fraction(answer: str, fraction: float) -> None:
    same = same_answer(read(answer), GRADED)
    assert same is not None
    assert same.fraction == fraction


@pytest.mark.parametrize(
    "answer",
    [
        "The wind was not too strong to cross the bay safely.",
        "The wind was too strong to cross the bay",
        "It had lost 41 litres of oil",
        "bay the cross to strong too was wind the safely",
        "",
    ],
)
def test_an_answer_that_may_say_something_else_is_no_neighbour(answer: str) -> None:
    assert same_answer(read(answer), GRADED) is None


def test_answers_on_which_people_disagreed_decide_nothing() -> None:
    torn = (*GRADED, Neighbour("because of the crew", 1.0))
    assert same_answer(read("because of the crew"), torn) is None


def test_only_what_nobody_found_less_than_right_is_undisputed() -> None:
    torn = (Neighbour("Strong wind", 1.0), Neighbour("A storm", 1.0), Neighbour("a storm!", 0.5), Neighbour("Fog", 0.0))
    assert undisputed(torn) == ["Strong wind"]


@pytest.mark.parametrize(
    "junk",
    [{}, {"text": "a"}, {"text": 1, "fraction": 1}, {"text": "a", "fraction": True}, {"text": "a", "fraction": "1"},
     {"text": "a", "fraction": 2}, {"text": "a", "fraction": float("nan")}, {"text": None, "fraction": 0.5}],
    ids=str,
)  # fmt: skip
def test_what_is_no_text_with_a_fraction_is_left_out(junk: dict[str, Any]) -> None:
    assert list(neighbours_in([junk, {"text": "b", "fraction": 1}])) == [Neighbour("b", 1.0)]
