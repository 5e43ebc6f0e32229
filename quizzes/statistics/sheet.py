"""A sheet: what each of some attempts earned on each question, in points. All figures are made of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum

PLACES = 9
"""Points are told apart to this many decimal places."""


@dataclass(frozen=True, slots=True)
class Column:
    """The points, 0 to `possible`, that each attempt earned on one question; None where it was not asked.

    `guess` is what answering by lot earns on average, 0 to 1; None where nobody could say.
    """

    earned: tuple[float | None, ...]
    possible: float
    guess: float | None = None


@dataclass(frozen=True)
class Sheet:
    """Columns of one length: row n of each belongs to the same attempt."""

    columns: Sequence[Column]

    @cached_property
    def totals(self) -> list[float]:
        """What each attempt earned on all of it, in points."""
        rows = zip(*(column.earned for column in self.columns), strict=True)
        return [fsum(points for points in row if points is not None) for row in rows]

    @cached_property
    def is_full(self) -> bool:
        """Whether every attempt was asked every question."""
        return all(points is not None for column in self.columns for points in column.earned)

    def pairs(self, column: Column) -> tuple[list[float], list[float]]:
        """For each attempt that was asked this question: its points on it, and its points on all the rest."""
        # Rounded, because 0.3 - 0.1 and 0.4 - 0.2 are the same rest.
        rows = zip(column.earned, self.totals, strict=True)
        asked = [(own, round(total - own, PLACES)) for own, total in rows if own is not None]
        return [own for own, _ in asked], [rest for _, rest in asked]
