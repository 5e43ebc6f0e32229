"""What differs between two wordings of a question, in words and in the order in which its author is asked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from quizzes.questions.authored import HINTS
from quizzes.questions.base import Field, QuestionType

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
ALIKE = 0.5
"""From which likeness on, 0..1, two rows are the same one reworded; below, one went and another came."""
LONGEST = 4_000
"""Characters of a text that are compared word by word; the rest is told as a whole."""
FLAGS = {"correct": ("counts as wrong", "counts as right")}
NOTHING = "nothing"


class Mark(StrEnum):
    """Whether words stand in both wordings, in the old one alone or in the new one alone."""

    KEPT = ""
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of words and where it stands."""

    text: str
    mark: Mark = Mark.KEPT


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed: `what` names it as the author's form does, `words` show it."""

    what: str
    words: tuple[Words, ...]

    def text(self, *, without: Mark) -> str:
        """The words of one wording: all but those of the other."""
        return "".join(each.text for each in self.words if each.mark != without)


def differences(kind: QuestionType, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """Everything that an author changed between two contents of this kind; ids, which change by themselves, are none.

    Never raises, whatever JSON.
    """
    asked = [*kind.author_fields(), HINTS]
    found = [each for field in asked for each in _of_field(field, old.get(field.name), new.get(field.name))]
    known = {field.name for field in asked} | {"id"}
    others = sorted((set(old) | set(new)) - known)
    return [*found, *(each for name in others for each in _of_value(_in_words(name), old.get(name), new.get(name)))]


def _of_field(field: Field, old: Any, new: Any) -> Iterator[Difference]:
    if _are_rows(old) or _are_rows(new):
        yield from _of_rows(field, _rows(old), _rows(new))
    elif field.choices:
        labels = dict(field.choices)
        yield from _of_value(field.label, _chosen(old, labels), _chosen(new, labels))
    else:
        yield from _of_value(field.label, old, new)


def _of_value(what: str, old: Any, new: Any) -> Iterator[Difference]:
    if isinstance(old, Mapping) or isinstance(new, Mapping):
        yield from _of_names(what, old if isinstance(old, Mapping) else {}, new if isinstance(new, Mapping) else {})
        return
    before, after = _plain(old), _plain(new)
    if before != after:
        is_text = isinstance(old, str) and isinstance(new, str) and bool(before) and bool(after)
        yield Difference(what, reworded(before, after) if is_text else _replaced(before, after))


def _of_names(what: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for name in dict.fromkeys([*old, *new]):
        yield from _of_value(f"{what}, {_in_words(str(name))}", old.get(name), new.get(name))


def _of_rows(field: Field, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> Iterator[Difference]:
    pairs = _paired(old, new)
    columns = dict(field.columns)
    for index, row in enumerate(new):
        if index in pairs:
            yield from _of_row(field.label, columns, old[pairs[index]], row)
        else:
            yield Difference(f"{field.label}, added", (Words(_said(row), Mark.NEW),))
    kept = set(pairs.values())
    for index, row in enumerate(old):
        if index not in kept:
            yield Difference(f"{field.label}, taken out", (Words(_said(row), Mark.OLD),))
    order = [pairs[index] for index in sorted(pairs)]
    if order != sorted(order):
        yield Difference(f"{field.label}, in another order", (Words(" · ".join(map(_said, new))),))


def _of_row(
    label: str, columns: Mapping[str, str], old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Difference]:
    name = _said(new)
    for key in dict.fromkeys([*new, *old]):
        before, after = old.get(key), new.get(key)
        if key in FLAGS and isinstance(before, bool) and isinstance(after, bool):
            if before != after:
                yield Difference(f"{label}, “{name}”", _replaced(FLAGS[key][before], FLAGS[key][after]))
        elif key != "id":
            what = label if key == "text" else f"{label}, “{name}”, {columns.get(key) or _in_words(key)}"
            yield from _of_value(what, before, after)


def _paired(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Which new row, by its place, is which old one: those that say the same, then the likest of what is left."""
    pairs: dict[int, int] = {}
    left = list(range(len(old)))
    for place, row in enumerate(new):
        same = next((index for index in left if _said(old[index]) == _said(row)), None)
        if same is not None:
            pairs[place] = same
            left.remove(same)
    for place, row in enumerate(new):
        if place not in pairs and left:
            likest = max(left, key=lambda index: (_likeness(old[index], row), -index))
            if _likeness(old[likest], row) >= ALIKE:
                pairs[place] = likest
                left.remove(likest)
    return pairs


def _likeness(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    return SequenceMatcher(None, _said(one)[:LONGEST].split(), _said(other)[:LONGEST].split(), autojunk=False).ratio()


def reworded(old: str, new: str) -> tuple[Words, ...]:
    """Both texts in one, word by word: without what is new it is the old one, without what is old the new one."""
    if max(len(old), len(new)) > LONGEST:
        return _replaced(old, new)
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    found: list[Words] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Words("".join(before[a:b])))
        else:
            found += [Words("".join(before[a:b]), Mark.OLD), Words("".join(after[c:d]), Mark.NEW)]
    return tuple(each for each in found if each.text)


def _replaced(old: str, new: str) -> tuple[Words, ...]:
    return Words(old or NOTHING, Mark.OLD), Words(new or NOTHING, Mark.NEW)


def _said(row: Mapping[str, Any]) -> str:
    """What a row says: its text, or all of its texts."""
    text = row.get("text")
    if isinstance(text, str) and text:
        return text
    return ", ".join(_plain(value) for key, value in row.items() if key != "id" and value not in ("", None))


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(_plain(each) for each in value)
    if isinstance(value, Mapping):
        return _said(value)
    return "" if value is None else str(value)


def _chosen(value: Any, labels: Mapping[str, str]) -> Any:
    return labels.get(value, value) if isinstance(value, str) else value


def _are_rows(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(each, Mapping) for each in value)


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return list(value) if _are_rows(value) else []


def _in_words(name: str) -> str:
    return name.replace("_", " ")
