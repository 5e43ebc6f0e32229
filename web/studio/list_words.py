"""What a list of people or of grades does, line by line, in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from course.domain.roster_applying import Enrolled
from language import again, marked, say
from quizzes.domain.imported_people import changes_of
from quizzes.models import ImportLine, ImportLineState, LineFate, ListKind
from quizzes.models.list_imports import DOES_SOMETHING
from web.studio.wording import counted, exact_percent

BECOMES = {
    "role": marked("role {value}"),
    "cohort": marked("cohort {value}"),
    "time_factor": marked("time {value}"),
    "extra_days": marked("days more {value}"),
    "starts_at": marked("begins {value}"),
    "ends_at": marked("ends {value}"),
}
FATES = {
    LineFate.NEW: (marked("new here"), "done", "good"),
    LineFate.BACK: (marked("comes back"), "half", "now"),
    LineFate.CHANGES: (marked("changes"), "half", "now"),
    LineFate.SAME: (marked("as it is"), "open", ""),
    LineFate.FAULT: (marked("fault"), "miss", "warn"),
}
"""What each fate is called, and the shape and the tone that it has."""
STATES = {
    ImportLineState.DONE: (marked("done"), "done", "good"),
    ImportLineState.PASSED_OVER: (marked("passed over"), "miss", "warn"),
    ImportLineState.UNDONE: (marked("undone"), "open", ""),
    ImportLineState.KEPT: (marked("kept"), "miss", "warn"),
}
"""The same for what became of a line."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as its page shows it: its word with shape and tone, and what it says, sentences without a full stop."""

    line: ImportLine
    word: str
    shape: str
    tone: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines do something, change nothing or have a fault, and what became of those that do something."""

    doing: int
    same: int
    faults: int
    done: int
    passed_over: int
    undone: int
    kept: int


def counts_of(tally: Mapping[tuple[str, str], int]) -> Counts:
    """The counts of a list import, from how many lines have which fate and state."""

    def number(*, fates: Any = LineFate.values, states: Any = ImportLineState.values) -> int:
        return sum(amount for (fate, state), amount in tally.items() if fate in fates and state in states)

    return Counts(
        doing=number(fates=DOES_SOMETHING),
        same=number(fates=[LineFate.SAME]),
        faults=number(fates=[LineFate.FAULT]),
        **{state.value: number(states=[state]) for state in STATES},
    )


def shown(line: ImportLine) -> ShownLine:
    """The line with its fate, or what became of it, as a word and a shape; and what changes, or what is against it."""
    word, shape, tone = STATES.get(ImportLineState(line.state)) or FATES[LineFate(line.fate)]
    changes = _changes(line) if line.fate in DOES_SOMETHING else ()
    return ShownLine(line, say(word), shape, tone, (*changes, *([again(line.said)] if line.said else [])))


def _changes(line: ImportLine) -> tuple[str, ...]:
    if line.list_import.kind == ListKind.GRADES:
        was, becomes = (exact_percent(Decimal(each["fraction"])) for each in (line.before or {}, line.after or {}))
        return (say("{become}, was {before}", become=becomes, before=was), *([line.because] if line.because else []))
    return tuple(_change(line, name, *values) for name, values in changes_of(line).items() if name in BECOMES)


def _change(line: ImportLine, name: str, before: Any, after: Any) -> str:
    become = say(BECOMES[name], value=_said(name, after))
    return become if line.before is None else say("{become}, was {before}", become=become, before=_said(name, before))


def _said(name: str, value: Any) -> str:
    if value is None or value == "":
        return say("none")
    if name.endswith("_at"):
        return date_format(timezone.localtime(datetime.fromisoformat(value)), "j F Y, H:i")
    return f"× {Decimal(value).normalize():f}" if name == "time_factor" else str(value)


def enrolled_in_words(enrolled: Enrolled) -> str:
    """What typed addresses did, in a sentence or some."""
    said = []
    if enrolled.new:
        said.append(say("{people} enrolled.", people=counted(len(enrolled.new), "person is", "people are")))
    if enrolled.back:
        said.append(say("{people} back.", people=counted(len(enrolled.back), "person came", "people came")))
    if enrolled.changed:
        said.append(say("{parts} changed.", parts=counted(len(enrolled.changed), "part was", "parts were")))
    return " ".join(said) or say("Nothing was left to do: everybody takes part like this already.")
