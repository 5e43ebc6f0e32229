"""What comes back on each day, and how it would fade, as figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.learner.charts.forecast import BOTTOM, LEFT, SLOT, TOP, Bar, forecast, forgetting


def test_the_fullest_day_reaches_the_top_and_an_empty_one_has_no_bar() -> None:
    figure = forecast([4, 0, 1])

    assert figure.bars == (Bar(0, 4, 36.25, TOP, 140.0, 42.75), Bar(2, 1, 71.25, 129.0, 35.0, 77.75))
    assert (figure.left, figure.right, figure.bottom) == (34, 86.5, 164)


@pytest.mark.parametrize("counts", [[], [0] * 30])
def test_nothing_to_come_is_an_axis_without_bars(counts: list[int]) -> None:
    assert forecast(counts).bars == ()


@given(st.lists(st.integers(min_value=0, max_value=5000), max_size=30))
def test_every_bar_stands_in_its_slot_and_between_top_and_bottom(counts: list[int]) -> None:
    figure = forecast(counts)

    assert [bar.day for bar in figure.bars] == [day for day, count in enumerate(counts) if count]
    for bar in figure.bars:
        assert LEFT + SLOT * bar.day <= bar.x < bar.middle < LEFT + SLOT * (bar.day + 1)
        assert TOP <= bar.y <= BOTTOM
        assert bar.y + bar.height == BOTTOM


@pytest.mark.parametrize(
    ("chances", "path"),
    [
        ([], ""),
        ([1.0], "M34 164L34.0 24.0V164z"),
        ([1.0, 0.0], "M34 164L34.0 24.0L559.0 164.0V164z"),
        ([1.0, 0.5, 0.0], "M34 164L34.0 24.0L296.5 94.0L559.0 164.0V164z"),
    ],
)
def test_the_curve_goes_from_full_to_none(chances: list[float], path: str) -> None:
    assert forgetting(chances, wanted=0.9).path == path


def test_the_line_of_the_wanted_chance_stands_at_its_height() -> None:
    curve = forgetting([1.0], wanted=0.9)

    assert (curve.full, curve.wanted, curve.none) == (24, 38.0, 164)
