"""PDF files: text lines joined to paragraphs, page headers and footers left out, headings by their size."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdf
from pypdf.errors import PyPdfError

from course.reading.errors import UnreadableSource
from course.reading.formats.blocks import Block, source_of
from course.reading.hygiene import MAX_CHARACTERS
from course.reading.outline import PassageKind, Source

EXTENSIONS = (".pdf",)

MAX_PAGES = 500
_DAMAGED = "This PDF file is damaged and cannot be opened; export it again, or paste its text."
_ENCRYPTED = "This PDF is protected by a password; save it without one and try again, or paste its text."
_IMAGES = "This PDF holds pictures of pages and no text; run text recognition on it, or paste the article's text."
_TERMINAL = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_BULLET = re.compile(r"^(?:[•●▪◦–—*-]\s+|\(?\d{1,2}[.)]\s+)")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Row:
    """One printed line: its text, font size (points, 0 unknown) and whether white space stands above it."""

    text: str
    size: float
    gap: bool = False


def read(data: bytes) -> Source:
    """The source of a PDF file. Raises UnreadableSource `encrypted`, `image_only`, `damaged` or `too_long`."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableSource("encrypted", _ENCRYPTED)
        pages = _pages(reader)
        about = reader.metadata
        title, author = (str(about.title or ""), str(about.author or "")) if about is not None else ("", "")
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise UnreadableSource("damaged", _DAMAGED) from error
    if sum(sum(map(str.isalnum, row.text)) for page in pages for row in page) < 20:
        raise UnreadableSource("image_only", _IMAGES)
    blocks = list(paragraphs([row for page in without_furniture(pages) for row in page]))
    return source_of(blocks, title=_title(title, blocks), author=author if author.lower() != "anonymous" else "")


def _pages(reader: pypdf.PdfReader) -> list[list[_Row]]:
    if len(reader.pages) > MAX_PAGES:
        raise UnreadableSource(
            "too_long", f"This PDF has more than {MAX_PAGES} pages; export only the article's pages."
        )
    pages: list[list[_Row]] = []
    characters = 0
    for page in reader.pages:
        pages.append(_rows(page))
        characters += sum(len(row.text) for row in pages[-1])
        if characters > MAX_CHARACTERS:
            message = f"This PDF has more than {MAX_CHARACTERS:,} characters of text; export only the article's pages."
            raise UnreadableSource("too_long", message)
    return pages


def _rows(page: Any) -> list[_Row]:
    pieces: list[tuple[str, float]] = []

    def collect(text: str, _: Any, matrix: Any, __: Any, size: float) -> None:
        scale = abs(matrix[3]) or abs(matrix[0]) or 1.0
        pieces.append((text, round(float(size or 0) * scale, 1)))

    page.extract_text(visitor_text=collect)
    rows: list[_Row] = []
    text, sizes, gap = "", Counter[float](), False
    for piece, size in [*pieces, ("\n", 0.0)]:
        for index, part in enumerate(piece.split("\n")):
            if index:
                if text.strip():
                    rows.append(_Row(" ".join(text.split()), sizes.most_common(1)[0][0], gap))
                gap = not text.strip() and bool(rows)
                text, sizes = "", Counter()
            text += part
            sizes[size] += len(part.strip())
    return rows


def without_furniture(pages: Sequence[Sequence[_Row]]) -> list[list[_Row]]:
    """Pages without the lines that stand at the top or bottom of at least half of them, page numbers included."""
    seen = Counter(key for page in pages for key in {_key(row) for row in _edges(page)})
    often = {key for key, count in seen.items() if count >= 3 and count * 2 >= len(pages)}
    if len(pages) == 2:
        often = {key for key, count in seen.items() if count == 2 and len(key) < 80}
    return [
        [row for row in page if not (_key(row) in often and row in _edges(page)) and not _is_number(row)]
        for page in pages
    ]


def _edges(page: Sequence[_Row]) -> list[_Row]:
    return [*page[:2], *page[-2:]]


def _key(row: _Row) -> str:
    return _DIGITS.sub("#", row.text.casefold())


def _is_number(row: _Row) -> bool:
    return bool(re.fullmatch(r"[-–—\s]*(?:page )?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?[-–—\s]*", row.text, re.IGNORECASE))


def paragraphs(rows: Sequence[_Row]) -> Iterator[Block]:
    """Blocks of joined lines: a line continues the one before it unless that one ended short, or the size changes."""
    sizes = Counter[float]()
    for row in rows:
        sizes[row.size] += len(row.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    large = sorted({row.size for row in rows if body and row.size >= body * 1.12}, reverse=True)
    width = _width([row for row in rows if row.size == body] or rows)
    group: list[_Row] = []
    for row in rows:
        if group and not _continues(group[-1], row, width):
            yield _block(group, large)
            group = []
        group.append(row)
    if group:
        yield _block(group, large)


def _width(rows: Sequence[_Row]) -> int:
    lengths = sorted(len(row.text) for row in rows)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def _continues(before: _Row, row: _Row, width: int) -> bool:
    if before.size != row.size or _BULLET.match(row.text):
        return False
    if before.text.endswith("-") and row.text[:1].islower():
        return True
    word = row.text.split(" ", 1)[0]
    room = len(before.text) + 1 + len(word) <= 0.82 * width
    if _TERMINAL.search(before.text):
        return not room and not row.gap and (row.text[:1].islower() or len(before.text) >= 0.93 * width)
    return row.text[:1].islower() or not (room or row.gap)


def _block(group: Sequence[_Row], large: Sequence[float]) -> Block:
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


def _title(named: str, blocks: Sequence[Block]) -> str:
    """The one line in the largest type at the top; the file's own title is too often the name of a template."""
    tops = [block.text for block in blocks if block.kind is PassageKind.HEADING and block.level == 1]
    if len(tops) == 1 and blocks[0].text == tops[0]:
        return tops[0]
    return named if named and any(named.casefold() == block.text.casefold() for block in blocks[:3]) else ""
