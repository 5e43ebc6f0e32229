from __future__ import annotations

import pytest

from course.reading.errors import UnreadableSource
from course.reading.formats import MAX_BYTES, MAX_CHARACTERS, extensions, read_file, read_text
from tests.course.reading.formats.files import archive, locked, pdf_file, picture_pdf, word_file

WORDS = "The harbour had one crane and no one who owned it. "
PAGE = "<html><body><nav><ul><li><a href='/'>Home</a></li><li><a href='/a'>About us</a></li></ul></nav></body></html>"


def code_of(name: str, data: bytes) -> str:
    with pytest.raises(UnreadableSource) as caught:
        read_file(name, data)
    assert caught.value.message.endswith(".")
    assert caught.value.message == str(caught.value)
    assert len(caught.value.message.splitlines()) == 1
    return caught.value.code


def test_the_known_endings_are_listed() -> None:
    assert {".txt", ".md", ".html", ".htm", ".docx", ".pdf"} <= set(extensions())


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n ", "empty"),
        ("a.txt", b"????", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.md", b"# \n", "empty"),
        ("a.html", b"<html><body></body></html>", "navigation_only"),
        ("a.html", PAGE.encode(), "navigation_only"),
        ("a.txt", b"\x00\x01\x02" * 99, "binary"),
        ("a.md", bytes(range(256)) * 9, "binary"),
        ("a.xyz", b"words", "unknown_format"),
        ("noending", b"words", "unknown_format"),
        ("a.pdf", WORDS.encode(), "wrong_contents"),
        ("a.docx", WORDS.encode(), "wrong_contents"),
        ("a.docx", b"<html><body>words</body></html>", "wrong_contents"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "wrong_contents"),
        ("a.txt", b"%PDF-1.7\n...", "wrong_contents"),
        ("a.txt", b"PK\x03\x04....", "wrong_contents"),
        ("a.html", b"\x89PNG\r\n\x1a\n....", "wrong_contents"),
        ("a.txt", b"<!DOCTYPE html><html><body>words</body></html>", "wrong_contents"),
        ("a.txt", b"Some text \xc3\x28 and more", "encoding"),
        ("a.txt", b"a" * (MAX_CHARACTERS + 1), "too_long"),
        ("a.pdf", b"%PDF-1.4\nnothing more", "damaged"),
        ("a.docx", b"PK\x03\x04nothing more", "damaged"),
        ("a.html", b"<div>" * 3_000 + b"words", "too_deep"),
    ],
)
def test_bad_input_is_refused_in_words(name: str, data: bytes, code: str) -> None:
    assert code_of(name, data) == code


def test_a_file_of_50_megabytes_is_refused_before_it_is_parsed() -> None:
    assert code_of("a.pdf", b"x" * MAX_BYTES) == "too_large"


def test_pdfs_without_readable_text_are_refused() -> None:
    assert code_of("a.pdf", picture_pdf()) == "image_only"
    assert code_of("a.pdf", locked(pdf_file([("BodyText", WORDS)]))) == "encrypted"


def test_archives_that_are_no_documents_are_refused() -> None:
    assert code_of("a.docx", archive({"other.txt": b"words"})) == "wrong_contents"
    assert code_of("a.docx", archive({"word/document.xml": b"<" * 30_000_000})) == "too_large"
    assert code_of("a.docx", archive({"word/document.xml": b"not xml", "[Content_Types].xml": b"x"})) == "damaged"
    assert code_of("a.docx", archive({f"{n}.xml": b"" for n in range(5_001)})) == "too_large"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", f"Cranes\n{WORDS * 3}".encode()),
        ("A.TXT", f"Cranes\r\n{WORDS * 3}".encode("utf-16")),
        ("a.md", f"# Cranes\n\n{WORDS * 3}".encode()),
        ("a.html", f"<html><body><h1>Cranes</h1><p>{WORDS * 3}</p></body></html>".encode()),
        ("a.docx", word_file([("Title", "Cranes"), ("Normal", WORDS * 3)])),
        ("a.pdf", pdf_file([("Title", "Cranes"), ("BodyText", WORDS * 3)])),
    ],
)
def test_every_format_gives_the_same_words(name: str, data: bytes) -> None:
    assert read_file(name, data).text.split() == f"Cranes {WORDS * 3}".split()


def test_a_paste_keeps_its_given_title() -> None:
    assert read_text("Some words.", title="  A\ntitle ").title == "A title"


def test_an_empty_paste_is_refused() -> None:
    with pytest.raises(UnreadableSource):
        read_text(" \n ")
