"""How far learners read, as bars."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.models import Lesson
from quizzes.domain.course_insight import CourseReading, PartStanding
from web.studio.charts.way import LETTERS, WIDTH, way_chart


def reading(learners: int, *parts: tuple[int, int, int]) -> CourseReading:
    """Parts by how many read them, stopped there and skipped them."""
    found = tuple(PartStanding(Lesson(title=f"Title {at}"), *part) for at, part in enumerate(parts))
    return CourseReading(learners, sum(part.stopped for part in found), found)


def test_a_bar_of_everybody_is_as_wide_as_the_chart() -> None:
    (bar,) = way_chart(reading(4, (4, 4, 0))).bars
    assert (bar.read, bar.skipped) == (WIDTH, 0)


def test_who_skipped_a_part_stands_behind_who_read_it() -> None:
    first, _ = way_chart(reading(4, (2, 1, 1), (2, 2, 0))).bars
    assert (first.read, first.skipped) == (WIDTH // 2, WIDTH // 4)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ((5, 0, 0), "5 read it"),
        ((5, 2, 0), "5 read it, 2 stopped here"),
        ((5, 0, 1), "5 read it, 1 skipped it"),
        ((5, 2, 1), "5 read it, 1 skipped it, 2 stopped here"),
    ],
)
def test_what_became_of_a_part_is_said(part: tuple[int, int, int], said: str) -> None:
    assert way_chart(reading(9, part, (0, 0, 0))).bars[0].said == said


def test_nobody_stops_at_the_end() -> None:
    assert way_chart(reading(5, (5, 5, 0))).bars[0].said == "5 read it"


def test_parts_are_numbered_and_long_titles_cut() -> None:
    part = PartStanding(Lesson(title="A very long title " * 9), 1, 1, 0)
    (bar,) = way_chart(CourseReading(1, 1, (part,))).bars
    assert bar.name.startswith("1. A very long title")
    assert bar.name.endswith("…")
    assert len(bar.name) <= LETTERS


def test_nobody_is_an_empty_chart() -> None:
    assert way_chart(reading(0, (0, 0, 0))).bars == ()


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=12), st.integers(100, 300))
def test_bars_stay_within_the_chart_and_apart(counts: list[tuple[int, int]], learners: int) -> None:
    chart = way_chart(reading(learners, *((read, 0, skipped) for read, skipped in counts)))
    heights = [bar.y for bar in chart.bars]
    assert heights == sorted(set(heights))
    assert all(bar.read >= 0 and bar.read + bar.skipped <= chart.width and bar.y < chart.height for bar in chart.bars)
