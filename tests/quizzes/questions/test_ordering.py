"""What is special about putting steps in order; the laws of all kinds are tested together."""

from __future__ import annotations

from itertools import combinations, permutations
from statistics import mean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions import question_type
from quizzes.questions.base import BrokenQuestion

ORDERING = question_type("ordering")


def story(length: int) -> dict[str, Any]:
    steps = [{"id": f"s{place}", "text": f"Step {place}", "feedback": f"About {place}."} for place in range(length)]
    return {"stem": "In which order?", "steps": steps}


def fraction(content: dict[str, Any], answer: list[str]) -> float:
    return ORDERING.grade(content, ORDERING.parse(content, answer)).fraction or 0.0


@given(answer=st.integers(3, 8).flatmap(lambda length: st.permutations(range(length))))
def test_the_fraction_is_kendalls_tau_cut_off_at_nothing(answer: list[int]) -> None:
    pairs = list(combinations(answer, 2))
    tau = sum(1 if one < other else -1 for one, other in pairs) / len(pairs)
    assert fraction(story(len(answer)), [f"s{step}" for step in answer]) == pytest.approx(max(0.0, tau))


def test_only_the_right_order_earns_everything_and_no_order_by_lot_much() -> None:
    content = story(6)
    earned = [fraction(content, [f"s{step}" for step in order]) for order in permutations(range(6))]
    assert earned.count(1.0) == 1
    assert mean(earned) < 0.16
    assert sum(each == 0 for each in earned) == len(earned) / 2


@given(at=st.integers(0, 4))
def test_neighbours_exchanged_cost_the_same_wherever_they_stand(at: int) -> None:
    order = [f"s{place}" for place in range(6)]
    order[at], order[at + 1] = order[at + 1], order[at]
    assert fraction(story(6), order) == pytest.approx(1 - 2 / 15)


@given(seed=st.integers(0, 10**9), length=st.integers(3, 12))
def test_the_right_order_is_never_shown(seed: int, length: int) -> None:
    shown = [step["id"] for step in ORDERING.present(story(length), seed).data["steps"]]
    assert sorted(shown) == sorted(ORDERING.model_answer(story(length)))
    assert shown != ORDERING.model_answer(story(length))


def test_every_other_order_is_shown_to_somebody() -> None:
    shown = {tuple(step["id"] for step in ORDERING.present(story(3), seed).data["steps"]) for seed in range(300)}
    assert len(shown) == 5


@given(seed=st.integers(0, 10**9))
def test_but_for_the_right_one_the_order_shown_is_drawn_from_the_ids_alone(seed: int) -> None:
    content = story(12)
    turned = {**content, "steps": content["steps"][::-1]}
    assert ORDERING.present(turned, seed) == ORDERING.present(content, seed)


def test_the_outcome_says_which_steps_stand_right_and_how_it_was_reckoned() -> None:
    outcome = ORDERING.grade(story(3), ["s1", "s0", "s2"])
    assert outcome.feedback == "Steps at their place: 1 of 3.\nAbout 0.\nAbout 1."
    assert outcome.detail == {
        "parts": [
            {"id": "s0", "verdict": "wrong"},
            {"id": "s1", "verdict": "wrong"},
            {"id": "s2", "verdict": "right"},
        ],
        "path": ["Of 3 pairs of steps, 1 stand the wrong way round: 1 - 2 × 1 ÷ 3."],
    }


def test_the_review_stands_in_the_right_order_with_the_places_given() -> None:
    parts = ORDERING.review(story(3), ["s1", "s0", "s2"], 1)["parts"]
    assert [(part["text"], part["given"], part["accepted"], part["right"]) for part in parts] == [
        ("Step 0", "2", ["1"], False),
        ("Step 1", "1", ["2"], False),
        ("Step 2", "3", ["3"], True),
    ]


def test_an_order_reads_in_one_line_and_is_its_own_bucket() -> None:
    assert ORDERING.summarise(story(3), ["s1", "s0", "s2"]) == "1. Step 1; 2. Step 0; 3. Step 2"
    assert ORDERING.classify(story(3), ["s1", "s0", "s2"]) == "s1 s0 s2"


def test_two_steps_would_have_one_wrong_order_only() -> None:
    assert [(problem.code, problem.field) for problem in ORDERING.check(story(2))] == [("too_few", "steps")]
    with pytest.raises(BrokenQuestion):
        ORDERING.present(story(2), 1)
