"""An attempt as it went: a lane for each question, a dot for each answer, until it was submitted. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WIDTH = 560
LEFT = 104
RIGHT = 547
TOP = 42
STEPS = (
    *(timedelta(seconds=s) for s in (5, 15, 30)),
    *(timedelta(minutes=m) for m in (1, 2, 5, 10, 15, 30)),
    *(timedelta(hours=h) for h in (1, 2, 4, 8, 12)),
    *(timedelta(days=d) for d in (1, 2, 7, 14, 30, 90, 365)),
)
MOST_TICKS = 5
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Answered:
    """One save: the question's position, when, and whether it changed an earlier answer."""

    position: int
    at: datetime
    is_change: bool


@dataclass(frozen=True, slots=True)
class Lane:
    position: int
    y: int


@dataclass(frozen=True, slots=True)
class Dot:
    x: int
    y: int
    is_change: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on the time axis; every second one gives way where letters are larger."""

    x: int
    text: str
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything to draw in a view box of `width` by `height`; `bottom` is where the lanes end."""

    width: int
    height: int
    bottom: int
    lanes: tuple[Lane, ...]
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    right: int = RIGHT


def timeline(events: Sequence[Answered], *, questions: int, start: datetime, end: datetime) -> Timeline:
    """The timeline of an attempt of so many questions between `start` and `end`, in the time zone they come in."""
    gap = 34 if questions <= 8 else 26
    lanes = tuple(Lane(position, TOP + (position - 1) * gap) for position in range(1, questions + 1))
    heights = {lane.position: lane.y for lane in lanes}
    bottom = TOP + (max(questions, 1) - 1) * gap + 16
    dots = tuple(
        Dot(_x(event.at, start, end), heights[event.position], event.is_change)
        for event in events
        if event.position in heights
    )
    return Timeline(WIDTH, bottom + 32, bottom, lanes, dots, tuple(_ticks(start, end)))


def _x(at: datetime, start: datetime, end: datetime) -> int:
    length = (end - start) / timedelta(seconds=1)
    share = (at - start) / timedelta(seconds=1) / length if length > 0 else 1.0
    return round(LEFT + min(max(share, 0.0), 1.0) * (RIGHT - LEFT))


def _ticks(start: datetime, end: datetime) -> Iterable[Tick]:
    step = next((step for step in STEPS if (end - start) / step <= MOST_TICKS), STEPS[-1])
    form = "%-d %b" if step >= DAY else "%H:%M:%S" if step < MINUTE else "%H:%M"
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    at = midnight + step * -(-(start - midnight) // step)
    number = 0
    while at <= end and number <= MOST_TICKS:
        yield Tick(_x(at, start, end), f"{at:{form}}", number % 2 == 1)
        at, number = at + step, number + 1
