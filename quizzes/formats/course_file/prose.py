"""How words are written in a course file: one sentence on a line, and a backslash before what would read as syntax.

`\\n` is a line break, `\\t` a tab, `\\s` a space at an edge, `\\x{2028}` a sign by its code point; before any sign
that is neither letter nor digit the backslash makes it ordinary. Lines of one text are joined by a space, after `\\n`
by nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

NAMED = {"n": "\n", "t": "\t", "s": " "}
WRITTEN = {"\n": "\\n", "\t": "\\t", "\\": "\\\\"}

HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
"""Signs that cannot be seen and change what is: controls, line separators, direction overrides."""
REFUSED = re.compile("[\x00\ud800-\udfff]")
"""Signs no text may hold: PostgreSQL refuses them."""

ESCAPE = re.compile(r"\\(?:x\{([0-9A-Fa-f]{1,6})\}|([nts])|([^A-Za-z0-9\s])|(.?))", re.DOTALL)
SENTENCE_END = re.compile(
    '(?:(?<=[.!?…])|(?<=[.!?…]["”’)])) (?=[A-Z0-9“‘"(\u00c0-\uffff])|(?<=\n)(?=.)',
    re.DOTALL,
)
FIELD_LIKE = re.compile(r"([a-z][a-z0-9_]*)(:| =)(?= |$)")
LINE_STARTS = "#>|!~@=-[*("


class BadEscape(ValueError):
    """A backslash before something that it means nothing before."""


def is_refused_json(text: str) -> bool:
    """Whether JSON, written without escaping what is not ASCII, holds a sign that no text may hold."""
    return bool(REFUSED.search(text)) or "\\u0000" in text.replace("\\\\", "")


def escape(text: str) -> str:
    """The text on one line; unescape(escape(text)) == text. Raises ValueError for NUL and lone surrogates."""
    if REFUSED.search(text):
        raise ValueError("A course file holds no NUL and no half of a surrogate pair.")
    written = re.sub(r"[\n\t\\]", lambda found: WRITTEN[found[0]], text)
    written = HIDDEN.sub(lambda found: f"\\x{{{ord(found[0]):X}}}", written)
    return _mark_edges(written)


def _mark_edges(line: str) -> str:
    """Spaces at an edge become visible: editors strip them."""
    if line.startswith(" "):
        line = "\\s" + line[1:]
    return line[:-1] + "\\s" if line.endswith(" ") else line


def unescape(line: str) -> str:
    """The text a line stands for. Raises BadEscape."""
    return ESCAPE.sub(_escaped_sign, line)


def _escaped_sign(found: re.Match[str]) -> str:
    code, name, sign, wrong = found.groups()
    if sign is not None:
        return sign
    if name is not None:
        return NAMED[name]
    if code is not None and int(code, 16) <= 0x10FFFF and not REFUSED.match(chr(int(code, 16))):
        return chr(int(code, 16))
    before = wrong or code or "the end of the line"
    raise BadEscape(f"A backslash means nothing before “{before}”; write \\\\ for a backslash.")


def lines_of(text: str) -> list[str]:
    """The text as lines, one sentence each; join(lines_of(text)) == text. An empty text is no line."""
    return [escape(piece) for piece in SENTENCE_END.split(text)] if text else []


def join(lines: Iterable[str]) -> str:
    """The text that the lines stand for, whatever their indentation. Raises BadEscape."""
    text, tight = "", True
    parts = []
    for line in lines:
        text = unescape(line.strip(" "))
        parts.append(text if tight else " " + text)
        tight = text.endswith("\n")
    return "".join(parts)


def guard(line: str) -> str:
    """The written line with a backslash where its start would read as a marker or a field."""
    if line[:1] and line[0] in LINE_STARTS:
        return "\\" + line
    found = FIELD_LIKE.match(line)
    if not found:
        return line
    cut = found.end(1) + (found[2] == " =")
    return line[:cut] + "\\" + line[cut:]
