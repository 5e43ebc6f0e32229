"""Attempts by how long they took and what they earned. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 560, 260
LEFT, RIGHT, TOP, BOTTOM = 40, 552, 24, 220
OUTLIERS = 0.95
"""The share of attempts that the axis is made for: one that was left open overnight stands at its end."""


@dataclass(frozen=True, slots=True)
class Durations:
    """Everything to draw in a view box of `width` by `height`; the axis ends at `longest` minutes.

    `half` of that stands at `middle`.
    """

    dots: tuple[tuple[int, int], ...]
    longest: int
    half: str
    middle: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


def durations_chart(pairs: Sequence[Sequence[float]]) -> Durations:
    """The chart of pairs of minutes and a fraction, 0 to 1."""
    ordered = sorted(minutes for minutes, _ in pairs)
    usual = ordered[int(OUTLIERS * (len(ordered) - 1))] if ordered else 1.0
    longest = max(1, -(-int(usual * 10) // 10))
    dots = tuple(_dot(minutes, fraction, longest) for minutes, fraction in pairs)
    return Durations(dots, longest, f"{longest / 2:g}", (LEFT + RIGHT) // 2)


def _dot(minutes: float, fraction: float, longest: int) -> tuple[int, int]:
    x = LEFT + (RIGHT - LEFT) * min(1.0, minutes / longest)
    return round(x), round(BOTTOM - (BOTTOM - TOP) * fraction)
