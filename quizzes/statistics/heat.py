"""A text by what was lost on it: cut where the words that questions rest on begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from quizzes.statistics.sums import Sums


@dataclass(frozen=True, slots=True)
class Rest:
    """Words that a question rests on, half-open in characters, and the sums of the answers to it."""

    start: int
    end: int
    sums: Sums


@dataclass(frozen=True, slots=True)
class Heated:
    """A stretch of text, half-open; `questions` rest on all of it, and `sums` are those of all their answers."""

    start: int
    end: int
    questions: int
    sums: Sums

    @property
    def lost(self) -> float | None:
        """The share of what could be earned that was lost, 0 to 1; None where nobody answered."""
        facility = self.sums.facility
        return None if facility is None else 1 - facility / 100


def heated(start: int, end: int, rests: Sequence[Rest]) -> list[Heated]:
    """The text from `start` to `end` in stretches, in order: the same questions rest on every character of one."""
    inside = [each for each in rests if each.start < end and each.end > start]
    edges = {start, end}
    for each in inside:
        edges |= {max(start, each.start), min(end, each.end)}
    ordered = sorted(edges)
    return [_stretch(left, right, inside) for left, right in pairwise(ordered)]


def _stretch(start: int, end: int, rests: Sequence[Rest]) -> Heated:
    own = [each.sums for each in rests if each.start <= start and each.end >= end]
    return Heated(start, end, len(own), sum(own, Sums()))
