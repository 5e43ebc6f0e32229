"""A bar for each confidence: how much of what was so sure was right. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 560
LEFT = 120
LONGEST = 380
GAP = 40
TOP = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """`label` stands at the left of a bar of this width at height `y`, `said` behind it."""

    label: str
    said: str
    y: int
    width: float


@dataclass(frozen=True, slots=True)
class CalibrationChart:
    """Bars in a view box of `width` by `height`."""

    bars: tuple[Bar, ...]
    height: int
    left: int = LEFT
    width: int = WIDTH


def calibration_chart(rows: Sequence[tuple[str, str, float]]) -> CalibrationChart:
    """A bar for each label, words and share in [0, 1]; a share of 1 is the longest there is."""
    bars = tuple(
        Bar(label, said, TOP + GAP * place, round(LONGEST * share, 1))
        for place, (label, said, share) in enumerate(rows)
    )
    return CalibrationChart(bars, TOP + GAP * len(bars))
