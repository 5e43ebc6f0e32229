"""Writes plain values as the indented fields that `tree` reads back; the same value always gives the same lines."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from quizzes.formats.course_file.model import Quote
from quizzes.formats.course_file.prose import HIDDEN, escape, guard, is_refused_json, lines_of

WIDTH = 110
INDENT = "  "
MAX_NESTING = 12
NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
ID = re.compile(r"[A-Za-z0-9_-]+\Z")

ORDER = (
    *("stem", "text", "id", "correct", "term", "answer", "accepted", "references", "near_misses"),
    *("options", "sentences", "gaps", "pairs", "items", "true", "false", "not_stated", "feedback"),
)
"""What a reader wants first comes first; names that are not here follow in alphabetical order."""
LAST = ("explanation",)


def field_lines(name: str, value: Any, depth: int = 0) -> list[str]:
    """The lines of one field, `depth` levels in. Raises ValueError for what JSON or a text cannot hold."""
    head = INDENT * depth + name
    if isinstance(value, str):
        return _text_lines(head + ":", value, depth)
    items = _item_lines(value, depth + 1)
    return [head + ":", *items] if items else _json_lines(head + " =", value, depth)


def _item_lines(value: Any, depth: int) -> list[str]:
    """The lines of a list or a record; none for what is neither, or too deep to be read well: that becomes JSON."""
    pad = INDENT * depth
    if _is_list_of(value, str):
        return [_item(pad + "-", text) for text in value]
    if _is_list_of(value, Quote):
        return [_item(pad + _quote_marker(quote), quote.text) for quote in value]
    if depth > MAX_NESTING:
        return []
    if _is_list_of(value, Mapping) and all(map(_has_plain_names, value)):
        return [line for record in value for line in _record_lines(record, depth)]
    return record_lines(value, depth) if isinstance(value, Mapping) and _has_plain_names(value) else []


def record_lines(record: Mapping[str, Any], depth: int = 0) -> list[str]:
    """The fields of a record in one order, whatever order the mapping has: databases keep none."""
    return [line for name in sorted(record, key=_place) for line in field_lines(name, record[name], depth)]


def _place(name: str) -> tuple[int, str]:
    if name in LAST:
        return len(ORDER) + 1, name
    return (ORDER.index(name), "") if name in ORDER else (len(ORDER), name)


def _text_lines(head: str, text: str, depth: int) -> list[str]:
    flat = f"{head} {escape(text)}" if text else head
    if len(flat) <= WIDTH and "\n" not in text:
        return [flat]
    lines = lines_of(text)
    return [head, *(INDENT * (depth + 1) + guard(line) for line in lines)]


def _item(head: str, text: str) -> str:
    return f"{head} {escape(text)}" if text else head


def _quote_marker(quote: Quote) -> str:
    return ">" if quote.occurrence == 1 else f">{quote.occurrence}"


def _record_lines(record: Mapping[str, Any], depth: int) -> list[str]:
    rest = dict(record)
    head = "*"
    if isinstance(rest.get("correct"), bool):
        head = "[x]" if rest.pop("correct") else "[ ]"
    if isinstance(rest.get("id"), str) and ID.match(rest["id"]):
        head += f" ({rest.pop('id')})"
    if isinstance(rest.get("text"), str) and rest["text"]:
        head += " " + _head_text(rest.pop("text"))
    return [INDENT * depth + head, *record_lines(rest, depth + 1)]


def _head_text(text: str) -> str:
    written = escape(text)
    return "\\" + written if written.startswith("(") else written


def _json_lines(head: str, value: Any, depth: int) -> list[str]:
    flat = _json_text(value, indent=None)
    if len(head) + 1 + len(flat) <= WIDTH:
        return [f"{head} {flat}"]
    return [head, *(INDENT * (depth + 1) + line for line in _json_text(value, indent=2).split("\n"))]


def _json_text(value: Any, *, indent: int | None) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, sort_keys=True)
    if is_refused_json(text):
        raise ValueError("A course file holds no NUL and no half of a surrogate pair.")
    # JSON escapes controls by itself; the other hidden signs stand only inside its strings, where \u may name them.
    return HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _is_list_of(value: Any, wanted: type) -> bool:
    return isinstance(value, (list, tuple)) and bool(value) and all(isinstance(part, wanted) for part in value)


def _has_plain_names(record: Mapping[Any, Any]) -> bool:
    return all(isinstance(name, str) and NAME.match(name) for name in record)
