"""Results in steps of a tenth, those that pass apart from those that do not. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 560, 236
LEFT, RIGHT, TOP, BOTTOM = 24, 560, 32, 200
GAP = 8
TENTHS = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """The learners between two tenths, such as "60–70 %"; `passes` where the whole bar does."""

    label: str
    count: int
    x: int
    y: int
    width: int
    height: int
    passes: bool


@dataclass(frozen=True, slots=True)
class Tenths:
    """Everything to draw in a view box of `width` by `height`; `cut` is where the pass mark stands, if any."""

    bars: tuple[Bar, ...]
    most: int
    cut: int | None
    cut_end: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


def tenths_chart(counts: Sequence[int], *, pass_fraction: float | None) -> Tenths:
    """The chart of ten counts; the pass mark is a fraction, 0 to 1."""
    most = max([*counts, 1])
    bars = tuple(_bar(at, count, most, pass_fraction) for at, count in enumerate(counts))
    cut = None if pass_fraction is None else round(LEFT + (RIGHT - LEFT) * pass_fraction)
    return Tenths(bars, most, cut, "end" if cut and cut > (LEFT + RIGHT) / 2 else "start")


def _bar(at: int, count: int, most: int, pass_fraction: float | None) -> Bar:
    step = (RIGHT - LEFT) / TENTHS
    height = round((BOTTOM - TOP) * count / most)
    x, width = round(LEFT + at * step + GAP / 2), round(step - GAP)
    passes = pass_fraction is None or at / TENTHS >= pass_fraction
    return Bar(f"{at * 10}–{at * 10 + 10} %", count, x, BOTTOM - height, width, height, passes)
