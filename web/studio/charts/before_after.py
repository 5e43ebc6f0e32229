"""Two distributions side by side: attempts by tenths of their points, before and after. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 560, 190
LEFT, RIGHT, TOP, BOTTOM = 34, 550, 12, 158
GAP = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: `count` attempts, drawn from `y` down to the base line."""

    x: int
    y: int
    width: int
    height: int
    count: int


@dataclass(frozen=True, slots=True)
class Bin:
    """One tenth, such as "70–80 %", with both of its columns."""

    label: str
    middle: int
    before: Bar
    after: Bar


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Everything to draw in a view box of `width` by `height`; `most` attempts reach the top."""

    bins: tuple[Bin, ...]
    most: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


def before_after(before: Sequence[int], after: Sequence[int]) -> BeforeAfter:
    """The chart of two rows of counts of one length."""
    most = max([*before, *after, 1])
    room = (RIGHT - LEFT) / len(before)
    bins = [
        _bin(number, len(before), LEFT + number * room, room, pair, most)
        for number, pair in enumerate(zip(before, after, strict=True))
    ]
    return BeforeAfter(tuple(bins), most)


def _bin(number: int, bins: int, left: float, room: float, counts: tuple[int, int], most: int) -> Bin:
    width = int((room - GAP) / 2)
    first, second = (_bar(round(left + GAP / 2) + place * width, width, counts[place], most) for place in (0, 1))
    low, high = number * 100 // bins, (number + 1) * 100 // bins
    return Bin(f"{low}–{high} %", round(left + room / 2), first, second)


def _bar(x: int, width: int, count: int, most: int) -> Bar:
    height = round((BOTTOM - TOP) * count / most)
    return Bar(x, BOTTOM - height, width, height, count)
