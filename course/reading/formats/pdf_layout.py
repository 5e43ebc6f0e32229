"""The layout of printed pages: which lines are running heads, and which lines make one paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from course.reading.formats.blocks import Block
from course.reading.outline import PassageKind

_TERMINAL = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_BULLET = re.compile(r"^(?:[•●▪◦–—*-]\s+|\(?\d{1,2}[.)]\s+)")
_DIGITS = re.compile(r"\d+")
_LARGER = 1.12
_WIDER = 1.25
_SENTENCE = re.compile(r"[.,;:][\"'”’»)\]]*$")
_TITLE, _TITLE_WORDS, _FEWEST_TITLES = 0.82, 16, 2
_PRINTED = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},? \d{1,2}:\d{2}(?: ?[AP]M)?\b.*|https?://\S+(?: \d{1,3}/\d{1,3})?|file:///\S.*",
    re.IGNORECASE,
)
"""What browsers print above and below a page."""


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line: its text, font size, and how far below the line before it stands; points, 0 unknown."""

    text: str
    size: float
    drop: float = 0.0
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class _Page:
    """The measures of running text: font size, characters in a full line, larger sizes, distance of lines."""

    size: float
    width: int
    large: tuple[float, ...]
    pitch: float
    is_spaced: bool
    is_bold: bool

    def is_titled(self, row: Row) -> bool:
        """Whether the line is short, in bold type among other type, and ends like no sentence."""
        is_short = len(row.text) <= self.width * _TITLE and len(row.text.split()) <= _TITLE_WORDS
        return row.is_bold and not self.is_bold and is_short and not _SENTENCE.search(row.text)


def without_furniture(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Pages without the lines that stand at the top or bottom of at least half of them, page numbers included."""
    seen = Counter(key for page in pages for key in {_key(row) for row in _edges(page)})
    often = {key for key, count in seen.items() if count >= 3 and count * 2 >= len(pages)}
    if len(pages) == 2:
        often = {key for key, count in seen.items() if count == 2 and len(key) < 80}
    return [
        [row for row in page if not (_key(row) in often and row in _edges(page)) and not _is_number(row)]
        for page in map(_without_prints, pages)
    ]


def _without_prints(page: Sequence[Row]) -> list[Row]:
    return [row for row in page if not (_PRINTED.fullmatch(row.text) and row in _edges(page))]


def _edges(page: Sequence[Row]) -> list[Row]:
    return [*page[:2], *page[-2:]]


def _key(row: Row) -> str:
    return _DIGITS.sub("#", row.text.casefold())


def _is_number(row: Row) -> bool:
    return bool(re.fullmatch(r"[-–—\s]*(?:page )?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?[-–—\s]*", row.text, re.IGNORECASE))


def paragraphs(rows: Sequence[Row]) -> Iterator[Block]:
    """Blocks of joined lines: a line continues the one before it unless space, size, type or a short line parts them.

    Lines in larger type are headings, and so are short ones in bold type above running text.
    """
    page = _measures(rows)
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _continues(groups[-1][-1], row, page):
            groups[-1].append(row)
        else:
            groups.append([row])
    titled = _titled(groups, page)
    for place, group in enumerate(groups):
        yield (
            Block(_joined(group), PassageKind.HEADING, min(6, len(page.large) + 1))
            if place in titled
            else _block(group, page)
        )


def _titled(groups: Sequence[Sequence[Row]], page: _Page) -> set[int]:
    """The places of headings by bold type: running text stands below each, and one alone would be an emphasis."""
    found = {
        place
        for place, (group, below) in enumerate(pairwise(groups))
        if all(map(page.is_titled, group))
        and group[0].size not in page.large
        and not below[0].is_bold
        and len(_joined(below)) > page.width
    }
    return found if len(found) >= _FEWEST_TITLES else set()


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
        is_spaced=sum(drop > pitch * _WIDER for drop in _drops_inside(rows, size)) * 20 >= len(body),
        is_bold=sum(row.is_bold for row in body) * 2 > len(body),
    )


def _drops_inside(rows: Sequence[Row], size: float) -> Iterator[float]:
    """How far lines of running text stand below other lines of it: white space around headings parts no paragraphs."""
    for before, row in pairwise(rows):
        if before.size == row.size == size and before.is_bold == row.is_bold:
            yield row.drop


def _continues(before: Row, row: Row, page: _Page) -> bool:
    if before.size != row.size or _BULLET.match(row.text):
        return False
    if before.is_bold != row.is_bold and page.is_titled(before if before.is_bold else row):
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


def _block(group: Sequence[Row], page: _Page) -> Block:
    text = _joined(group)
    if group[0].size in page.large and len(text) <= 200:
        return Block(text, PassageKind.HEADING, min(6, page.large.index(group[0].size) + 1))
    bullet = _BULLET.match(text)
    if bullet and not bullet.group()[0].isalnum():
        return Block(text[bullet.end() :], PassageKind.LIST_ITEM)
    return Block(text)


def _joined(group: Sequence[Row]) -> str:
    text = group[0].text
    for row in group[1:]:
        text = text[:-1] + row.text if _is_hyphenated(text, row.text) else f"{text} {row.text}"
    return text


def _is_hyphenated(text: str, following: str) -> bool:
    return text.endswith("-") and text[-2:-1].isalpha() and following[:1].islower()
