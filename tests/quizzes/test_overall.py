"""What results come to together."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.overall import overall

fractions = st.decimals(0, 1, places=6)
weights = st.decimals(Decimal("0.1"), 10, places=1)
results = st.lists(st.tuples(fractions, weights), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("found", "drop", "expected"),
    [
        ([], 0, None),
        ([("0.5", "1")], 0, "0.5"),
        ([("0.5", "0")], 0, None),
        ([("0", "1"), ("1", "1")], 0, "0.5"),
        ([("0", "1"), ("1", "3")], 0, "0.75"),
        ([("0", "1"), ("1", "1")], 1, "1"),
        ([("0", "1"), ("1", "1")], 5, "1"),
        ([("0", "0"), ("0.5", "1"), ("1", "1")], 1, "1"),
        ([("0.3", "1")], 1, "0.3"),
    ],
)
def test_results_are_put_together(found: list[tuple[str, str]], drop: int, expected: str | None) -> None:
    weighed = [(Decimal(fraction), Decimal(weight)) for fraction, weight in found]

    assert overall(weighed, drop=drop) == (None if expected is None else Decimal(expected))


@given(results, st.integers(0, 9))
def test_it_lies_between_the_lowest_and_the_highest(found: list[tuple[Decimal, Decimal]], drop: int) -> None:
    together = overall(found, drop=drop)

    assert together is not None
    assert min(each for each, _ in found) <= together <= max(each for each, _ in found)


@given(results, st.integers(0, 8))
def test_dropping_more_never_lowers_it(found: list[tuple[Decimal, Decimal]], drop: int) -> None:
    fewer, more = overall(found, drop=drop), overall(found, drop=drop + 1)

    assert fewer is not None
    assert more is not None
    assert more >= fewer


@given(results, st.integers(0, 8))
def test_the_order_of_results_changes_nothing(found: list[tuple[Decimal, Decimal]], drop: int) -> None:
    assert overall(found, drop=drop) == overall(found[::-1], drop=drop)
