"""Sentences, with exact offsets."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from course.reading.outline import Span

if TYPE_CHECKING:
    import pysbd

_MAX_PIECE = 2_000
_BREAK = re.compile(r"(?<=[.!?])\s+")


@cache
def _segmenter(language: str) -> pysbd.Segmenter:
    import pysbd  # noqa: PLC0415 -- whoever only answers pages parts no text, and need not load it
    from pysbd.languages import LANGUAGE_CODES  # noqa: PLC0415 -- as above

    return pysbd.Segmenter(language=language if language in LANGUAGE_CODES else "en", clean=False)


def sentences(text: str, span: Span, language: str = "en") -> list[Span]:
    """The sentences of `text` within `span`, in order and not overlapping, in characters of `text`.

    No sentence begins or ends with white space; every other character of the span is in exactly one sentence.
    """
    found: list[Span] = []
    for piece in _pieces(text, span):
        found.extend(_sentences_of_piece(text, piece, language))
    return found


def _pieces(text: str, span: Span) -> list[Span]:
    """Stretches the segmenter takes in bounded time: whole lines, and long lines cut at a likely sentence end."""
    pieces: list[Span] = []
    start = span.start
    for line in span.quote(text).split("\n"):
        end = start + len(line)
        while end - start > _MAX_PIECE:
            cuts = [match.end() for match in _BREAK.finditer(text, start, start + _MAX_PIECE)]
            cut = cuts[-1] if cuts and cuts[-1] > start else start + _MAX_PIECE
            pieces.append(Span(start, cut))
            start = cut
        pieces.append(Span(start, end))
        start = end + 1
    return [piece for piece in pieces if piece.start < piece.end]


def _sentences_of_piece(text: str, piece: Span, language: str) -> list[Span]:
    quote = piece.quote(text)
    if not quote.strip():
        return []
    borders = _borders(quote, _segmenter(language).segment(quote))
    spans = [_trimmed(text, piece.start + a, piece.start + b) for a, b in pairwise(borders)]
    return [span for span in spans if span.start < span.end]


def _borders(quote: str, parts: list[str]) -> list[int]:
    """Where the parts begin in the quote; a part the segmenter altered joins the one before it."""
    borders, position = [0], 0
    for part in parts:
        at = quote.find(part.strip(), position)
        if at < 0 or not part.strip():
            continue
        if at > 0 and position > 0:
            borders.append(at)
        position = at + len(part.strip())
    borders.append(len(quote))
    return borders


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
