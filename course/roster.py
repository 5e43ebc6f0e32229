"""A list of people for a course, read line by line: what each line asks for, or what is wrong with it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from course.tables import NotATable, Row, columns_of, named, read_table

MOST_TIME = Decimal(10)
"""The largest time factor of an accommodation."""
MOST_DAYS = 366
MOST_TYPED = 500
"""Addresses that are enrolled while somebody waits."""
LONGEST_NAME = 150
LONGEST_COHORT = 120
ROLES = ("owner", "editor", "grader", "assistant", "learner", "observer")
COLUMNS: Mapping[str, str] = {
    "address": "email|emailaddress|mail|mailaddress|address|emailadresse|mailadresse|adresse|login|username|correo",
    "name": "name|fullname|student|learner|studentname|person|displayname|nom|nombre",
    "first": "firstname|givenname|forename|first|vorname|prenom",
    "last": "lastname|surname|familyname|last|nachname",
    "role": "role|part|rolle",
    "cohort": "cohort|class|group|section|klasse|gruppe|kohorte",
    "time_factor": "timefactor|time|extratime|factor|timemultiple",
    "extra_days": "extradays|days|moredays",
    "starts_at": "begin|begins|beginsat|beginning|start|starts|startsat|startdate|from|accessfrom",
    "ends_at": "end|ends|endsat|ending|enddate|until|to|accessuntil",
}
"""What headers are understood, as `named` has them."""
NAMES = {spelling: column for column, spellings in COLUMNS.items() for spelling in spellings.split("|")}
ROLE_WORDS = {
    **{role: role for role in ROLES},
    "student": "learner",
    "pupil": "learner",
    "participant": "learner",
    "teachingassistant": "assistant",
    "ta": "assistant",
    "tutor": "assistant",
    "auditor": "observer",
    "guest": "observer",
}
"""What parts are called elsewhere too."""
TYPED = re.compile(r'(?:"[^"\n]*"|[^",;\n])+')
NAMED_ADDRESS = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
HOURS = ("%H:%M", "%H:%M:%S")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line asks for; None, or "", leaves it as it is.

    Times without a zone are those of a clock on the wall.
    """

    line: int
    address: str
    name: str = ""
    role: str | None = None
    cohort: str | None = None
    time_factor: Decimal | None = None
    extra_days: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that asks for nothing, and why."""

    line: int
    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class Roster:
    """A list as it was read, in its order; `ignored` are headers of columns that say nothing here."""

    lines: tuple[Entry | Fault, ...]
    ignored: tuple[str, ...] = ()


class _Wrong(ValueError):
    """What is wrong with a cell, in a sentence."""


def read_roster(text: str) -> Roster:
    """Every line of the list as what it asks for, or what is wrong with it.

    The first line names the columns; a list without such a line is one of addresses, with or without names. Raises
    NotATable.
    """
    rows = read_table(text, known=NAMES)
    places, ignored = columns_of(rows[0], _column)
    width = len(rows[0].cells)
    if "address" in places:
        rows = rows[1:]
    else:
        places, ignored = _without_header(rows[0]), ()
    if not rows:
        raise NotATable("Below the names of its columns, this list is empty. Write a line for each person.")
    return Roster(tuple(_line(row, places, width) for row in rows), ignored)


def read_typed(text: str, *, role: str | None = None, cohort: str | None = None) -> Roster:
    """Addresses as people type them, parted by blanks, commas, semicolons or lines, “Name <address>” among them.

    The line of each is its place, from 1. Raises NotATable when there is none, or too many.
    """
    said = [each for piece in TYPED.findall(text) for each in _typed(piece.strip())]
    cells = [(address, name, role or "", cohort or "") for address, name in said]
    places = {"address": 0, "name": 1, "role": 2, "cohort": 3}
    entries = tuple(_line(Row(number, row), places, len(row)) for number, row in enumerate(cells, 1))
    if not entries:
        raise NotATable("Write at least one email address.")
    if len(entries) > MOST_TYPED:
        raise NotATable(f"These are more than {MOST_TYPED:,} addresses. Bring them in as a list.")
    return Roster(entries)


def _typed(piece: str) -> list[tuple[str, str]]:
    """The addresses of the piece, each with a name or ""."""
    whole = NAMED_ADDRESS.fullmatch(piece)
    return [(whole["address"].strip(), whole["name"].strip(' "'))] if whole else [(each, "") for each in piece.split()]


def _column(header: str) -> str | None:
    return NAMES.get(named(header))


def _without_header(first: Row) -> dict[str, int]:
    addresses = [place for place, cell in enumerate(first.cells) if "@" in cell]
    if len(addresses) != 1 or len(first.cells) > 2:
        raise NotATable("No column is called “Email”. Let the first line name the columns: Email, Name, Cohort …")
    return {"address": addresses[0], **({"name": 1 - addresses[0]} if len(first.cells) == 2 else {})}


def _line(row: Row, places: Mapping[str, int], width: int) -> Entry | Fault:
    cells = {name: row.cells[place] for name, place in places.items() if place < len(row.cells)}
    address = cells.get("address", "")
    try:
        if any(row.cells[width:]):
            raise _Wrong("The line has more cells than there are columns. Put what holds a comma in quotation marks.")
        return _entry(row.line, address, cells)
    except _Wrong as wrong:
        return Fault(row.line, address[:LONGEST_NAME], str(wrong))


def _entry(line: int, address: str, cells: Mapping[str, str]) -> Entry:
    if not address:
        raise _Wrong("There is no email address.")
    entry = Entry(
        line=line,
        address=address.lower(),
        name=_short(_name(cells), LONGEST_NAME, "name"),
        role=_role(cells.get("role", "")),
        cohort=_short(" ".join(cells.get("cohort", "").split()), LONGEST_COHORT, "name of a cohort") or None,
        time_factor=_factor(cells.get("time_factor", "")),
        extra_days=_days(cells.get("extra_days", "")),
        starts_at=_moment(cells.get("starts_at", ""), ends=False),
        ends_at=_moment(cells.get("ends_at", ""), ends=True),
    )
    if entry.starts_at and entry.ends_at and entry.ends_at <= entry.starts_at:
        raise _Wrong("It ends before it begins.")
    return entry


def _name(cells: Mapping[str, str]) -> str:
    parts = [cells.get("name", "")] if cells.get("name") else [cells.get("first", ""), cells.get("last", "")]
    return " ".join(" ".join(parts).split())


def _short(text: str, longest: int, what: str) -> str:
    if len(text) > longest:
        raise _Wrong(f"The {what} is longer than {longest} characters.")
    return text


def _role(cell: str) -> str | None:
    if not cell:
        return None
    role = ROLE_WORDS.get(named(cell))
    if role is None:
        raise _Wrong(f"“{cell[:40]}” is no part in a course. There are: {', '.join(ROLES)}.")
    return role


def _factor(cell: str) -> Decimal | None:
    """1.5, 1,5, 150 % and × 1.5 are the same."""
    if not cell:
        return None
    bare = cell.replace("×", "").replace("x", "").replace(",", ".").strip()
    share = Decimal(100) if bare.endswith("%") else Decimal(1)
    try:
        factor = Decimal(0 if "_" in bare else bare.rstrip("% ")) / share
    # Overflow is no invalid operation.
    except ArithmeticError:
        factor = Decimal(0)
    if not factor.is_finite() or not 1 <= factor <= MOST_TIME:
        raise _Wrong(f"“{cell[:40]}” is no multiple of the usual time: write a number from 1 to {MOST_TIME}.")
    return factor.quantize(Decimal("0.01"))


def _days(cell: str) -> int | None:
    if not cell:
        return None
    if not re.fullmatch(r"[0-9]{1,3}", cell) or int(cell) > MOST_DAYS:
        raise _Wrong(f"“{cell[:40]}” is no number of days: write a whole number from 0 to {MOST_DAYS}.")
    return int(cell)


def _moment(cell: str, *, ends: bool) -> datetime | None:
    """A day, which begins at midnight and ends at the next one, or a day and a time."""
    if not cell:
        return None
    bare = " ".join(cell.replace("T", " ").split()) if re.match(r"\d{4}-\d\d-\d\dT", cell) else " ".join(cell.split())
    day = _parsed(bare, DAYS)
    moment = day or _parsed(bare, [f"{days} {hours}" for days in DAYS for hours in HOURS])
    if moment is None or not 1970 <= moment.year < 3000:
        raise _Wrong(f"“{cell[:40]}” is no day: write it like 2027-01-31 or 2027-01-31 09:00.")
    return moment + timedelta(days=1) if day and ends else moment


def _parsed(text: str, formats: Sequence[str]) -> datetime | None:
    for form in formats:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 -- times of a wall clock; the domain knows the zone
        except ValueError:
            continue
    return None
