"""A learner's attempts as they followed one another: a lane for each quiz, a shape for each attempt. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WIDTH = 560
LEFT, RIGHT = 10, 550
HEAD, LANE = 34, 52
FOOT = 26


@dataclass(frozen=True, slots=True)
class Taken:
    """An attempt at the quiz on this lane, counted from 0; `is_graded`, and `is_below` its pass mark."""

    lane: int
    at: datetime
    is_graded: bool
    is_below: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """A line for a quiz, with its name above it."""

    name: str
    y: int
    name_y: int


@dataclass(frozen=True, slots=True)
class Shape:
    """Where an attempt stands; `sort` is graded, below or open."""

    x: int
    y: int
    sort: str


@dataclass(frozen=True, slots=True)
class AttemptsLine:
    """Everything to draw in a view box of `width` by `height`, from `first` to `last`."""

    lanes: tuple[Lane, ...]
    shapes: tuple[Shape, ...]
    first: datetime
    last: datetime
    height: int
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT

    @property
    def foot(self) -> int:
        """Where the dates stand."""
        return self.height - 6


def attempts_line(names: Sequence[str], attempts: Sequence[Taken]) -> AttemptsLine | None:
    """The chart of these attempts at quizzes of these names; None without any."""
    if not attempts:
        return None
    first, last = (end(attempt.at for attempt in attempts) for end in (min, max))
    lanes = tuple(Lane(name, HEAD + at * LANE, HEAD + at * LANE - 14) for at, name in enumerate(names))
    shapes = tuple(Shape(_x(each.at, first, last), lanes[each.lane].y, _sort(each)) for each in attempts)
    return AttemptsLine(lanes, shapes, first, last, HEAD + (len(names) - 1) * LANE + 14 + FOOT)


def _sort(attempt: Taken) -> str:
    if not attempt.is_graded:
        return "open"
    return "below" if attempt.is_below else "graded"


def _x(at: datetime, first: datetime, last: datetime) -> int:
    length = (last - first) / timedelta(seconds=1)
    share = (at - first) / timedelta(seconds=1) / length if length else 0.5
    return round(LEFT + 8 + share * (RIGHT - LEFT - 16))
