"""Word documents: headings, lists, quotes and tables by their styles."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath
from xml.parsers.expat import ExpatError

import mammoth

from course.reading.errors import UnreadableSource
from course.reading.formats.blocks import Block, source_of
from course.reading.formats.html import parsed, plain_blocks
from course.reading.outline import PassageKind, Source

EXTENSIONS = (".docx",)

_NOTE_LINKS = re.compile(
    r'<sup><a href="#(?:foot|end)note-[^"]*" id="(?:foot|end)note-ref-[^"]*">[^<]*</a></sup>'
    r'|<a href="#(?:foot|end)note-ref-[^"]*">[^<]*</a>'
)
"""The links to notes and back; the notes themselves stand below the text."""
MAX_UNPACKED = 100_000_000
MAX_DOCUMENT = 20_000_000
MAX_ENTRIES = 5_000
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
"""
_DAMAGED = "This Word file is damaged and cannot be opened; save it again as .docx, or paste its text."


def read(data: bytes) -> Source:
    """The source of a .docx file. Raises UnreadableSource `damaged`, `encrypted`, `too_large` or `wrong_contents`."""
    slim = _slim_archive(data)
    try:
        page = mammoth.convert_to_html(
            io.BytesIO(slim), style_map=_STYLES, convert_image=mammoth.images.img_element(_no_image)
        )
    except (KeyError, ValueError, OSError, RecursionError, zipfile.BadZipFile, SyntaxError, ExpatError) as error:
        raise UnreadableSource("damaged", _DAMAGED) from error
    blocks = list(plain_blocks(parsed(f"<body>{_NOTE_LINKS.sub('', page.value)}</body>")))
    return source_of(blocks, title=_title(blocks))


def _no_image(_: object) -> dict[str, str]:
    return {"src": ""}


def _title(blocks: list[Block]) -> str:
    first = next((block for block in blocks if block.text), None)
    tops = [block.text for block in blocks if block.kind is PassageKind.HEADING and block.level == 1]
    return tops[0] if first is not None and len(tops) == 1 and first.text == tops[0] else ""


def _slim_archive(data: bytes) -> bytes:
    """The same document without its media; refuses an archive that unpacks to far more than a document needs.

    Sizes are counted while unpacking: what a zip file declares may be a lie.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_archive(archive)
            return _copied(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UnreadableSource("damaged", _DAMAGED) from error


def _check_archive(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UnreadableSource(
            "too_large", "This Word file unpacks to more than 100 MB; save it without its media, or paste its text."
        )
    if "word/document.xml" not in archive.namelist() and "[Content_Types].xml" not in archive.namelist():
        message = (
            "This file's name ends in .docx, but it is not a Word document; choose the real file or paste the text."
        )
        raise UnreadableSource("wrong_contents", message)
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableSource("encrypted", "This file is protected by a password; save it without one and try again.")
    # Nothing is ever unpacked to the disk, but no word processor names a part like this.
    if any(".." in PurePosixPath(entry.filename.replace("\\", "/")).parts for entry in entries):
        raise UnreadableSource("damaged", _DAMAGED)


def _copied(archive: zipfile.ZipFile) -> bytes:
    target, left = io.BytesIO(), MAX_DOCUMENT
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as slim:
        for entry in archive.infolist():
            if not entry.filename.endswith((".xml", ".rels")):
                continue
            with archive.open(entry) as packed:
                content = packed.read(left + 1)
            left -= len(content)
            if left < 0:
                message = "This Word file unpacks to more text than can be read; split it, or paste the article's text."
                raise UnreadableSource("too_large", message)
            # No word processor writes entities; a file that has them wants to be unfolded without end.
            if b"<!ENTITY" in content:
                raise UnreadableSource("damaged", _DAMAGED)
            if b"<w:vanish" in content:
                content = _without_hidden(content)
            slim.writestr(entry.filename, content)
    return target.getvalue()


def _without_hidden(content: bytes) -> bytes:
    """The part without the runs that its author has hidden: answers, perhaps, or notes to oneself."""
    kept = []
    for piece in content.split(b"</w:r>"):
        start = max(piece.rfind(b"<w:r>"), piece.rfind(b"<w:r "))
        is_hidden = start >= 0 and re.search(rb"<w:vanish\s*/>", piece[start:]) is not None
        kept.append(piece[:start] + b"<w:r>" if is_hidden else piece)
    return b"</w:r>".join(kept)
