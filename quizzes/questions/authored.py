"""Reading what authors wrote: readers that raise BrokenQuestion, and checks that gather Problems and never raise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quizzes.questions.answers import is_storable
from quizzes.questions.base import BrokenQuestion, Field, Problem
from quizzes.questions.signs import is_blank, told_apart

MAX_STEM = 2_000
MAX_TEXT = 2_000
MAX_FEEDBACK = 1_000
MAX_EXPLANATION = 4_000
MAX_HINTS = 10
MAX_HINT = 500
MAX_ID = 40

HINTS = Field(
    "hints",
    "Hints",
    "lines",
    "One on each line, opened one by one where a quiz shows something at once.",
    required=False,
)
"""What the author's form asks of every kind, beside the kind's own fields."""

Row = Mapping[str, Any]


def text_of(holder: Any, name: str) -> str:
    """A text that has to be there. Raises BrokenQuestion."""
    value = value_of(holder, name)
    if not isinstance(value, str):
        raise BrokenQuestion(f"The question’s “{name}” is missing or no text.")
    return value


def optional_text_of(holder: Any, name: str) -> str:
    """A text, "" when the author left it out. Raises BrokenQuestion when it is something else."""
    return "" if value_of(holder, name) is None else text_of(holder, name)


def texts_of(holder: Any, name: str) -> list[str]:
    """A list of texts, empty when the author left it out. Raises BrokenQuestion when it is something else."""
    value = value_of(holder, name)
    if value is None:
        return []
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise BrokenQuestion(f"The question’s “{name}” is no list of texts.")
    return list(value)


def flag_of(holder: Any, name: str, *, default: bool) -> bool:
    """A yes or no, the default when left out. Raises BrokenQuestion when it is something else."""
    value = value_of(holder, name)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise BrokenQuestion(f"The question’s “{name}” is neither true nor false.")
    return value


def rows_of(holder: Any, name: str) -> list[Row]:
    """A list of objects, empty when left out. Raises BrokenQuestion when it is something else."""
    value = value_of(holder, name)
    if value is None:
        return []
    if not isinstance(value, list | tuple) or not all(type(row) is dict or isinstance(row, Mapping) for row in value):
        raise BrokenQuestion(f"The question’s “{name}” is no list of objects.")
    return list(value)


def named_rows_of(holder: Any, name: str) -> dict[str, Row]:
    """The rows by their ids, in authored order. Raises BrokenQuestion when there is none or an id is there twice."""
    rows = rows_of(holder, name)
    named = {text_of(row, "id"): row for row in rows}
    if not named or len(named) != len(rows):
        raise BrokenQuestion(f"The question’s “{name}” has no rows, or two with one id.")
    return named


def value_of(holder: Any, name: str) -> Any:
    """What stands under the name, None when nothing does. Raises BrokenQuestion when the holder is no object."""
    # Nearly every holder is a dictionary, which costs a tenth of asking what else may be one.
    if type(holder) is not dict and not isinstance(holder, Mapping):
        raise BrokenQuestion("The question’s content is no object.")
    return holder.get(name)


def shared_problems(content: Any) -> Iterator[Problem]:
    """Problems of what every kind has: the content itself, its stem, its explanation and its hints."""
    if not isinstance(content, Mapping):
        yield Problem("content_not_object", "The content has to be an object with named fields.")
    yield from text_problems(content, "stem", "the question", most=MAX_STEM, required=True)
    yield from text_problems(content, "explanation", "the explanation", most=MAX_EXPLANATION)
    yield from texts_problems(content, "hints", "the hints", least=0, most=MAX_HINTS, longest=MAX_HINT)


def hints_of(content: Any) -> list[str]:
    """The hints of a question in the order they are opened; none for content that has none. Never raises."""
    hints = _lenient(content, "hints")
    return [hint for hint in hints if isinstance(hint, str)] if isinstance(hints, list | tuple) else []


def text_problems(
    holder: Any, name: str, label: str, *, most: int = MAX_TEXT, required: bool = False, path: str = ""
) -> Iterator[Problem]:
    """Problems of one text: missing, not a text, too long, or not storable."""
    where = _joined(path, name)
    yield from _value_problems(_lenient(holder, name), label, where, most=most, required=required)


def flag_problems(holder: Any, *names: str, path: str = "") -> Iterator[Problem]:
    """Problems of optional settings that are either true or false."""
    for name in names:
        value = _lenient(holder, name)
        if value is not None and not isinstance(value, bool):
            yield Problem("not_a_flag", f"Set “{name}” to true or false.", _joined(path, name))


def texts_problems(
    holder: Any, name: str, label: str, *, least: int, most: int, longest: int, path: str = ""
) -> Iterator[Problem]:
    """Problems of a list of texts: how many, and each of them."""
    value = _lenient(holder, name)
    where = _joined(path, name)
    if value is None and least == 0:
        return
    if not isinstance(value, list | tuple):
        yield Problem("not_a_list", f"Write {label} as a list.", where)
        return
    yield from _number_problems(len(value), label, least=least, most=most, where=where)
    for place, text in enumerate(value[: most + 1]):
        yield from _value_problems(
            text, f"entry {place + 1} of {label}", f"{where}.{place}", most=longest, required=True
        )


def rows_with_problems(
    holder: Any, name: str, label: str, *, least: int, most: int
) -> tuple[list[tuple[str, Row]], list[Problem]]:
    """The usable rows with their paths, and the problems of the list: how many, and rows that are no objects."""
    value = _lenient(holder, name)
    if value is None and least == 0:
        return [], []
    if not isinstance(value, list | tuple):
        return [], [Problem("not_a_list", f"Write {label} as a list.", name)]
    problems = list(_number_problems(len(value), label, least=least, most=most, where=name))
    paths = [(f"{name}.{place}", row) for place, row in enumerate(value[: most + 1])]
    message = f"Write each entry of {label} as an object with named fields."
    problems += [Problem("not_an_object", message, path) for path, row in paths if not isinstance(row, Mapping)]
    return [(path, row) for path, row in paths if isinstance(row, Mapping)], problems


def id_problems(rows: Sequence[tuple[str, Row]]) -> Iterator[Problem]:
    """Problems of the ids of rows: missing, unusable or there twice."""
    for path, row in rows:
        yield from text_problems(row, "id", "an id", most=MAX_ID, required=True, path=path)
        name = row.get("id")
        if isinstance(name, str) and name.strip() and not re.fullmatch(r"[\w-]+", name, re.ASCII):
            yield Problem("bad_id", "Write the id with plain letters, figures and hyphens only.", f"{path}.id")
    seen: set[str] = set()
    for path, row in rows:
        name = row.get("id")
        if isinstance(name, str) and name in seen:
            yield Problem("duplicate_id", f"The id “{name[:MAX_ID]}” is there twice. Give each its own.", f"{path}.id")
        elif isinstance(name, str):
            seen.add(name)


def same_text_problems(rows: Sequence[tuple[str, Row]], label: str) -> Iterator[Problem]:
    """Rows whose texts a reader cannot tell apart."""
    seen: dict[str, str] = {}
    for path, row in rows:
        text = row.get("text")
        if isinstance(text, str) and not is_blank(text):
            first = seen.setdefault(told_apart(text), path)
            if first != path:
                yield Problem("duplicate_text", f"Two of {label} say the same. Change or delete one.", f"{path}.text")


def _value_problems(value: Any, label: str, where: str, *, most: int, required: bool) -> Iterator[Problem]:
    if value is None or (isinstance(value, str) and is_blank(value)):
        if required:
            yield Problem("missing_text", f"Write {label}.", where)
    elif not isinstance(value, str):
        yield Problem("not_a_text", f"Write {label} as text.", where)
    elif len(value) > most:
        yield Problem("text_too_long", f"Shorten {label} to {most:,} characters.", where)
    if isinstance(value, str) and not is_storable(value):
        yield Problem("unstorable_text", f"Take the control characters out of {label}.", where)


def _number_problems(number: int, label: str, *, least: int, most: int, where: str) -> Iterator[Problem]:
    if number < least:
        yield Problem("too_few", f"Write at least {least} of {label}; there are {number}.", where)
    if number > most:
        yield Problem("too_many", f"Keep at most {most} of {label}; there are {number}.", where)


def _lenient(holder: Any, name: str) -> Any:
    return holder.get(name) if isinstance(holder, Mapping) else None


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
