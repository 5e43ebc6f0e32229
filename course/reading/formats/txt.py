"""Plain text: a paste or a .txt file."""

from __future__ import annotations

from course.reading.formats.blocks import one_line
from course.reading.hygiene import check_length, decode, tidy
from course.reading.outline import Source
from course.reading.wrapping import unwrap

EXTENSIONS = (".txt", ".text")


def read(data: bytes) -> Source:
    """The source of a plain text file."""
    return source_of_text(decode(data))


def source_of_text(text: str, title: str = "") -> Source:
    """The source of a paste: tidied, hard-wrapped lines joined, no marks."""
    return Source(check_length(unwrap(tidy(text))), title=one_line(title))
