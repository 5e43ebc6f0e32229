"""The chart of graders: everything in the picture, the larger the more, names apart."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from web.studio.charts.drift import BOTTOM, LABEL_GAP, LEFT, MOST_LINES, RIGHT, TICK_GAP, TOP, Point, drift_chart

DAY = date(2026, 11, 22)
POINTS = st.lists(
    st.builds(
        Point,
        grader=st.integers(1, 9),
        name=st.sampled_from(["Anna", "Berta", "Carl"]),
        day=st.dates(DAY, DAY + timedelta(days=200)),
        mean=st.floats(0, 1),
        count=st.integers(1, 500),
    ),
    min_size=1,
    max_size=30,
)


def point(grader: int, mean: float, *, days: int = 0, count: int = 1) -> Point:
    return Point(grader, f"Grader {grader}", DAY + timedelta(days=days), mean, count)


@given(POINTS, st.floats(0, 1))
def test_every_dot_is_in_the_picture_and_no_two_names_on_one_another(points: list[Point], mean: float) -> None:
    chart = drift_chart(points, mean=mean)
    for line in chart.lines:
        assert all(LEFT <= dot.x <= RIGHT and TOP <= dot.y <= BOTTOM for dot in line.dots)
    heights = [line.label_y for line in chart.lines]
    assert all(below - above >= LABEL_GAP for above, below in pairwise(heights))
    assert TOP <= chart.mean_y <= BOTTOM


def test_all_stands_at_the_top_and_nothing_at_the_bottom() -> None:
    heights = {line.name: line.dots[0].y for line in drift_chart([point(1, 1.0), point(2, 0.0)], mean=0.5).lines}
    assert heights == {"Grader 1": TOP, "Grader 2": BOTTOM}


def test_a_line_goes_through_its_days_in_order() -> None:
    (line,) = drift_chart([point(1, 0.2, days=4), point(1, 0.8)], mean=0.5).lines
    first, second = line.dots
    assert first.x < second.x
    assert line.path == f"M{first.x} {first.y}L{second.x} {second.y}"


def test_more_answers_make_a_larger_dot() -> None:
    (line,) = drift_chart([point(1, 0.5), point(1, 0.5, days=1, count=50)], mean=0.5).lines
    assert float(line.dots[0].r) < float(line.dots[1].r)


def test_of_many_graders_those_who_graded_most_are_drawn() -> None:
    chart = drift_chart([point(number, 0.5, count=number) for number in range(1, MOST_LINES + 3)], mean=0.5)
    assert (len(chart.lines), chart.left_out) == (MOST_LINES, 2)
    assert "Grader 1" not in {line.name for line in chart.lines}


def test_two_graders_of_one_name_have_two_lines() -> None:
    same = [Point(number, "Anna", DAY, 0.5, 1) for number in (1, 2)]
    assert len(drift_chart(same, mean=0.5).lines) == 2


def test_the_marked_grader_stands_out() -> None:
    chart = drift_chart([point(1, 0.2), point(2, 0.8)], mean=0.5, marked="Grader 2")
    assert {line.name: line.is_marked for line in chart.lines} == {"Grader 1": False, "Grader 2": True}


def test_a_few_days_are_named() -> None:
    chart = drift_chart([point(1, 0.5, days=number) for number in range(30)], mean=0.5)
    assert [tick.text for tick in chart.ticks] == ["22 Nov", "30 Nov", "8 Dec", "16 Dec"]


@given(POINTS)
def test_no_two_days_are_named_on_one_another_and_the_first_always_is(points: list[Point]) -> None:
    ticks = drift_chart(points, mean=0.5).ticks
    first = min(point.day for point in points)
    assert ticks[0].text == f"{first:%-d %b}"
    assert all(after.at - before.at >= TICK_GAP for before, after in pairwise(ticks))
    assert all(LEFT <= tick.at <= RIGHT for tick in ticks)


def test_neighbouring_days_share_a_name_where_they_would_overlap() -> None:
    chart = drift_chart([point(1, 0.5, days=number) for number in (0, 1, 3, 4, 7)], mean=0.5)
    assert [tick.text for tick in chart.ticks] == ["22 Nov", "25 Nov", "29 Nov"]
