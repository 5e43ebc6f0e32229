"""Questions by how hard they are and what they tell: a point for each, in four named quarters. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 560, 368
LEFT, RIGHT, TOP, BOTTOM = 40, 560, 40, 320
HIGHEST, LOWEST = 100, -40
EASY = 60
TELLING = 20
APART = 15


@dataclass(frozen=True, slots=True)
class Measured:
    """A question with its facility and discrimination, in per cent."""

    number: int
    facility: float
    discrimination: float


@dataclass(frozen=True, slots=True)
class Point:
    """Where it stands; its number stands at (`label_x`, `label_y`). One that `is_bad` is a diamond, not a circle."""

    number: int
    x: int
    y: int
    label_x: int
    label_y: int
    is_bad: bool


@dataclass(frozen=True, slots=True)
class Scatter:
    """Everything to draw in a view box of `width` by `height`; the lines stand at nothing, telling and easy."""

    points: tuple[Point, ...]
    zero: int
    telling: int
    easy: int
    levels: tuple[tuple[int, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


def scatter(questions: Sequence[Measured]) -> Scatter:
    """The chart of these questions. A discrimination below the lowest line is drawn on it; the table has the figure."""
    points: list[Point] = []
    for each in sorted(questions, key=lambda each: (-each.discrimination, each.number)):
        points.append(_point(each, points))
    levels = tuple((_y(level), f"{level}".replace("-", "−")) for level in (HIGHEST, TELLING, 0, LOWEST))
    return Scatter(tuple(points), _y(0), _y(TELLING), _x(EASY), levels)


def _point(question: Measured, before: Sequence[Point]) -> Point:
    x, y = _x(question.facility), _y(question.discrimination)
    label = y + 5
    # Numbers of questions that stand on one another go down one below the other.
    while any(abs(other.x - x) < 2 * APART and abs(other.label_y - label) < APART for other in before):
        label += APART
    return Point(question.number, x, y, x + 11 if x < RIGHT - 30 else x - 28, label, question.discrimination < 0)


def _x(facility: float) -> int:
    return round(LEFT + (RIGHT - LEFT) * facility / 100)


def _y(discrimination: float) -> int:
    kept = max(LOWEST, min(HIGHEST, discrimination))
    return round(BOTTOM - (BOTTOM - TOP) * (kept - LOWEST) / (HIGHEST - LOWEST))
