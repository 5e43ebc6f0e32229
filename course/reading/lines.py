"""Lines: the units a text is judged by, with their exact place in it."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from course.reading.outline import Mark, PassageKind, Source, Span

_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_STRAY = re.compile(r"(?:[?\ufffd□▯]{2,}\s*|[\ufffd□▯]\s*|-(?=[^\W\d_]{2}|[AI]\s))+")
_BULLET = re.compile(r"(?:[-*+•●○·▪■▸▹‣⁃◦►➢➤✓✔❖–—]\s+|•|▪|●)(?=\S)")
_EDITED = re.compile(
    r"(?<=\S)(?:\s*\[\s?(?:edit|bearbeiten|modifier|editar|edytuj)\b[^\]\n]{0,30}\])+$|(?<=\w)\s*¶$", re.IGNORECASE
)
"""What wikis and manuals put behind a heading: a link that edits the section, a link to the section itself."""
_NUMBER = re.compile(
    r"(?:(?:step|day|tip|part|chapter|section|lesson|rule|phase|week) \d{1,3}[.):]?|#\d{1,3}[.):]?|\(?\d{1,3}[.):]"
    r"|\d{1,3}(?:\.\d{1,2}){1,3})\s+(?=\S)",
    re.IGNORECASE,
)
_TERMINAL = re.compile(r"[.!?…。！？।؟][\"'”’»›)\]]*(?:\[\d+\])*$")
_QUESTION = re.compile(r"[?？؟][\"'”’»)]*$")
SHORT_WORDS = 16


@dataclass(frozen=True)
class Line:
    """One line that has characters; `span` is without stray marks, bullets and links behind a heading, `whole` with."""

    number: int
    text: str
    span: Span
    whole: Span
    bullet: str = ""
    gap: bool = False
    mark: Mark | None = None

    @cached_property
    def words(self) -> int:
        """How many words; a character of a script without spaces counts for half a word."""
        return count_words(self.text)

    @cached_property
    def is_terminated(self) -> bool:
        """Whether it ends like a sentence."""
        return bool(_TERMINAL.search(self.text))

    @cached_property
    def is_question(self) -> bool:
        return bool(_QUESTION.search(self.text))

    @cached_property
    def number_prefix(self) -> str:
        """The leading number with its point or bracket, or empty."""
        found = _NUMBER.match(self.text)
        return found.group() if found else ""

    @cached_property
    def is_short(self) -> bool:
        return self.words <= SHORT_WORDS and len(self.text) <= 120

    @property
    def kind(self) -> PassageKind | None:
        return self.mark.kind if self.mark else None


def count_words(text: str) -> int:
    """Words of a text; scripts written without spaces count two characters as one word."""
    found = _WORD.findall(text)
    wide = sum(len(word) // 2 for word in found if "\u2e80" <= word[0] <= "\u9fff" or "\u0e00" <= word[0] <= "\u0eff")
    return len(found) + max(wide - 1, 0)


def _mark_at(marks: Sequence[Mark], starts: Sequence[int], span: Span) -> Mark | None:
    index = bisect.bisect_right(starts, span.start) - 1
    if index < 0 or marks[index].span.end < span.end:
        return None
    return marks[index]


def _begin(raw: str, start: int) -> tuple[int, str]:
    """How many leading characters are stray marks or a bullet, and the bullet."""
    found = _BULLET.match(raw, start)
    if found:
        return found.end(), found.group().strip()
    found = _STRAY.match(raw, start)
    return (found.end(), "") if found else (start, "")


def _length(text: str) -> int:
    """How many characters of the line are its own; few lines end like a link behind a heading."""
    return len(_EDITED.sub("", text)) if text.endswith(("]", "¶")) else len(text)


def lines_of(source: Source) -> list[Line]:
    """Every line that has a visible character, in order; `text[span.start:span.end]` is the line's text."""
    marks = sorted(source.marks, key=lambda mark: mark.span)
    starts = [mark.span.start for mark in marks]
    lines: list[Line] = []
    offset, gap = 0, False
    for raw in source.text.split("\n"):
        end = offset + len(raw.rstrip())
        start = offset + len(raw) - len(raw.lstrip())
        if start < end:
            skipped, bullet = _begin(raw.rstrip(), start - offset)
            begin = offset + skipped if offset + skipped < end else start
            span = Span(begin, begin + _length(source.text[begin:end]))
            lines.append(
                Line(
                    len(lines),
                    span.quote(source.text),
                    span,
                    Span(start, end),
                    bullet,
                    gap,
                    _mark_at(marks, starts, span),
                )
            )
        gap = start >= end
        offset += len(raw) + 1
    return lines
