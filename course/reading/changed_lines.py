"""Two wordings as a person compares them: line by line, kept, changed, new or gone. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from course.reading.compare import Comparison
from course.reading.lines import count_words


class Fate(StrEnum):
    KEPT = "kept"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


_WORD = re.compile(r"\w")

Piece = tuple[Fate, str]
"""A bit of text that was kept, is new or is gone."""


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line and what became of it; its kept and new pieces are the new line, its kept and gone ones the old."""

    fate: Fate
    pieces: tuple[Piece, ...]


def changed_lines(comparison: Comparison) -> list[ChangedLine]:
    """Every line that holds a visible character, in order; the pieces of all of them are both texts."""
    lines: list[ChangedLine] = []
    waiting: list[Piece] = []
    for fate, text in _pieces(comparison):
        *whole, rest = text.split("\n")
        for part in whole:
            lines += _line([*waiting, (fate, part)])
            waiting = []
        waiting.append((fate, rest))
    return [*lines, *_line(waiting)]


def words_by_fate(comparison: Comparison) -> dict[Fate, int]:
    """How many words are kept, new and gone."""
    counts = dict.fromkeys((Fate.KEPT, Fate.NEW, Fate.GONE), 0)
    for fate, text in _pieces(comparison):
        counts[fate] += count_words(text)
    return counts


def _pieces(comparison: Comparison) -> Iterator[Piece]:
    old, new = 0, 0
    for stretch in comparison.kept:
        yield Fate.GONE, comparison.old[old : stretch.old]
        yield Fate.NEW, comparison.new[new : stretch.new]
        old, new = stretch.old + stretch.length, stretch.new + stretch.length
        yield Fate.KEPT, comparison.old[stretch.old : old]
    yield Fate.GONE, comparison.old[old:]
    yield Fate.NEW, comparison.new[new:]


def _line(pieces: list[Piece]) -> list[ChangedLine]:
    seen = tuple((fate, text) for fate, text in pieces if text)
    if not any(text.strip() for _, text in seen):
        return []
    # A full stop that both lines end with makes no new line a changed one.
    worded = {fate for fate, text in seen if _WORD.search(text)}
    fates = worded or {fate for fate, text in seen if text.strip()}
    return [ChangedLine(next(iter(fates)) if len(fates) == 1 else Fate.CHANGED, seen)]
