"""Takes the fields of a section one by one, as what they should be; what nobody took is told at the end."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from quizzes.formats.course_file.model import Quote
from quizzes.formats.course_file.problems import ProblemLog
from quizzes.formats.course_file.tree import Node

WHOLE = re.compile(r"[0-9]{1,9}\Z")
DECIMAL = re.compile(r"[0-9]{1,4}(\.[0-9]{1,6})?\Z")
YES_NO = {"yes": True, "no": False}


class Fields:
    """The fields of one section. Each method returns the default when the field is missing or wrong."""

    def __init__(self, node: Node, log: ProblemLog) -> None:
        self.node = node
        self.log = log
        self.taken: set[str] = set()

    def _take(self, name: str, default: Any) -> Any:
        self.taken.add(name)
        return self.node.value.get(name, default)

    def _wrong(self, name: str, message: str) -> None:
        self.log.add(self.node.line_at(name), "wrong_value", f"“{name}” {message}")

    def text(self, name: str, default: str = "") -> str:
        value = self._take(name, default)
        if isinstance(value, str):
            return value
        self._wrong(name, "is written in words, after a colon.")
        return default

    def _is_written(self, name: str) -> bool:
        return isinstance(self.node.value.get(name), str)

    def required(self, name: str) -> str:
        value = self.text(name)
        if not value and name not in self.node.children:
            self.log.add(self.node.line, "missing", f"“{name}” is missing here.")
        elif self._is_written(name) and not value.strip():
            self._wrong(name, "may not be empty.")
        return value

    def one_of(self, name: str, choices: Collection[str], default: str) -> str:
        value = self.text(name, default)
        if value in choices:
            return value
        self._wrong(name, f"is one of: {', '.join(choices)}.")
        return default

    def yes_no(self, name: str, default: bool) -> bool:
        return YES_NO[self.one_of(name, YES_NO, "yes" if default else "no")]

    def whole(self, name: str, default: int | None, *, least: int = 0) -> int | None:
        value = self.text(name)
        if not self._is_written(name):
            return default
        if WHOLE.match(value) and int(value) >= least:
            return int(value)
        self._wrong(name, f"is a whole number from {least} on.")
        return default

    def fraction(self, name: str) -> Decimal | None:
        value = self.text(name)
        if not self._is_written(name):
            return None
        if DECIMAL.match(value) and Decimal(value) <= 1:
            return Decimal(value)
        self._wrong(name, "lies between 0 and 1, such as 0.7.")
        return None

    def moment(self, name: str) -> str:
        value = self.text(name)
        try:
            known = not value or _is_moment(datetime.fromisoformat(value))
        except ValueError:
            known = False
        if not known:
            self._wrong(name, "is a moment with its offset, such as 2026-01-31T09:00:00+00:00, from 1970 to 2999.")
        return value if known else ""

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(self._list(name, str, "is a list of lines that start with “- ”."))

    def quotes(self, name: str) -> tuple[Quote, ...]:
        return tuple(self._list(name, Quote, "is a list of lines that start with “> ”."))

    def _list(self, name: str, wanted: type, wish: str) -> list[Any]:
        value = self._take(name, [])
        if isinstance(value, list) and all(isinstance(part, wanted) for part in value):
            return value
        self._wrong(name, wish)
        return []

    def record(self, name: str) -> Mapping[str, Any]:
        value = self._take(name, {})
        if isinstance(value, dict):
            return value
        self._wrong(name, "holds fields of its own, further in.")
        return {}

    def rest(self) -> dict[str, Any]:
        """What nobody took, by name."""
        return {name: value for name, value in self.node.value.items() if name not in self.taken}

    def refuse_rest(self) -> None:
        for name in self.rest():
            self.log.add(self.node.line_at(name), "unknown_field", f"“{name}” means nothing here.")


def _is_moment(moment: datetime) -> bool:
    """Whether it is told in every zone, and far enough from both ends of what can be reckoned with."""
    return moment.tzinfo is not None and 1970 <= moment.year < 3000
