"""A grade for a whole becomes grades for its parts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.domain.fold import weighted_fraction
from quizzes.rescaling import rescaled

FRACTIONS = st.decimals(0, 1, places=6)
PARTS = st.lists(st.tuples(FRACTIONS, st.decimals("0.01", 100, places=2)), min_size=1, max_size=12)


def moved(parts: list[tuple[Decimal, Decimal]], new: Decimal) -> list[tuple[Decimal, Decimal]]:
    old = weighted_fraction(parts)
    return [(rescaled(fraction, old=old, new=new), points) for fraction, points in parts]


@pytest.mark.parametrize(
    ("fraction", "old", "new", "becomes"),
    [
        ("0.5", "0.5", "0.5", "0.5"),
        ("1", "0.5", "0.25", "0.5"),
        ("0", "0.5", "0.25", "0"),
        ("0", "0.5", "0.75", "0.5"),
        ("1", "0.5", "0.75", "1"),
        ("0", "0", "0.3", "0.3"),
        ("1", "1", "0.3", "0.3"),
        ("0.7", "0.2", "1", "1"),
        ("0.7", "0.8", "0", "0"),
    ],
)
def test_a_part_goes_the_same_share_of_its_way(fraction: str, old: str, new: str, becomes: str) -> None:
    assert rescaled(Decimal(fraction), old=Decimal(old), new=Decimal(new)) == Decimal(becomes)


@given(PARTS, FRACTIONS)
def test_the_whole_becomes_what_was_wanted(parts: list[tuple[Decimal, Decimal]], new: Decimal) -> None:
    assert abs(weighted_fraction(moved(parts, new)) - new) <= Decimal("0.00001")


@given(PARTS, FRACTIONS)
def test_every_part_stays_a_fraction_and_none_overtakes_another(
    parts: list[tuple[Decimal, Decimal]], new: Decimal
) -> None:
    after = [fraction for fraction, _ in moved(parts, new)]
    assert all(0 <= fraction <= 1 for fraction in after)
    order = sorted(range(len(parts)), key=lambda place: parts[place][0])
    assert [after[place] for place in order] == sorted(after)


@given(PARTS, FRACTIONS)
def test_all_parts_go_the_same_way(parts: list[tuple[Decimal, Decimal]], new: Decimal) -> None:
    old = weighted_fraction(parts)
    assume(old != new)
    for (before, _), (after, _) in zip(parts, moved(parts, new), strict=True):
        assert after <= before if new < old else after >= before
