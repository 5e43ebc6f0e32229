"""A list of grades such as the gradebook gives out, read line by line: what each says somebody earned. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from course.roster import COLUMNS
from course.tables import NotATable, Row, columns_of, named, read_table

ADDRESSES = frozenset(COLUMNS["address"].split("|"))
REASONS = frozenset({"reason", "because", "comment"})
ADDRESS, REASON = "@address", "@reason"
"""What the two columns that are no quiz are called; no slug holds such a sign."""
LONGEST_REASON = 300
NUMBER = re.compile(r"([0-9]{1,6}(?:[.,][0-9]{1,20})?)\s*%?")
"""With as many decimals as spreadsheets write of a mean."""
POINTS = re.compile(r"([0-9]{1,6}(?:[.,][0-9]{1,6})?)\s*/\s*([0-9]{1,6}(?:[.,][0-9]{1,6})?)")


@dataclass(frozen=True, slots=True)
class Graded:
    """What one line says: by slug of a quiz a fraction, 0 to 1, or what is wrong with the cell, in a sentence.

    `reason` is why, where the line says it. `fault` is what is wrong with the whole line.
    """

    line: int
    address: str
    grades: Mapping[str, Decimal | str] = field(default_factory=dict)
    reason: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class GradeList:
    """A list as it was read; `ignored` are headers of columns that say nothing here."""

    lines: tuple[Graded, ...]
    ignored: tuple[str, ...] = ()


def read_grades(text: str, *, titles: Mapping[str, str]) -> GradeList:
    """Every line of the list. `titles` has by slug what each quiz is called; a column may go by either.

    Cells are per cent, "85", "85,5 %", or points of points, "17/20"; an empty one says nothing. Raises NotATable.
    """
    names = _names(titles)
    rows = read_table(text, known={*ADDRESSES, *names})
    places, ignored = columns_of(rows[0], lambda header: names.get(named(header)))
    if ADDRESS not in places:
        raise NotATable("No column is called “Email”. Let the first line name the columns, as in the gradebook’s file.")
    quizzes = {slug: place for slug, place in places.items() if slug in titles}
    if not quizzes:
        raise NotATable("No column is called like a quiz of this course. Start from the gradebook’s own file.")
    if not rows[1:]:
        raise NotATable("Below the names of its columns, this list is empty. Write a line for each learner.")
    width = len(rows[0].cells)
    return GradeList(tuple(_line(row, places, quizzes, width) for row in rows[1:]), ignored)


def _names(titles: Mapping[str, str]) -> dict[str, str]:
    """What each name of a column stands for: the address, the reason, or the slug of a quiz."""
    called: dict[str, list[str]] = {}
    for slug, title in titles.items():
        called.setdefault(named(title), []).append(slug)
    # Two quizzes of one name are told apart by their slugs alone.
    by_title = {name: slugs[0] for name, slugs in called.items() if len(slugs) == 1}
    by_slug = {named(slug): slug for slug in titles}
    return {**dict.fromkeys(REASONS, REASON), **by_title, **by_slug, **dict.fromkeys(ADDRESSES, ADDRESS)}


def _line(row: Row, places: Mapping[str, int], quizzes: Mapping[str, int], width: int) -> Graded:
    cells = dict(enumerate(row.cells))
    who = cells.get(places[ADDRESS], "").lower()
    if not who:
        return Graded(row.line, "", fault="There is no email address.")
    if any(row.cells[width:]):
        return Graded(row.line, who, fault="The line has more cells than there are columns.")
    given = {slug: _fraction(cells[place]) for slug, place in quizzes.items() if cells.get(place)}
    return Graded(row.line, who, given, cells.get(places.get(REASON, -1), "")[:LONGEST_REASON])


def _fraction(cell: str) -> Decimal | str:
    """The cell as a fraction, or why it is none."""
    points, number = POINTS.fullmatch(cell), NUMBER.fullmatch(cell)
    if points and _decimal(points[2]):
        fraction = _decimal(points[1]) / _decimal(points[2])
    elif number:
        fraction = _decimal(number[1]) / 100
    else:
        return f"“{cell[:40]}” is no grade: write per cent, such as 85, or points, such as 17/20."
    if fraction > 1:
        return f"“{cell[:40]}” is more than everything: write at most 100."
    return round(fraction, 6)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
