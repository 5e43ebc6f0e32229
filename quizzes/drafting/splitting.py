"""Sentences for drafting, in one pass over the text.

The reader's splitter is more exact and costs more than drafting may cost in all; drafts only use sentences that are
plain enough for this one, and their offsets are exact in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from course.reading.outline import Span

_BREAK = re.compile(r"[.!?…。！？؟۔।]+[\"“”’«»)\]]*(?:\s+(?=[\"“„‘‚«»(\[¿¡]?[^\W_a-z])|$|(?<=[。！？]))|\n\s*\n")
_NUMBER = re.compile(r"\s*(?:§\s?)?\d{1,3}(?:\.\d{1,3})*[.)]\s+(?=\S)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|Sgt|Gen|Col|Lt|Capt|Rev|Hon|Sen|Rep|Gov|No|Nos|Fig|vs|cf|al|e\.g|i\.e|"
    r"approx|Inc|Ltd|Co|Corp|Jr|Sr|[A-Z]|(?:[A-Z]\.)+[A-Z])\.$"
)


def split(text: str, span: Span) -> Iterator[Span]:
    """The sentences inside `span`, in order, without space at either end; offsets are those of `text`."""
    start = _behind_number(text, span)
    for found in _BREAK.finditer(text, span.start, span.end):
        if _ABBREVIATION.search(text, max(start, found.start() - 12), found.start() + 1) and found.end() < span.end:
            continue
        yield from _trimmed(text, start, found.end())
        start = found.end()
    yield from _trimmed(text, start, span.end)


def _behind_number(text: str, span: Span) -> int:
    """Where the words of a paragraph begin that carries a number, such as "2.1.", before them."""
    number = _NUMBER.match(text, span.start, span.end)
    return number.end() if number else span.start


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = end - (len(piece) - len(piece.rstrip()))
    if left < right:
        yield Span(left, right)
