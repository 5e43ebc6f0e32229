"""Tidying a text: done at once, true to its script, and the edges of what is decoded or refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from course.reading.errors import UnreadableSource
from course.reading.hygiene import MAX_CHARACTERS, check_length, decode, tidy

ODD = "aé\u0301 \n\r\t\x00\x0b\x85\u00a0\u00ad\u200b\u200d\u202e\u2028\u3000\ufeff\ud800、。，！ａ“—ﬁ\u0627ש家👩"


@given(st.text(alphabet=ODD, max_size=25))
@settings(max_examples=150, deadline=None)
@example("\u200b\u0301a")
@example("a\u00ad\u0301")
@example("a\x00\u0301")
@example("\r\x85\n\u2028\n\x0c\n")
@example(" \u202e \n\u00a0\n")
def test_tidying_is_done_at_once(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once


@given(st.text(alphabet=ODD, max_size=25))
@settings(max_examples=80, deadline=None)
def test_tidy_text_is_composed_and_has_no_blank_ends_or_heaps_of_blank_lines(text: str) -> None:
    once = tidy(text)
    assert once == unicodedata.normalize("NFC", once)
    assert all(line == line.rstrip() for line in once.split("\n"))
    assert "\n\n\n\n" not in once
    assert not set(once) & set("\x00\r\x0b\x85\u00a0\u00ad\u200b\u202e\u2028\u3000\ufeff\ud800")


@pytest.mark.parametrize(
    "text",
    [
        "水车停了，白鹭飞走了！为什么？（没人知道：它没说。）",
        "彼は「行こう！」と言った。",
        "１２人がＡ型だった。",
        "Она сказала: «Пойдём»…",
        "قال: «هيا بنا»، ثم صمت؟",
        "Zażółć gęślą jaźń",
        "«Où est-elle ?» – «Là-bas !»",
        "x² + y³ ≠ ½",
        "naïve café, Ærø, Łódź",
        "👩‍👩‍👧 and 🇵🇱",
        "नमस्ते",
        "می‌خواهم",
    ],
    ids=range(12),
)
def test_text_that_is_whole_in_its_script_is_left_as_it_is(text: str) -> None:
    assert tidy(text) == text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("", ""),
        (" \n\t", ""),
        ("a\x0bb\x0cc\x85d", "a\nb\nc\nd"),
        ("a\r\n\r\nb", "a\n\nb"),
        ("a\n\n\nb", "a\n\n\nb"),
        ("a\n\n\n\nb", "a\n\n\nb"),
        ("a \t\nb", "a\nb"),
        ("a\u3000b\u2009c", "a b c"),
        ("\u202eabc\u202c", "abc"),
        ("\u2066abc\u2069", "abc"),
        ("a\ufffcb\ufff9c", "abc"),
        ("a\ufdd0b\uffffc", "abc"),
        ("a\x7fb\x9fc", "abc"),
        ("ﬁn de la ﬂotte", "fin de la flotte"),
        ("A\u030angstro\u0308m", "Ångström"),
        ("schÃ¶n", "schön"),
    ],
    ids=range(16),
)
def test_what_is_broken_or_invisible_is_mended_or_dropped(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", ["Die Mühle", "水车，停了", "мельница", ""])
def test_a_byte_order_mark_says_how_a_file_is_written(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)).lstrip("\ufeff") == text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfea", "encoding"),
        (b"\xff\xfe\x00\xd8", "encoding"),
        (b"\xef\xbb\xbf\xff", "encoding"),
        (b"words\x00", "binary"),
        (b"\x01" * 3 + b"w" * 100, "binary"),
        (b"\x1b[31mred" * 50, ""),
        (b"\x01" * 2 + b"w" * 100, ""),
    ],
    ids=range(7),
)
def test_what_is_no_text_is_told_from_text_with_a_stray_byte(data: bytes, code: str) -> None:
    found = ""
    try:
        decode(data)
    except UnreadableSource as refused:
        found = refused.code
    assert found == code


@pytest.mark.parametrize(("lines", "line"), [(0, 1), (1, 2), (40, 41)])
def test_a_damaged_file_is_refused_with_the_line_to_look_at(lines: int, line: int) -> None:
    with pytest.raises(UnreadableSource) as refused:
        decode("Größe über Höhe\n".encode() * lines + b"Gr\xc3\x28\xc3\x9fe \xc3\xbcber H\xc3\xb6he, \xc3\xa4hnlich")
    assert refused.value.message == (
        f"This UTF-8 file is damaged in line {line}; save it again as UTF-8, or paste its text."
    )


@pytest.mark.parametrize(
    ("text", "is_text"),
    [("a", True), ("7", True), ("家", True), ("½", True), ("…", False), ("👩", False), ("«»", False)],
)
def test_a_text_has_at_least_one_letter_or_figure(text: str, is_text: bool) -> None:
    if is_text:
        assert check_length(text) == text
    else:
        with pytest.raises(UnreadableSource) as refused:
            check_length(text)
        assert refused.value.message == (
            "There is no text in this source; choose a file that has text, or paste the article."
        )


def test_a_text_that_is_too_long_is_told_by_how_much() -> None:
    with pytest.raises(UnreadableSource) as refused:
        check_length("家" * (MAX_CHARACTERS + 1))
    assert refused.value.message == (
        "This text has 200,001 characters and the limit is 200,000; "
        "split it into several articles and add them one by one."
    )
