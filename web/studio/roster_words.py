"""What a list of people does, line by line, in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from course.domain.roster_applying import Enrolled
from course.domain.rosters import Fate, RosterLine
from web.studio.wording import counted

FIELDS = {
    "role": "part",
    "cohort": "cohort",
    "time_factor": "time",
    "extra_days": "days more",
    "starts_at": "begins",
    "ends_at": "ends",
}
MARKS = {
    Fate.NEW: ("done", "good"),
    Fate.BACK: ("half", "now"),
    Fate.CHANGES: ("half", "now"),
    Fate.SAME: ("open", ""),
    Fate.FAULT: ("miss", "warn"),
}
"""The shape and the tone that each fate has."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the list as its preview shows it; `says` are sentences without a full stop."""

    line: RosterLine
    shape: str
    tone: str
    says: tuple[str, ...]


def shown(line: RosterLine) -> ShownLine:
    """The line with its fate as a shape, and in words what changes, or what is wrong."""
    shape, tone = MARKS[line.fate]
    if line.fate == Fate.FAULT:
        return ShownLine(line, shape, tone, (line.reason,))
    return ShownLine(line, shape, tone, tuple(_change(line, name, *values) for name, values in line.changes.items()))


def _change(line: RosterLine, name: str, before: Any, after: Any) -> str:
    become = f"{FIELDS[name]} {_said(after)}"
    return become if line.before is None else f"{become}, was {_said(before)}"


def _said(value: Any) -> str:
    if value is None or value == "":
        return "none"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%-d %B %Y, %H:%M}"
    if isinstance(value, Decimal):
        return f"× {value.normalize():f}"
    return str(value)


def done(enrolled: Enrolled) -> str:
    """What a list did, in a sentence or some."""
    said = []
    if enrolled.new:
        said.append(f"{counted(len(enrolled.new), 'person is', 'people are')} enrolled.")
    if enrolled.back:
        said.append(f"{counted(len(enrolled.back), 'person came', 'people came')} back.")
    if enrolled.changed:
        said.append(f"{counted(enrolled.changed, 'part was', 'parts were')} changed.")
    return " ".join(said) or "Nothing was left to do: this list was applied before."
