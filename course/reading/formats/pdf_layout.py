"""The layout of printed pages: which lines are running heads, and which lines make one paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median_low

from course.reading.formats.blocks import Block
from course.reading.outline import PassageKind

_TERMINAL = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_BULLET = re.compile(r"^(?:[•●▪◦–—*-]\s+|\(?\d{1,2}[.)]\s+)")
_DIGITS = re.compile(r"\d+")
_LARGER = 1.12
_WIDER = 1.25


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line: its text, font size, and how far below the line before it stands; points, 0 unknown."""

    text: str
    size: float
    drop: float = 0.0


@dataclass(frozen=True, slots=True)
class _Page:
    """The measures of running text: font size, characters in a full line, larger sizes, distance of lines."""

    size: float
    width: int
    large: tuple[float, ...]
    pitch: float
    is_spaced: bool


def without_furniture(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Pages without the lines that stand at the top or bottom of at least half of them, page numbers included."""
    seen = Counter(key for page in pages for key in {_key(row) for row in _edges(page)})
    often = {key for key, count in seen.items() if count >= 3 and count * 2 >= len(pages)}
    if len(pages) == 2:
        often = {key for key, count in seen.items() if count == 2 and len(key) < 80}
    return [
        [row for row in page if not (_key(row) in often and row in _edges(page)) and not _is_number(row)]
        for page in pages
    ]


def _edges(page: Sequence[Row]) -> list[Row]:
    return [*page[:2], *page[-2:]]


def _key(row: Row) -> str:
    return _DIGITS.sub("#", row.text.casefold())


def _is_number(row: Row) -> bool:
    return bool(re.fullmatch(r"[-–—\s]*(?:page )?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?[-–—\s]*", row.text, re.IGNORECASE))


def paragraphs(rows: Sequence[Row]) -> Iterator[Block]:
    """Blocks of joined lines: a line continues the one before it unless space, size or a short line parts them."""
    page = _measures(rows)
    group: list[Row] = []
    for row in rows:
        if group and not _continues(group[-1], row, page):
            yield _block(group, page.large)
            group = []
        group.append(row)
    if group:
        yield _block(group, page.large)


def _measures(rows: Sequence[Row]) -> _Page:
    sizes = Counter[float]()
    for row in rows:
        sizes[row.size] += len(row.text)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    body = [row for row in rows if row.size == size]
    lengths = sorted(len(row.text) for row in body)
    drops = [row.drop for row in body if 0 < row.drop < 3 * size]
    pitch = median_low(drops) if drops else 0.0
    return _Page(
        size=size,
        width=lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0,
        large=tuple(sorted({row.size for row in rows if size and row.size >= size * _LARGER}, reverse=True)),
        pitch=pitch,
        is_spaced=sum(row.drop > pitch * _WIDER for row in body) * 20 >= len(body),
    )


def _continues(before: Row, row: Row, page: _Page) -> bool:
    if before.size != row.size or _BULLET.match(row.text):
        return False
    ended = bool(_TERMINAL.search(before.text))
    if row.size != page.size or not row.drop or not page.is_spaced:
        return _continues_by_length(before, row, page, ended=ended)
    return row.drop <= page.pitch * _WIDER


def _continues_by_length(before: Row, row: Row, page: _Page, *, ended: bool) -> bool:
    """Where white space does not tell: a line that had room for the next word ended its paragraph."""
    if before.text.endswith("-") and row.text[:1].islower():
        return True
    word = row.text.split(" ", 1)[0]
    has_room = len(before.text) + 1 + len(word) <= 0.82 * page.width
    if ended:
        return not has_room and (row.text[:1].islower() or len(before.text) >= 0.88 * page.width)
    return row.text[:1].islower() or not has_room


def _block(group: Sequence[Row], large: Sequence[float]) -> Block:
    text = group[0].text
    for row in group[1:]:
        text = text[:-1] + row.text if _is_hyphenated(text, row.text) else f"{text} {row.text}"
    if group[0].size in large and len(text) <= 200:
        return Block(text, PassageKind.HEADING, min(6, large.index(group[0].size) + 1))
    bullet = _BULLET.match(text)
    if bullet and not bullet.group()[0].isalnum():
        return Block(text[bullet.end() :], PassageKind.LIST_ITEM)
    return Block(text)


def _is_hyphenated(text: str, following: str) -> bool:
    return text.endswith("-") and text[-2:-1].isalpha() and following[:1].islower()
