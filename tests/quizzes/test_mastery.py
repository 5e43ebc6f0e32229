"""Mastery by Laplace's rule of succession, against figures worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.mastery import MasteryState, mastery, state_of

fractions = st.lists(st.decimals(min_value=0, max_value=1, places=6), min_size=2, max_size=50)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], None),
        (["1"], None),
        (["0", "0"], "0.25"),
        (["1", "1"], "0.75"),
        (["1", "0"], "0.5"),
        (["1", "1", "1"], "0.8"),
        (["1", "1", "0"], "0.6"),
        (["0.5", "0.5"], "0.5"),
        (["1"] * 8, "0.9"),
    ],
)
def test_mastery_matches_the_test_vector(answers: list[str], expected: str | None) -> None:
    assert mastery([Decimal(answer) for answer in answers]) == (None if expected is None else Decimal(expected))


@given(fractions)
def test_mastery_is_never_certain(answers: list[Decimal]) -> None:
    value = mastery(answers)
    assert value is not None
    assert 0 < value < 1


@given(fractions)
def test_one_more_right_answer_never_lowers_mastery(answers: list[Decimal]) -> None:
    before, after = mastery(answers), mastery([*answers, Decimal(1)])
    assert before is not None
    assert after is not None
    assert after >= before


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (None, MasteryState.NOT_ENOUGH),
        ("0", MasteryState.SHAKY),
        ("0.499999", MasteryState.SHAKY),
        ("0.5", MasteryState.GROWING),
        ("0.749999", MasteryState.GROWING),
        ("0.75", MasteryState.FIRM),
        ("1", MasteryState.FIRM),
    ],
)
def test_each_value_has_its_word(value: str | None, state: MasteryState) -> None:
    assert state_of(None if value is None else Decimal(value)) == state
