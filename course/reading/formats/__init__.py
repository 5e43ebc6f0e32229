"""Formats: a file or a paste in, a `Source` of clean text out. One module per format; dropping one in registers it.

A format module has `EXTENSIONS` (lower case, with the dot) and `read(data) -> Source`, which raises UnreadableSource.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import PurePath

from course.reading.errors import UnreadableSource
from course.reading.formats.blocks import one_line
from course.reading.formats.contents import check_contents
from course.reading.formats.txt import source_of_text
from course.reading.hygiene import MAX_CHARACTERS
from course.reading.outline import Source

MAX_BYTES = 50_000_000
_PAGE = re.compile(r"\ufeff?\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
"""How the markup of a page begins; a text that shows some of it begins with words."""

__all__ = ["MAX_BYTES", "MAX_CHARACTERS", "extensions", "read_file", "read_text"]


@cache
def _readers() -> dict[str, Callable[[bytes], Source]]:
    readers: dict[str, Callable[[bytes], Source]] = {}
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        module = importlib.import_module(f"{__name__}.{found.name}")
        for extension in getattr(module, "EXTENSIONS", ()):
            readers[extension] = module.read
    return readers


def extensions() -> tuple[str, ...]:
    """Every file name ending that can be read, in alphabetical order."""
    return tuple(sorted(_readers()))


def read_file(name: str, data: bytes) -> Source:
    """The clean text of a file, read by the format its name's ending says.

    Raises UnreadableSource: `unknown_format`, `too_large` (over 50 MB, before any parsing), `empty`, `binary`,
    `wrong_contents`, `encoding`, `too_long` (over 200,000 characters), `encrypted`, `image_only`, `damaged`,
    `navigation_only`. Its message is for people and says what to do next.
    """
    extension = PurePath(name).suffix.lower()
    reader = _readers().get(extension)
    if reader is None:
        known = ", ".join(extensions())
        raise UnreadableSource(
            "unknown_format", f"Files of this kind cannot be read; choose one of {known}, or paste the text."
        )
    if len(data) >= MAX_BYTES:
        message = "This file is larger than 50 MB; save only the article's text, or paste it."
        raise UnreadableSource("too_large", message)
    if not data.strip():
        raise UnreadableSource("empty", "This file is empty; choose a file that has text, or paste the article.")
    check_contents(extension, data)
    return reader(data)


def read_text(text: str, title: str = "") -> Source:
    """The clean text of a paste, which may be a whole page's markup. Raises UnreadableSource as `read_file` does."""
    if _PAGE.match(text) is None or "</" not in text:
        return source_of_text(text, title)
    page = _readers()[".html"](text.encode("utf-8-sig", "replace"))
    return replace(page, title=one_line(title) or page.title)
