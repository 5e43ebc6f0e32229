"""Two distributions side by side: what a regrade does to a class."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.studio.charts.before_after import BOTTOM, LEFT, RIGHT, TOP, before_after

counts = st.lists(st.integers(0, 10_000), min_size=10, max_size=10)


def test_the_largest_count_on_either_side_reaches_the_top() -> None:
    chart = before_after([0] * 9 + [4], [8] + [0] * 9)

    assert (chart.most, chart.bins[0].after.y, chart.bins[9].before.height) == (8, TOP, (BOTTOM - TOP) // 2)


def test_tenths_are_named_by_their_edges() -> None:
    labels = [each.label for each in before_after([1] * 10, [1] * 10).bins]

    assert (labels[0], labels[7], labels[9]) == ("0–10 %", "70–80 %", "90–100 %")
    assert len(set(labels)) == 10


@pytest.mark.parametrize(
    ("bins", "labels"),
    [(1, ["0–100 %"]), (4, ["0–25 %", "25–50 %", "50–75 %", "75–100 %"]), (3, ["0–33 %", "33–66 %", "66–100 %"])],
)
def test_any_number_of_steps_covers_everything(bins: int, labels: list[str]) -> None:
    assert [each.label for each in before_after([1] * bins, [0] * bins).bins] == labels


def test_nobody_is_a_flat_chart() -> None:
    chart = before_after([0] * 10, [0] * 10)

    assert chart.most == 1
    assert {(bar.y, bar.height) for each in chart.bins for bar in (each.before, each.after)} == {(BOTTOM, 0)}


@given(before=counts, after=counts)
def test_columns_stand_in_the_frame_beside_each_other_and_on_the_base_line(before: list[int], after: list[int]) -> None:
    chart = before_after(before, after)
    columns = [bar for each in chart.bins for bar in (each.before, each.after)]

    assert [bar.count for bar in columns] == [count for pair in zip(before, after, strict=True) for count in pair]
    assert all(TOP <= bar.y <= BOTTOM and bar.y + bar.height == BOTTOM for bar in columns)
    assert all(left.x + left.width <= right.x for left, right in itertools.pairwise(columns))
    assert columns[0].x >= LEFT
    assert columns[-1].x + columns[-1].width <= RIGHT


@given(before=counts, after=counts)
def test_more_is_never_lower(before: list[int], after: list[int]) -> None:
    bars = [bar for each in before_after(before, after).bins for bar in (each.before, each.after)]

    ordered = sorted(bars, key=lambda bar: bar.count)
    assert [bar.height for bar in ordered] == sorted(bar.height for bar in bars)


def test_rows_of_other_lengths_are_no_chart() -> None:
    with pytest.raises(ValueError, match="shorter"):
        before_after([1] * 10, [1] * 9)
