"""Two wordings of one question side by side, field by field, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from language import say
from quizzes.questions.base import QuestionType
from web.studio.question_form import LABELS, fields_of

UNSAID = ("id", "start", "end")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that reads differently in both: its label, and the lines of each."""

    label: str
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


def differences(kind: QuestionType, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[Difference]:
    """The fields of the form in which the two contents do not say the same, in the form's order."""
    both = [(say(each.label), _lines(mine.get(each.name)), _lines(theirs.get(each.name))) for each in fields_of(kind)]
    return [Difference(label, one, other) for label, one, other in both if one != other]


def _lines(value: Any) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        return tuple(f"{name}: {text}" for name, text in value.items())
    if isinstance(value, list):
        return tuple(_row(each) if isinstance(each, Mapping) else str(each) for each in value)
    return () if value in (None, "") else (_word(value),)


def _row(row: Mapping[str, Any]) -> str:
    """The texts of a row, then what is true of it, such as “This is right”."""
    said = [_word(value) for name, value in row.items() if name not in UNSAID and not isinstance(value, bool)]
    flags = [say(str(LABELS.get(name, name))) for name, value in row.items() if value is True]
    return " – ".join([*filter(None, said), *flags])


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
