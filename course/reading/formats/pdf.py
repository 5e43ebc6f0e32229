"""PDF files: text lines joined to paragraphs, page headers and footers left out, headings by their size."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pypdf
from pypdf.errors import PyPdfError

from course.reading.errors import UnreadableSource
from course.reading.formats.blocks import Block, source_of
from course.reading.formats.pdf_layout import Row, paragraphs, without_furniture
from course.reading.hygiene import MAX_CHARACTERS
from course.reading.outline import PassageKind, Source

EXTENSIONS = (".pdf",)

MAX_PAGES = 500
_BOLD = re.compile(r"bold|black|heavy|cmbx|[-,]bd\b", re.IGNORECASE)
"""How fonts for bold type are named."""
_DAMAGED = "This PDF file is damaged and cannot be opened; export it again, or paste its text."
_ENCRYPTED = "This PDF is protected by a password; save it without one and try again, or paste its text."
_IMAGES = "This PDF holds pictures of pages and no text; run text recognition on it, or paste the article's text."


def read(data: bytes) -> Source:
    """The source of a PDF file. Raises UnreadableSource `encrypted`, `image_only`, `damaged` or `too_long`."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableSource("encrypted", _ENCRYPTED)
        pages = _pages(reader)
        about = reader.metadata
        title, author = (str(about.title or ""), str(about.author or "")) if about is not None else ("", "")
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RuntimeError, OSError) as error:
        raise UnreadableSource("damaged", _DAMAGED) from error
    if sum(sum(map(str.isalnum, row.text)) for page in pages for row in page) < 20:
        raise UnreadableSource("image_only", _IMAGES)
    blocks = list(paragraphs([row for page in without_furniture(pages) for row in page]))
    return source_of(blocks, title=_title(title, blocks), author=author if author.lower() != "anonymous" else "")


def _pages(reader: pypdf.PdfReader) -> list[list[Row]]:
    if len(reader.pages) > MAX_PAGES:
        raise UnreadableSource(
            "too_long", f"This PDF has more than {MAX_PAGES} pages; export only the article's pages."
        )
    pages: list[list[Row]] = []
    characters = 0
    for page in reader.pages:
        pages.append(_rows(page))
        characters += sum(len(row.text) for row in pages[-1])
        if characters > MAX_CHARACTERS:
            message = f"This PDF has more than {MAX_CHARACTERS:,} characters of text; export only the article's pages."
            raise UnreadableSource("too_long", message)
    return pages


def _rows(page: Any) -> list[Row]:
    pieces: list[tuple[str, float, float, bool]] = []

    def collect(text: str, user: Any, matrix: Any, font: Any, size: float) -> None:
        scale = abs(matrix[3]) or abs(matrix[0]) or 1.0
        height = float(matrix[5]) * float(user[3]) + float(user[5])
        pieces.append((text, round(float(size or 0) * scale, 1), height, _is_bold(font)))

    page.extract_text(visitor_text=collect)
    return _joined([*pieces, ("\n", 0.0, 0.0, False)])


def _is_bold(font: Any) -> bool:
    return bool(_BOLD.search(str(font.get("/BaseFont", "")))) if font else False


def _joined(pieces: Sequence[tuple[str, float, float, bool]]) -> list[Row]:
    """Printed lines from pieces of (text with line ends, font size, height on the page, whether it is bold)."""
    rows: list[Row] = []
    text, sizes, height, above = "", Counter[tuple[float, bool]](), 0.0, 0.0
    for piece, size, at, is_bold in pieces:
        for index, part in enumerate(piece.split("\n")):
            if index and text.strip():
                drop = max(above - height, 0.0) if rows else 0.0
                rows.append(_row(text, sizes, round(drop, 1)))
                above = height
            if index:
                text, sizes = "", Counter()
            if part.strip():
                height = height if text.strip() else at
                sizes[size, is_bold] += len(part.strip())
            text += part
    return rows


def _row(text: str, sizes: Counter[tuple[float, bool]], drop: float) -> Row:
    (size, _), _ = sizes.most_common(1)[0]
    return Row(" ".join(text.split()), size, drop, is_bold=all(is_bold for _, is_bold in sizes))


def _title(named: str, blocks: Sequence[Block]) -> str:
    """The one line in the largest type at the top; the file's own title is too often the name of a template."""
    tops = [block.text for block in blocks if block.kind is PassageKind.HEADING and block.level == 1]
    if len(tops) == 1 and blocks[0].text == tops[0]:
        return tops[0]
    return named if named and any(named.casefold() == block.text.casefold() for block in blocks[:3]) else ""
