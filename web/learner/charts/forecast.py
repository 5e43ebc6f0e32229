"""How many questions come back on each of the coming days, and how fast they would be forgotten. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 560
LEFT = 34
TOP = 24
BOTTOM = 164
SLOT = 17.5
BAR = 13


@dataclass(frozen=True, slots=True)
class Bar:
    """`count` questions on the day that is `day` days from now; the number stands at (`middle`, `y`)."""

    day: int
    count: int
    x: float
    y: float
    height: float
    middle: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """Bars in a view box of `WIDTH` by 196; days without a question have none. `right` is where the axis ends."""

    bars: tuple[Bar, ...]
    left: int
    right: float
    bottom: int
    width: int = WIDTH


@dataclass(frozen=True, slots=True)
class Curve:
    """The area below one chance in [0, 1] for each day, as an SVG path, and the heights of 100 %, `wanted` and 0 %."""

    path: str
    left: int
    right: float
    full: int
    wanted: float
    none: int
    width: int = WIDTH


def forecast(counts: Sequence[int]) -> Forecast:
    """The bars for so many questions on each day, from today on; the most fill the height."""
    most = max(counts, default=0)
    bars = tuple(_bar(day, count, most) for day, count in enumerate(counts) if count)
    return Forecast(bars, LEFT, LEFT + SLOT * len(counts), BOTTOM)


def _bar(day: int, count: int, most: int) -> Bar:
    height = round((BOTTOM - TOP) * count / most, 1)
    x = LEFT + SLOT * day + (SLOT - BAR) / 2
    return Bar(day, count, x, BOTTOM - height, height, x + BAR / 2)


def forgetting(chances: Sequence[float], *, wanted: float) -> Curve:
    """The curve of these chances, one a day from today on; `wanted` is the chance that recalling aims at."""
    days = max(len(chances) - 1, 1)
    right = LEFT + SLOT * 30
    points = [f"{LEFT + (right - LEFT) * day / days:.1f} {_height(chance):.1f}" for day, chance in enumerate(chances)]
    path = f"M{LEFT} {BOTTOM}L{'L'.join(points)}V{BOTTOM}z" if points else ""
    return Curve(path, LEFT, right, TOP, _height(wanted), BOTTOM)


def _height(chance: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * chance, 1)
