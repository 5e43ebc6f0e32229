"""The author's form of a question, made from its kind's author fields: one renderer for each shape, none for a kind.

What a list of rows is made of is read from the kind's own examples and from the content at hand; its field may name
the columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy

from language import marked, say
from quizzes.questions.authored import HINTS
from quizzes.questions.base import Field, Problem, QuestionType

SPARE_ROWS = 2
MOST_ROWS = 100
LABELS = {
    "id": marked("Name"),
    "text": marked("Text"),
    "correct": gettext_lazy("This is right"),
    "accepted": gettext_lazy("Accepted answers, one on each line"),
    "options": gettext_lazy("Words to choose from, one on each line; none lets learners type"),
    "feedback": marked("Feedback"),
}
"""How columns of rows are called where their field does not say; any other by its own name."""


@dataclass(frozen=True, slots=True)
class Column:
    """One thing a row asks: `shape` is text, lines, boolean, one (of all rows), number or hidden; `kept` when empty."""

    name: str
    shape: str
    kept: bool
    label: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of one row with what stands in it, ready for its template."""

    column: Column
    html_name: str
    value: Any

    @property
    def template(self) -> str:
        return f"studio/cells/{self.column.shape}.html"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list of rows; `index` is its number in the form, from 0."""

    index: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class AskedField:
    """One field of the form with its value or its rows, empty rows to add, and what is wrong with it.

    `is_growing` while a row is being added to it.
    """

    field: Field
    value: Any = ""
    rows: tuple[Row, ...] = ()
    spare: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_growing: bool = False

    @property
    def template(self) -> str:
        return f"studio/fields/{self.field.shape}.html"


@dataclass(frozen=True)
class QuestionForm:
    """The form of one question over `content`, which need not be sound; `growing` names a list a row is added to."""

    kind: QuestionType
    content: Mapping[str, Any]
    problems: Sequence[Problem] = field(default=())
    growing: str = ""

    def fields(self) -> list[AskedField]:
        """Every field in order, as the page shows it."""
        return [self._asked(each) for each in fields_of(self.kind)]

    def _asked(self, asked: Field) -> AskedField:
        value = self.content.get(asked.name)
        problems = tuple(each for each in self.problems if each.field.partition(".")[0] == asked.name)
        if asked.shape == "options":
            rows = tuple(self._rows(asked, value))
            written = len(rows) if is_named(self.kind, asked.name) else len(rows) - SPARE_ROWS
            return AskedField(asked, "", rows[:written], rows[written:], problems, self.growing == asked.name)
        return AskedField(asked, value=_shown(value, asked.shape), problems=problems)

    def _rows(self, asked: Field, value: Any) -> Iterator[Row]:
        if is_named(self.kind, asked.name):
            texts = value if isinstance(value, Mapping) else {}
            for index, (name, label) in enumerate(names_of(self.kind, asked.name, texts)):
                column = Column(name, "text", kept=False, label=label)
                yield Row(index, (Cell(column, f"{asked.name}-{name}", texts.get(name, "")),))
            return
        columns = columns_of(self.kind, asked.name, self.content)
        rows = [row for row in value or () if isinstance(row, Mapping)]
        for index, row in enumerate([*rows[: MOST_ROWS - SPARE_ROWS], *[{}] * SPARE_ROWS]):
            yield Row(index, tuple(_cell(asked.name, index, column, row) for column in columns))


def _cell(field_name: str, index: int, column: Column, row: Mapping[str, Any]) -> Cell:
    return Cell(column, f"{field_name}-{index}-{column.name}", _shown(row.get(column.name), column.shape))


def fields_of(kind: QuestionType) -> list[Field]:
    """What the form asks: the kind's own fields, and the hints that any kind may have."""
    return [*kind.author_fields(), HINTS]


def content_sent(kind: QuestionType, content: Mapping[str, Any], sent: Mapping[str, str]) -> dict[str, Any]:
    """The content with every field of the form as it was sent; what the form does not ask stays as it was."""
    read = dict(content)
    for asked in fields_of(kind):
        value = _rows_sent(kind, asked.name, content, sent) if asked.shape == "options" else _sent(asked, sent)
        if value in ("", None, [], {}) and not asked.required:
            read.pop(asked.name, None)
        else:
            read[asked.name] = value
    return read


def says_the_same(one: Any, other: Any) -> bool:
    """Whether two contents differ in nothing but texts and lists that are empty in one and left out in the other."""
    return bool(_bare(one) == _bare(other))


def _bare(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _bare(each) for key, each in value.items() if each not in ("", None, [], {})}
    return [_bare(each) for each in value] if isinstance(value, list | tuple) else value


def is_named(kind: QuestionType, name: str) -> bool:
    """Whether the field is one text for each of some fixed names rather than a list of rows."""
    return any(isinstance(each.content.get(name), Mapping) for each in kind.examples())


def names_of(kind: QuestionType, name: str, texts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The fixed names with their labels: those of a choice of the same kind where there is one."""
    choices = [choice for each in kind.author_fields() for choice in each.choices]
    known = {key for each in kind.examples() for key in each.content.get(name, {})} | set(texts)
    return choices or [(key, key) for key in sorted(known)]


def columns_of(kind: QuestionType, name: str, content: Mapping[str, Any]) -> list[Column]:
    """What a row asks, in order: everything that rows of the kind's examples and of this content have."""
    samples = [row for each in kind.examples() for row in each.content.get(name, ())]
    own = content.get(name)
    rows = [*samples, *(row for row in (own if isinstance(own, list) else ()) if isinstance(row, Mapping))]
    asked = next(field for field in kind.author_fields() if field.name == name)
    named = dict(asked.columns)
    labels, known = LABELS | named, [*named, *LABELS]
    names = dict.fromkeys(key for row in rows for key in row)
    return [
        Column(
            key,
            "one" if key == asked.only else _column_shape(key, samples, rows, content),
            kept=all(key in row for row in samples),
            label=say(labels.get(key, key.replace("_", " ").capitalize())),
        )
        for key in sorted(names, key=lambda key: (key not in known, [*known, key].index(key)))
    ]


def _column_shape(
    name: str, samples: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]], content: Mapping[str, Any]
) -> str:
    """Numbers that no example of the kind has are not the author's business, such as places in the text."""
    value = next((row[name] for row in rows if name in row), "")
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, list):
        return "lines"
    if isinstance(value, int | float) and any(name in row for row in samples):
        return "number"
    if not isinstance(value, str) or (name == "id" and not _names_gaps(content)):
        return "hidden"
    return "text"


def _names_gaps(content: Mapping[str, Any]) -> bool:
    return any("{{" in value for value in content.values() if isinstance(value, str))


def _shown(value: Any, shape: str) -> Any:
    if shape == "lines":
        return "\n".join(str(each) for each in value) if isinstance(value, list) else ""
    if shape in ("boolean", "one"):
        return {True: "true", False: "false"}.get(value, "") if isinstance(value, bool) else ""
    return "" if value is None else value


def _sent(asked: Field, sent: Mapping[str, str]) -> Any:
    raw = _unified(sent.get(asked.name, ""))
    if asked.shape == "lines":
        return _lines(raw)
    if asked.shape == "boolean":
        return {"true": True, "false": False}.get(raw)
    if asked.shape == "number":
        return _number(raw)
    return raw.strip()


def _rows_sent(kind: QuestionType, name: str, content: Mapping[str, Any], sent: Mapping[str, str]) -> Any:
    if is_named(kind, name):
        names = [key for key, _ in names_of(kind, name, {})]
        texts = {key: _unified(sent.get(f"{name}-{key}", "")).strip() for key in names}
        return {key: text for key, text in texts.items() if text}
    columns = columns_of(kind, name, content)
    rows = [_row_sent(columns, name, index, sent) for index in range(MOST_ROWS)]
    return [row for row in rows if row is not None]


def _row_sent(columns: Sequence[Column], name: str, index: int, sent: Mapping[str, str]) -> dict[str, Any] | None:
    """The row, or None when nothing is written in it: that is how a row is taken away."""
    row: dict[str, Any] = {}
    written = False
    for column in columns:
        if column.shape == "one":
            row[column.name] = sent.get(f"{name}-{column.name}") == str(index)
            continue
        value = _cell_sent(column, _unified(sent.get(f"{name}-{index}-{column.name}", "")))
        written = written or (column.shape in ("text", "lines", "number") and column.name != "id" and bool(value))
        if value not in ("", []) or column.kept:
            row[column.name] = value
    return row if written else None


def _cell_sent(column: Column, raw: str) -> Any:
    if column.shape == "boolean":
        return raw == "true"
    if column.shape == "lines":
        return _lines(raw)
    is_number = column.shape == "number" or (column.shape == "hidden" and column.name != "id")
    return _number(raw) if is_number else raw.strip()


def _number(raw: str) -> Any:
    """The number, or the text as it is where it is none: the kind's check says so."""
    text = raw.strip()
    if re.fullmatch(r"-?\d{1,15}", text):
        return int(text)
    return float(text) if re.fullmatch(r"-?\d{1,15}\.\d{1,15}", text) else text


def _lines(raw: str) -> list[str]:
    return [line.strip() for line in raw.split("\n") if line.strip()]


def _unified(raw: str) -> str:
    """Browsers send line ends as two characters."""
    return raw.replace("\r\n", "\n")
