"""Blocks: what a format's own markup says, turned into a source of clean text and marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from course.reading.hygiene import check_length, tidy
from course.reading.outline import Mark, PassageKind, ReadingWarning, Source, Span


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document; `kind` None leaves the judgement to the reader of lines."""

    text: str
    kind: PassageKind | None = None
    level: int = 0


def one_line(text: str) -> str:
    """The text on one line, tidied, with single spaces."""
    return " ".join(tidy(text).split())


def source_of(
    blocks: Iterable[Block], *, title: str = "", author: str = "", warnings: tuple[ReadingWarning, ...] = ()
) -> Source:
    """A source with one line for each block that has words, empty lines between, and marks where kinds are known."""
    pieces: list[str] = []
    marks: list[Mark] = []
    length = 0
    for block in blocks:
        text = one_line(block.text)
        if not text:
            continue
        start = length + 2 if pieces else 0
        length = start + len(text)
        pieces.append(text)
        if block.kind is not None:
            marks.append(Mark(Span(start, length), block.kind, block.level))
    text = check_length("\n\n".join(pieces))
    return Source(text, one_line(title), one_line(author), tuple(marks), warnings)
