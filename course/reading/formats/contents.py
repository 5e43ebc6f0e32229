"""Whether a file is what its name says, judged by its first bytes before anything is parsed."""

from __future__ import annotations

from course.reading.errors import UnreadableSource

_SIGNATURES = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a Word or zip file",
    b"PK\x05\x06": "an empty zip file",
    b"\xd0\xcf\x11\xe0": "an old or protected Office file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file",
    b"\x7fELF": "a program",
}
_EXPECTED = {".pdf": "a PDF file", ".docx": "a Word or zip file"}
_HTML_OPENINGS = (b"<!doctype html", b"<html")


def contents_of(data: bytes) -> str:
    """What the first bytes say the file is, in words; empty for anything that may be text."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, words in _SIGNATURES.items():
        if head.startswith(signature) or (signature == b"%PDF-" and signature in head):
            return words
    return ""


def check_contents(extension: str, data: bytes) -> None:
    """Nothing happens when name and contents agree; raises UnreadableSource `wrong_contents` when they do not."""
    found, expected = contents_of(data), _EXPECTED.get(extension, "")
    if found == expected:
        _check_text(extension, data)
        return
    if not expected:
        message = (
            f"The name of this file ends in {extension}, but it is {found}; give it its right name or save it as text."
        )
    else:
        actual = found or ("an HTML page" if _is_page(data) else "not one")
        message = (
            f"The name of this file ends in {extension}, but it is {actual}; choose the real file or paste the text."
        )
    raise UnreadableSource("wrong_contents", message)


def _is_page(data: bytes) -> bool:
    return data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HTML_OPENINGS)


def _check_text(extension: str, data: bytes) -> None:
    if extension in (".txt", ".text", ".md", ".markdown") and _is_page(data):
        message = (
            f"The name of this file ends in {extension}, but it is an HTML page; rename it to .html and try again."
        )
        raise UnreadableSource("wrong_contents", message)
