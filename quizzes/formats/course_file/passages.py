"""The article's text as blocks: a blank line between passages, a sign at the start of those that are no paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from course.reading.outline import PassageKind
from quizzes.formats.course_file.model import PassageEntry
from quizzes.formats.course_file.problems import ProblemLog
from quizzes.formats.course_file.prose import escape, guard, lines_of
from quizzes.formats.course_file.tree import Line, words_of

SIGNS = {
    PassageKind.LIST_ITEM: "-",
    PassageKind.QUOTE: ">",
    PassageKind.PULL_QUOTE: ">>",
    PassageKind.TABLE: "|",
    PassageKind.FIGURE: "!",
    PassageKind.BOILERPLATE: "~",
}
KINDS = {sign: kind for kind, sign in SIGNS.items()}

START = re.compile(r"(#{1,6}|>>|[->|!~])(?: +(.*))?$")
ATTRIBUTE = re.compile(r"@(reason|level|gap):(?: +(.*))?$")
LEVEL = re.compile(r"[0-9]{1,4}\Z")

LONGEST_REASON = 200
"""Signs of a reason, as many as the database keeps."""


def passage_lines(passage: PassageEntry) -> list[str]:
    """The passage as lines, its attributes first; a blank line belongs after them."""
    sign, attributes = _sign(passage)
    if passage.reason:
        attributes.append(f"@reason: {escape(passage.reason)}")
    if passage.gap is not None:
        attributes.append(f"@gap: {escape(passage.gap)}".rstrip(" "))
    lines = [guard(line) for line in _lines_of(passage)]
    return [*attributes, *([f"{sign} {lines[0]}", *lines[1:]] if sign and lines else lines)]


def _lines_of(passage: PassageEntry) -> list[str]:
    """A heading is one line, so that a paragraph may follow it at once."""
    if passage.kind is PassageKind.HEADING and passage.text:
        return [escape(passage.text)]
    return lines_of(passage.text)


def _sign(passage: PassageEntry) -> tuple[str, list[str]]:
    """The sign of a passage; a heading's level is its number of hashes, one hash for a level nobody stated."""
    if passage.kind is PassageKind.HEADING:
        if 2 <= passage.level <= 6:
            return "#" * passage.level, []
        return "#", [f"@level: {passage.level}"] if passage.level else []
    return SIGNS.get(passage.kind, ""), [f"@level: {passage.level}"] if passage.level else []


class PassageReader:
    """Reads blocks of lines as passages, and remembers the line of each."""

    def __init__(self, log: ProblemLog) -> None:
        self.log = log
        self.passages: list[PassageEntry] = []
        self.lines: list[int] = []

    def read(self, lines: Sequence[Line]) -> None:
        """Every passage in these lines is in `passages`, its first line in `lines`."""
        for block in _blocks(lines):
            self._read_block(block)

    def _read_block(self, block: list[Line]) -> None:
        attributes, rest = self._attributes(block)
        found = START.match(rest[0].words) if rest else None
        words = [Line(rest[0].number, found[2] or ""), *rest[1:]] if found else rest
        text = words_of(words, self.log)
        if not text:
            self.log.add(block[0].number, "empty_passage", "A passage needs a text.")
            return
        kind, level = _kind(found[1] if found else "")
        gap = attributes.get("gap")
        level = int(attributes.get("level", level))
        self.passages.append(PassageEntry(kind, text, level, attributes.get("reason", ""), gap))
        self.lines.append(block[0].number)

    def _attributes(self, block: list[Line]) -> tuple[dict[str, str], list[Line]]:
        attributes: dict[str, str] = {}
        for at, line in enumerate(block):
            found = ATTRIBUTE.match(line.words)
            if not found:
                return attributes, block[at:]
            value = words_of([Line(line.number, found[2] or "")], self.log)
            if found[1] in attributes or (found[1] == "level" and not LEVEL.match(value)):
                self.log.add(line.number, "attribute", f"@{found[1]} stands once, and a level is a whole number.")
            elif found[1] == "reason" and len(value) > LONGEST_REASON:
                self.log.add(line.number, "attribute", f"@reason has at most {LONGEST_REASON} signs.")
            else:
                attributes[found[1]] = value
        return attributes, []


def _kind(sign: str) -> tuple[PassageKind, int]:
    if sign.startswith("#"):
        return PassageKind.HEADING, len(sign) if len(sign) > 1 else 0
    return KINDS.get(sign, PassageKind.PARAGRAPH), 0


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines: a blank line, a new sign or the end of a heading ends one; attributes stay with what follows."""
    block: list[Line] = []
    for line in lines:
        last = block[-1].words if block else ""
        starts = ATTRIBUTE.match(line.words) or START.match(line.words) or (last.startswith("#") and START.match(last))
        if block and (not line.words or (starts and not ATTRIBUTE.match(last))):
            yield block
            block = []
        if line.words:
            block.append(line)
    if block:
        yield block
