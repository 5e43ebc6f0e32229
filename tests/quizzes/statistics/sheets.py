"""Sheets to reckon with: the published test vector, and any that hypothesis makes."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from quizzes.statistics.sheet import Column, Sheet

VECTOR = ("1111", "1110", "1101", "1010", "1000", "0100")
"""Six attempts at four questions of one point; a digit is what was earned."""

Rows = Sequence[Sequence[float | None]]


def sheet_of(rows: Rows, *, possible: Sequence[float] = ()) -> Sheet:
    """The sheet with one row for each attempt."""
    width = len(rows[0])
    points = possible or [1.0] * width
    return Sheet([Column(tuple(row[at] for row in rows), points[at]) for at in range(width)])


def vector() -> Sheet:
    return sheet_of([[float(digit) for digit in row] for row in VECTOR])


quarters = st.integers(0, 4).map(lambda number: number / 4)


def rows(*, fewest: int = 2, narrowest: int = 2) -> st.SearchStrategy[list[list[float]]]:
    """Any attempts, too few for intervals, at any number of questions of one point, earned in quarters."""
    widths = st.integers(narrowest, 6)
    return widths.flatmap(
        lambda width: st.lists(st.lists(quarters, min_size=width, max_size=width), min_size=fewest, max_size=9)
    )
