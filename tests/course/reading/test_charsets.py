from __future__ import annotations

import time

import pytest

from course.reading.charsets import text_in
from course.reading.formats import read_file


@pytest.mark.parametrize(
    "charset", ["utf-8", "UTF8", "utf-16", "windows-1251", "cp1252", "latin-1", "koi8-r", "gb18030", "euc-jp"]
)
def test_what_pages_are_written_in_is_read(charset: str) -> None:
    assert text_in(charset, "harbour".encode(charset)) == "harbour"


@pytest.mark.parametrize(
    "name", ["", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "utf-7", "rot13", "zip", "cp99999", "mbcs"]
)
def test_what_is_no_character_set_of_a_page_is_none(name: str) -> None:
    assert text_in(name, b"harbour") is None


@pytest.mark.parametrize("charset", ["iso-8859-1", "ISO-8859-1", "latin1", "us-ascii"])
def test_quotation_marks_of_windows_are_in_pages_that_name_latin_1(charset: str) -> None:
    assert text_in(charset, "“Café” – 5 €…".encode("cp1252")) == "“Café” – 5 €…"


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1251", "gbk", "utf-16"])
def test_what_makes_sense_as_utf_8_is_not_taken_for_what_it_says(charset: str) -> None:
    assert text_in(charset, "“Café” – Łódź".encode()) == "“Café” – Łódź"


def test_a_larger_set_reads_what_the_named_one_does_not_have() -> None:
    assert text_in("gb2312", "镕".encode("gb18030")) == "镕"
    assert text_in("shift_jis", "①".encode("cp932")) == "①"


def test_bytes_that_the_character_set_does_not_have_are_none() -> None:
    assert text_in("utf-8", b"\xff") is None


def test_a_page_that_names_a_codec_of_quadratic_cost_is_read_at_once() -> None:
    """It took half a minute, with every half a megabyte four times as long."""
    words = b"<p>" + b"For thirty years the council has kept a silver leash on its harbour. " * 20 + b"</p>"
    page = b"<meta charset=punycode>" + words + b"<!-- " + b"b9c" * 60_000 + b" -->"
    began = time.process_time()
    assert "silver leash" in read_file("a.html", page).text
    assert time.process_time() - began < 5
