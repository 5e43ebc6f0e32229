"""A sheet: what some attempts earned on each question, in points. All figures are made of one.

Attempts that earned the same are counted and not listed: a sheet of a million answers is as small as one of ten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

PLACES = 9
"""Points are told apart to this many decimal places."""


@dataclass(frozen=True)
class Column:
    """How many attempts earned so many points on one question, 0 to `possible`, and so many on all the rest.

    `guess` is what answering by lot earns on average, 0 to 1; None where nobody could say.
    """

    pairs: Mapping[tuple[float, float], int]
    possible: float
    guess: float | None = None

    @cached_property
    def own(self) -> list[float]:
        """The points on the question, one value for each of `counts`."""
        return [own for own, _ in self.pairs]

    @cached_property
    def rest(self) -> list[float]:
        """The points on the rest, one value for each of `counts`."""
        return [rest for _, rest in self.pairs]

    @cached_property
    def counts(self) -> list[int]:
        """How many attempts earned both."""
        return list(self.pairs.values())

    @property
    def attempts(self) -> int:
        """How many were asked it."""
        return sum(self.counts)


@dataclass(frozen=True)
class Sheet:
    """The columns of some attempts, and how many of these earned which points in all."""

    columns: Sequence[Column]
    totals: Mapping[float, int]

    @property
    def attempts(self) -> int:
        """How many there are."""
        return sum(self.totals.values())

    @property
    def is_full(self) -> bool:
        """Whether every attempt was asked every question."""
        return all(column.attempts == self.attempts for column in self.columns)


def pair_of(own: float, total: float) -> tuple[float, float]:
    """What an attempt earned on one question, and on the rest of all it earned."""
    # Rounded, because 0.3 - 0.1 and 0.4 - 0.2 are the same rest.
    return own, round(total - own, PLACES)
