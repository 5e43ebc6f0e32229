"""Graders over time: a line for each, its dots as large as what was graded that day, and everybody's mean. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from django.utils.formats import date_format

WIDTH, HEIGHT = 560, 240
LEFT, RIGHT, TOP, BOTTOM = 62, 396, 14, 198
MOST_LINES = 5
TICK_GAP = 84
LABEL_GAP = 24
SMALLEST, LARGEST = 3.5, 9.0


@dataclass(frozen=True, slots=True)
class Point:
    """One day of a grader (by key): the mean fraction in [0, 1] over `count` answers."""

    grader: int
    name: str
    day: date
    mean: float
    count: int


@dataclass(frozen=True, slots=True)
class Dot:
    x: int
    y: int
    r: str


@dataclass(frozen=True, slots=True)
class Line:
    """One grader: the path through their dots, and their name at its end, pulled apart from other names."""

    name: str
    path: str
    dots: tuple[Dot, ...]
    label_x: int
    label_y: int
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Tick:
    at: int
    text: str


@dataclass(frozen=True, slots=True)
class DriftChart:
    """Everything to draw in a view box of `width` by `height`; `left_out` graders gave the fewest and are not drawn."""

    lines: tuple[Line, ...]
    mean_y: int
    levels: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    left_out: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM


def drift_chart(points: Sequence[Point], *, mean: float, marked: str = "") -> DriftChart:
    """The chart of these days around the `mean` of everybody; the line of the `marked` grader stands out."""
    graders = _most_busy_first(points)
    shown = graders[:MOST_LINES]
    days = sorted({point.day for point in points})
    most = max((point.count for point in points), default=1)
    lines = [_line(own, days, most, own[0].name == marked) for own in shown]
    return DriftChart(
        lines=tuple(_labels_apart(lines)),
        mean_y=_y(mean),
        levels=tuple(Tick(_y(level), f"{level:.0%}".replace("%", " %")) for level in (0.0, 0.5, 1.0)),
        ticks=tuple(_ticks(days)),
        left_out=len(graders) - len(shown),
    )


def _most_busy_first(points: Sequence[Point]) -> list[list[Point]]:
    grouped: dict[int, list[Point]] = {}
    for point in points:
        grouped.setdefault(point.grader, []).append(point)
    return sorted(grouped.values(), key=lambda own: (-sum(point.count for point in own), own[0].name))


def _line(points: Sequence[Point], days: Sequence[date], most: int, is_marked: bool) -> Line:
    ordered = sorted(points, key=lambda point: point.day)
    dots = tuple(Dot(_x(point.day, days), _y(point.mean), _radius(point.count, most)) for point in ordered)
    path = "M" + "L".join(f"{dot.x} {dot.y}" for dot in dots)
    return Line(ordered[0].name, path, dots, RIGHT + 12, dots[-1].y, is_marked)


def _x(day: date, days: Sequence[date]) -> int:
    span = (days[-1] - days[0]).days
    share = (day - days[0]).days / span if span else 0.5
    return round(LEFT + 14 + share * (RIGHT - LEFT - 28))


def _y(fraction: float) -> int:
    return round(BOTTOM - fraction * (BOTTOM - TOP))


def _radius(count: int, most: int) -> str:
    return f"{SMALLEST + (LARGEST - SMALLEST) * sqrt(count / most):.1f}"


def _labels_apart(lines: Iterable[Line]) -> Iterable[Line]:
    """The lines from top to bottom with no two names on one another."""
    lowest = TOP - LABEL_GAP
    for line in sorted(lines, key=lambda line: (line.label_y, line.name)):
        lowest = max(line.label_y, lowest + LABEL_GAP)
        yield Line(line.name, line.path, line.dots, line.label_x, lowest, line.is_marked)


def _ticks(days: Sequence[date]) -> Iterable[Tick]:
    """The days, as far as their names do not stand on one another, on a phone either."""
    reached = -TICK_GAP
    for day in days:
        at = _x(day, days)
        if at - reached >= TICK_GAP:
            reached = at
            yield Tick(at, date_format(day, "j M"))
