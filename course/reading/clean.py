"""Every line becomes one passage: heading, paragraph, list item, quote, pull quote, caption, boilerplate."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from rapidfuzz.fuzz import token_set_ratio

from course.reading.boilerplate import boilerplate, entry
from course.reading.cues import cues
from course.reading.headings import heading_lines
from course.reading.lines import Line, lines_of
from course.reading.outline import PassageKind, PassageOutline, Source, Span
from course.reading.pull_quotes import pull_quotes

_QUOTES = {"“": "”", '"': '"', "«": "»", "„": "“"}
_MIN_QUOTE = 40
_MIN_TITLE_WORDS, _MAX_TITLE_WORDS = 3, 25
_TITLE_LINES, _SAME_TITLE = 2, 92
_MAX_CAPTION_WORDS, _MAX_CAPTION, _MIN_ANNOUNCED = 45, 400, 3


@dataclass(frozen=True, slots=True)
class CleanText:
    """The passages of a text in order, and its title: the one the source names, else a title line at its top."""

    title: str
    passages: tuple[PassageOutline, ...]


def clean(source: Source, *, title: str = "") -> CleanText:
    """Every line that has a visible character is exactly one passage; none is deleted, none overlaps.

    Boilerplate carries its reason code (`course.reading.reasons`), a pull quote the span whose words it repeats, the
    title line the reason `title`. Marks of the format win over the judgement of lines. Deterministic.
    """
    lines = lines_of(source)
    named = title or source.title
    dropped = boilerplate(lines)
    repeated = pull_quotes(_without(lines, dropped))
    kept = _without(_without(lines, dropped), repeated)
    captions = {line.number for line in kept if is_caption(line)}
    rest = [line for line in kept if line.number not in captions]
    title_line = find_title(rest, named=named)
    announced = {entry(line) for line in lines if dropped.get(line.number) == "navigation"}
    headings = _headings([line for line in rest if line is not title_line], announced)
    verdicts = _Verdicts(dropped, repeated, captions, headings, title_line.number if title_line else -1)
    passages = tuple(_passage(line, verdicts) for line in lines)
    return CleanText(named or (title_line.text if title_line else ""), passages)


@dataclass(frozen=True, slots=True)
class _Verdicts:
    dropped: Mapping[int, str]
    repeated: Mapping[int, Span]
    captions: set[int]
    headings: set[int]
    title: int


def _without(lines: Sequence[Line], taken: Mapping[int, object]) -> list[Line]:
    return [line for line in lines if line.number not in taken]


def is_caption(line: Line) -> bool:
    """Whether the line reads like the caption or credit of a picture."""
    if (
        line.kind not in (None, PassageKind.PARAGRAPH)
        or line.words > _MAX_CAPTION_WORDS
        or len(line.text) > _MAX_CAPTION
    ):
        return False
    return bool(cues().caption.search(line.text))


def find_title(lines: Sequence[Line], *, named: str) -> Line | None:
    """The line that is the article's title: what the source is named, or a first line that ends like no sentence."""
    if not lines:
        return None
    wanted = _plain(named)
    for at, line in enumerate(lines[:4]):
        if wanted and (_plain(line.text) == wanted or (at < _TITLE_LINES and _is_longer_title(line, wanted))):
            return line
    first = lines[0]
    if first.kind is PassageKind.HEADING:
        return first if not wanted and first.mark is not None and first.mark.level <= 1 else None
    return first if not wanted and _is_title(first, lines) else None


def _is_longer_title(line: Line, wanted: str) -> bool:
    """Whether line and title are the same but for a few words, such as the publisher's name."""
    if not _MIN_TITLE_WORDS <= line.words <= _MAX_TITLE_WORDS or line.text.endswith("."):
        return False
    return token_set_ratio(_plain(line.text), wanted) >= _SAME_TITLE


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _is_title(line: Line, lines: Sequence[Line]) -> bool:
    if line.kind is not None or line.bullet or "\t" in line.text or line.words > _MAX_TITLE_WORDS:
        return False
    if line.text.endswith((".", ";", ",", ":")) or (line.is_terminated and line.words > 14):
        return False
    return any(other.words > line.words for other in lines[1:6])


def _headings(rest: Sequence[Line], announced: AbstractSet[str]) -> set[int]:
    marked = {line.number for line in rest if line.kind is PassageKind.HEADING}
    if marked:
        return marked
    named = {line.number for line in rest if line.is_short and entry(line) in announced}
    return heading_lines(rest, named if len(named) >= _MIN_ANNOUNCED else frozenset())


def _passage(line: Line, verdicts: _Verdicts) -> PassageOutline:
    number = line.number
    level = line.mark.level if line.mark else 0
    if number == verdicts.title:
        return PassageOutline(number, PassageKind.HEADING, line.span, reason="title", level=1)
    if number in verdicts.dropped:
        return PassageOutline(
            number, PassageKind.BOILERPLATE, line.whole if line.bullet else line.span, reason=verdicts.dropped[number]
        )
    if number in verdicts.repeated:
        where = verdicts.repeated[number]
        return PassageOutline(number, PassageKind.PULL_QUOTE, line.span, reason="pull_quote", duplicates=where)
    if number in verdicts.captions:
        return PassageOutline(number, PassageKind.FIGURE, line.span, reason="caption")
    if number in verdicts.headings:
        return PassageOutline(number, PassageKind.HEADING, line.span, level=level or 2)
    return PassageOutline(number, _kind(line), line.span, level=level)


def _kind(line: Line) -> PassageKind:
    if line.kind is not None and line.kind is not PassageKind.HEADING:
        return line.kind
    if line.bullet:
        return PassageKind.LIST_ITEM
    if line.text.count("\t") >= 2:
        return PassageKind.TABLE
    return PassageKind.QUOTE if _is_quotation(line.text) else PassageKind.PARAGRAPH


def _is_quotation(text: str) -> bool:
    """Whether the line is one quotation from its first character to its last."""
    closing = _QUOTES.get(text[0], "")
    ended = text.rstrip(".,")
    return (
        bool(closing)
        and len(text) >= _MIN_QUOTE
        and ended.endswith(closing)
        and text.count(closing) <= 1 + (text[0] == closing)
    )
