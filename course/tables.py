"""A table from a file or a paste: whatever spreadsheets save, as rows that know their line. Pure."""

from __future__ import annotations

import codecs
import csv
import re
import unicodedata
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from io import StringIO

MOST_BYTES = 1_000_000
"""Of a file; a paste has at most as many characters."""
MOST_ROWS = 10_000
MOST_COLUMNS = 200
DELIMITERS = (",", ";", "\t", "|")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # The mark of UTF-32 begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks of spreadsheets begin, new and old."""
SEPARATOR_SAID = re.compile(r"\Asep=(?P<separator>[,;\t|])\r?\n", re.IGNORECASE)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
FORMULA_GUARD = re.compile(r"\A'(?=[=+\-@\t\r])")
UNSEEN = " \t\r\n\u00a0\u200b\ufeff"


class NotATable(ValueError):
    """Nothing can be read of it as a table; the text is a sentence for whoever brought it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells without blanks around them, and the line of the file, from 1, on which it begins."""

    line: int
    cells: tuple[str, ...]


def decoded(raw: bytes) -> str:
    """The words of a file: UTF-8, UTF-16 or UTF-32 by their mark, UTF-16 without one, else UTF-8 or Windows-1252.

    Raises NotATable for a file that is too large, a workbook or no text.
    """
    if len(raw) > MOST_BYTES:
        raise NotATable("This file is larger than 1 MB. Split the list, or leave out columns that are not needed.")
    if raw.startswith(WORKBOOKS):
        raise NotATable("This is a workbook. Save the sheet as CSV (“Save as”, “CSV UTF-8”) and bring that in.")
    for encoding in _encodings(raw):
        try:
            return raw.decode(encoding)
        except UnicodeError:
            continue
    raise NotATable("This file is not text. Save the list as CSV in UTF-8 and bring that in.")


def _encodings(raw: bytes) -> Iterator[str]:
    marked = next((encoding for mark, encoding in MARKS if raw.startswith(mark)), None)
    if marked:
        yield marked
        return
    start = raw[:400]
    halves = len(start) // 2
    if halves and start[1::2].count(0) > halves * 0.6:
        yield "utf-16-le"
    elif halves and start[0::2].count(0) > halves * 0.6:
        yield "utf-16-be"
    yield "utf-8"
    yield "cp1252"


def read_table(text: str, *, known: Container[str]) -> list[Row]:
    """The rows that hold anything, the header among them, parted by the comma, semicolon, tab or bar that fits best.

    `known` are header names as `named` has them. A quote that a spreadsheet put before a would-be formula is gone.
    Raises NotATable for what is empty, too long, no text or quoted wrongly.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > MOST_BYTES:
        raise NotATable("This list is longer than a million characters. Bring it in as several.")
    if CONTROL.search(text):
        raise NotATable("This is not text: it holds signs that no list has. Save the list as CSV and bring that in.")
    if not text.strip(UNSEEN + "".join(DELIMITERS)):
        raise NotATable("This list is empty. Its first line says what the columns are, such as “Email, Name”.")
    said = SEPARATOR_SAID.match(text)
    skipped, rest = (1, text[said.end() :]) if said else (0, text)
    delimiter = said["separator"] if said else _fitting(rest, known)
    rows = list(_rows(rest, delimiter, skipped))
    if any(len(row.cells) > MOST_COLUMNS for row in rows):
        raise NotATable(f"This list has more than {MOST_COLUMNS} columns. Leave out those that are not needed.")
    return rows


def _fitting(text: str, known: Container[str]) -> str:
    """The delimiter with which most cells of the first row are known names, then the one that makes most cells."""

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            first = next(_rows(text, delimiter, 0), None)
        except NotATable:
            return (-1, 0)
        cells = first.cells if first else ()
        return sum(named(cell) in known for cell in cells), len(cells)

    return max(DELIMITERS, key=fit)


def _rows(text: str, delimiter: str, skipped: int) -> Iterator[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
    found = 0
    while True:
        begun = reader.line_num + 1 + skipped
        try:
            cells = next(reader, None)
        except csv.Error:
            raise NotATable(
                f"From line {begun} on, quotation marks do not fit: one is not closed, stands within a cell, or the "
                "cell is too long. Write two where one is meant."
            ) from None
        if cells is None:
            return
        if not any(cell.strip(UNSEEN) for cell in cells):
            continue
        found += 1
        if found > MOST_ROWS + 1:
            raise NotATable(f"This list has more than {MOST_ROWS:,} lines. Bring it in as several.")
        yield Row(begun, tuple(_plain(cell) for cell in cells))


def _plain(cell: str) -> str:
    stripped = cell.strip(UNSEEN)
    return FORMULA_GUARD.sub("", stripped)


def named(header: str) -> str:
    """The header's name as names are compared: letters and figures alone, in small letters."""
    folded = unicodedata.normalize("NFKC", header).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def columns_of(header: Row, names: Callable[[str], str | None]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where each known column stands, by the name that `names` gives its header, and the headers that have none.

    Raises NotATable when two columns are the same.
    """
    places: dict[str, int] = {}
    unknown: list[str] = []
    for place, cell in enumerate(header.cells):
        name = names(cell)
        if name is None:
            unknown += [cell] if cell else []
        elif name in places:
            raise NotATable(f"Two columns are the same: “{header.cells[places[name]]}” and “{cell}”. Leave one out.")
        else:
            places[name] = place
    return places, tuple(unknown)
