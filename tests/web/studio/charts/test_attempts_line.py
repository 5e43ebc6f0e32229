"""A learner's attempts as they followed one another, as shapes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from web.studio.charts.attempts_line import LEFT, RIGHT, Taken, attempts_line

DAY = datetime(2026, 11, 2, 10, tzinfo=UTC)
TAKEN = st.builds(
    Taken,
    lane=st.integers(0, 2),
    at=st.integers(0, 10**7).map(lambda minutes: DAY + timedelta(minutes=minutes)),
    is_graded=st.booleans(),
    is_below=st.booleans(),
)
NAMES = ["One", "Two", "Three"]


def taken(lane: int = 0, days: int = 0, *, is_graded: bool = True, is_below: bool = False) -> Taken:
    return Taken(lane, DAY + timedelta(days=days), is_graded, is_below)


def test_nothing_is_drawn_of_nothing() -> None:
    assert attempts_line(NAMES, []) is None


def test_one_attempt_stands_in_the_middle() -> None:
    line = attempts_line(["One"], [taken()])
    assert line is not None
    assert [shape.x for shape in line.shapes] == [(LEFT + RIGHT) // 2]
    assert (line.first, line.last) == (DAY, DAY)


def test_attempts_stand_by_their_time_on_the_lane_of_their_quiz() -> None:
    line = attempts_line(["One", "Two"], [taken(0), taken(1, days=10), taken(0, days=5)])
    assert line is not None
    first, last, middle = line.shapes
    assert first.x < middle.x < last.x
    assert (first.y, last.y) == (line.lanes[0].y, line.lanes[1].y)
    assert middle.y == first.y


def test_what_became_of_an_attempt_has_a_shape() -> None:
    line = attempts_line(["One"], [taken(), taken(is_below=True), taken(is_graded=False)])
    assert line is not None
    assert [shape.sort for shape in line.shapes] == ["graded", "below", "open"]


@given(st.lists(TAKEN, min_size=1, max_size=20))
def test_everything_is_within_the_view_box(attempts: list[Taken]) -> None:
    line = attempts_line(NAMES, attempts)
    assert line is not None
    assert all(LEFT <= shape.x <= RIGHT and 0 < shape.y < line.height for shape in line.shapes)
    assert line.lanes[-1].y < line.foot < line.height
    order = sorted(range(len(attempts)), key=lambda at: attempts[at].at)
    assert [line.shapes[at].x for at in order] == sorted(shape.x for shape in line.shapes)
