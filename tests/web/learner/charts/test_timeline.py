from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.learner.charts.timeline import LEFT, RIGHT, Answered, timeline

START = datetime(2026, 11, 20, 10, 28, tzinfo=UTC)


def after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def test_each_question_has_a_lane_and_each_save_a_dot() -> None:
    events = [Answered(1, START, is_change=False), Answered(2, after(5), False), Answered(1, after(10), True)]
    drawn = timeline(events, questions=2, start=START, end=after(10))
    assert [lane.position for lane in drawn.lanes] == [1, 2]
    assert [(dot.x, dot.is_change) for dot in drawn.dots] == [
        (LEFT, False),
        (326, False),
        (RIGHT, True),
    ]
    assert drawn.dots[0].y == drawn.dots[2].y == drawn.lanes[0].y


def test_a_save_of_no_lane_is_left_out() -> None:
    assert timeline([Answered(9, START, is_change=False)], questions=2, start=START, end=after(1)).dots == ()


@pytest.mark.parametrize(
    ("minutes", "labels"),
    [
        (0.5, ["10:28:00", "10:28:15", "10:28:30"]),
        (22, ["10:30", "10:35", "10:40", "10:45", "10:50"]),
        (300, ["11:00", "12:00", "13:00", "14:00", "15:00"]),
        (5 * 24 * 60, ["21 Nov", "22 Nov", "23 Nov", "24 Nov", "25 Nov"]),
    ],
)
def test_the_axis_has_a_few_round_times(minutes: float, labels: list[str]) -> None:
    drawn = timeline([], questions=1, start=START, end=after(minutes))
    assert [tick.text for tick in drawn.ticks] == labels


@given(st.floats(0, 10**6), st.lists(st.floats(-10, 10**6), max_size=9), st.integers(0, 60))
def test_nothing_leaves_the_picture(minutes: float, moments: list[float], questions: int) -> None:
    events = [Answered(1, after(moment), is_change=False) for moment in moments]
    drawn = timeline(events, questions=questions, start=START, end=after(minutes))
    assert all(LEFT <= dot.x <= RIGHT for dot in drawn.dots)
    assert all(LEFT <= tick.x <= RIGHT for tick in drawn.ticks)
    assert len(drawn.ticks) <= 6
    assert all(lane.y < drawn.bottom < drawn.height for lane in drawn.lanes)
