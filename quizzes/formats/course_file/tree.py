"""Reads the indented fields of a section into plain values, each with the line it stands on.

A field is `name: words`, `name = JSON`, or `name:` with deeper lines: `- words` (a list), `> words` (quotes),
`[x] words`, `[ ] words`, `* words` (records, with deeper fields of their own), more fields, or prose.
No field's name means anything here, so kinds of question that do not exist yet can be read too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from quizzes.formats.course_file.model import Quote
from quizzes.formats.course_file.problems import ProblemLog
from quizzes.formats.course_file.prose import BadEscape, is_refused_json, join

MAX_DEPTH = 24
UNREADABLE = "\ufffd"
"""Stands for words that could not be read, so that they are not told as missing too."""
MAX_OCCURRENCE_DIGITS = 5

FIELD = re.compile(r"([a-z][a-z0-9_]*)(:| =)(?: (.*))?$")
WORDS = re.compile(r"-(?: (.*))?$")
QUOTE = re.compile(rf">([1-9][0-9]{{0,{MAX_OCCURRENCE_DIGITS - 1}}})?(?: (.*))?$")
RECORD = re.compile(r"(\[[xX]\]|\[ \]|\*)(?: \(([A-Za-z0-9_-]+)\))?(?: (.*))?$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file, without its line break."""

    number: int
    text: str

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def words(self) -> str:
        return self.text.strip(" ")


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its line; `children` are its parts by field name or by index, as a dotted path names them."""

    line: int
    value: Any
    children: dict[str, Node] = field(default_factory=dict)

    def line_at(self, path: str) -> int:
        """The line of the part that a dotted path names, or of the nearest part above it."""
        node = self
        for step in path.split(".") if path else ():
            if step not in node.children:
                break
            node = node.children[step]
        return node.line


@dataclass(frozen=True, slots=True)
class Block:
    """A line and the deeper lines that belong to it."""

    head: Line
    body: tuple[Line, ...]


def read_fields(lines: Sequence[Line], log: ProblemLog, *, line: int) -> Node:
    """The fields of a section as one record; `line` is where the section starts. Problems go to `log`."""
    return _fields(lines, log, line=line, depth=0)


def _blocks(lines: Sequence[Line], log: ProblemLog) -> list[Block]:
    written = [line for line in lines if line.words]
    blocks: list[tuple[Line, list[Line]]] = []
    base = written[0].indent if written else 0
    for line in written:
        if line.indent > base:
            blocks[-1][1].append(line)
            continue
        if line.indent < base:
            log.add(line.number, "indent", "This line stands further left than the first line of its block.")
        blocks.append((line, []))
    return [Block(head, tuple(body)) for head, body in blocks]


def _fields(lines: Sequence[Line], log: ProblemLog, *, line: int, depth: int) -> Node:
    children: dict[str, Node] = {}
    for block in _blocks(lines, log):
        found = FIELD.match(block.head.words)
        if not found:
            log.add(block.head.number, "no_field", "This line is no field: write “name: words” or “name = value”.")
        elif found[1] in children:
            log.add(block.head.number, "twice", f"“{found[1]}” is written twice.")
        else:
            children[found[1]] = _field(found, block, log, depth)
    return Node(line, {name: child.value for name, child in children.items()}, children)


def _field(found: re.Match[str], block: Block, log: ProblemLog, depth: int) -> Node:
    rest = (found[3] or "").strip(" ")
    if found[2] == " =":
        return _json(rest, block, log)
    if rest or not block.body:
        first = Line(block.head.number, rest)
        return _prose([first, *block.body] if rest else [], log, line=block.head.number)
    return _value(block, log, depth + 1)


def _value(block: Block, log: ProblemLog, depth: int) -> Node:
    """What the deeper lines of a block are, told by the first of them."""
    first = next(line for line in block.body if line.words)
    if depth > MAX_DEPTH:
        log.add(first.number, "too_deep", f"Fields stand in each other more than {MAX_DEPTH} deep.")
        return Node(block.head.number, "")
    for pattern, read in LISTS:
        if pattern.match(first.words):
            return _list(block, log, pattern, read, depth)
    if FIELD.match(first.words):
        return _fields(block.body, log, line=block.head.number, depth=depth)
    return _prose(block.body, log, line=block.head.number)


ReadPart = Callable[["re.Match[str]", Block, ProblemLog, int], Node]


def _list(block: Block, log: ProblemLog, pattern: re.Pattern[str], read: ReadPart, depth: int) -> Node:
    nodes = []
    for part in _blocks(block.body, log):
        found = pattern.match(part.head.words)
        if found:
            nodes.append(read(found, part, log, depth))
        else:
            log.add(part.head.number, "mixed_list", "This line does not start like the first one of its list.")
    children = {str(index): node for index, node in enumerate(nodes)}
    return Node(block.head.number, [node.value for node in nodes], children)


def _words(found: re.Match[str], block: Block, log: ProblemLog, _depth: int) -> Node:
    return _prose(_with_rest(found[1], block.head, block.body), log, line=block.head.number)


def _quote(found: re.Match[str], block: Block, log: ProblemLog, _depth: int) -> Node:
    words = words_of(_with_rest(found[2], block.head, block.body), log)
    if not words:
        log.add(block.head.number, "empty_quote", "A quote needs the words it quotes.")
    return Node(block.head.number, Quote(words, int(found[1] or 1)))


def _record(found: re.Match[str], block: Block, log: ProblemLog, depth: int) -> Node:
    line = block.head.number
    cut = next((at for at, part in enumerate(block.body) if FIELD.match(part.words)), len(block.body))
    head: dict[str, Any] = {} if found[1] == "*" else {"correct": found[1] != "[ ]"}
    if found[2]:
        head["id"] = found[2]
    words = _with_rest(found[3], block.head, block.body[:cut])
    if words:
        head["text"] = words_of(words, log)
    below = _fields(block.body[cut:], log, line=line, depth=depth + 1)
    for name in head.keys() & below.value.keys():
        log.add(below.children[name].line, "twice", f"“{name}” stands in the line above already.")
    return Node(line, head | below.value, {name: Node(line, value) for name, value in head.items()} | below.children)


LISTS: tuple[tuple[re.Pattern[str], ReadPart], ...] = ((WORDS, _words), (QUOTE, _quote), (RECORD, _record))


def _with_rest(rest: str | None, head: Line, body: Sequence[Line]) -> list[Line]:
    words = (rest or "").strip(" ")
    return [*([Line(head.number, words)] if words else []), *body]


def _prose(lines: Sequence[Line], log: ProblemLog, *, line: int) -> Node:
    return Node(line, words_of(lines, log))


def words_of(lines: Sequence[Line], log: ProblemLog) -> str:
    """The text that some lines stand for; each wrong escape is told with its own line."""
    try:
        return join(line.text for line in lines)
    except BadEscape:
        for line in lines:
            _tell_bad_escape(line, log)
        return UNREADABLE


def _tell_bad_escape(line: Line, log: ProblemLog) -> None:
    try:
        join([line.text])
    except BadEscape as wrong:
        log.add(line.number, "bad_escape", str(wrong))


def _json(rest: str, block: Block, log: ProblemLog) -> Node:
    text = "\n".join([rest, *(line.text for line in block.body)])
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError) as wrong:
        at = block.head.number + getattr(wrong, "lineno", 1) - 1
        log.add(at, "bad_json", "What follows “=” is no JSON; words are written after “:”.")
        return Node(block.head.number, None)
    if is_refused_json(json.dumps(value, ensure_ascii=False)):
        log.add(block.head.number, "refused_sign", "A text may not hold NUL or half of a surrogate pair.")
    return Node(block.head.number, value)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("A name is written twice.")
    return dict(pairs)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON.")


def _finite(number: str) -> float:
    value = float(number)
    if value in (float("inf"), float("-inf")):
        raise ValueError(f"{number} is too large.")
    return value
