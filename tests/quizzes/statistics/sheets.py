"""Sheets to reckon with: the published test vector, and any that hypothesis makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import fsum

from hypothesis import strategies as st

from quizzes.statistics.sheet import Column, Sheet, pair_of

VECTOR = ("1111", "1110", "1101", "1010", "1000", "0100")
"""Six attempts at four questions of one point; a digit is what was earned."""

Rows = Sequence[Sequence[float | None]]


def sheet_of(rows: Rows, *, possible: Sequence[float] = ()) -> Sheet:
    """The sheet of attempts that earned these rows."""
    width = len(rows[0]) if rows else 0
    points = possible or [1.0] * width
    totals = [fsum(points for points in row if points is not None) for row in rows]
    columns = [[(row[at], total) for row, total in zip(rows, totals, strict=True)] for at in range(width)]
    return Sheet([column_of(pairs, points[at]) for at, pairs in enumerate(columns)], Counter(totals))


def column_of(
    earned: Sequence[tuple[float | None, float]], possible: float = 1.0, guess: float | None = None
) -> Column:
    """The column of attempts that earned this on the question, None for not being asked, and this in all."""
    return Column(Counter(pair_of(own, total) for own, total in earned if own is not None), possible, guess)


def vector() -> Sheet:
    return sheet_of([[float(digit) for digit in row] for row in VECTOR])


quarters = st.integers(0, 4).map(lambda number: number / 4)


def rows(*, fewest: int = 2, narrowest: int = 2) -> st.SearchStrategy[list[list[float]]]:
    """Any attempts, too few for intervals, at any number of questions of one point, earned in quarters."""
    widths = st.integers(narrowest, 6)
    return widths.flatmap(
        lambda width: st.lists(st.lists(quarters, min_size=width, max_size=width), min_size=fewest, max_size=9)
    )
