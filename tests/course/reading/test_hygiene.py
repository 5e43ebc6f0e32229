from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.reading.errors import UnreadableSource
from course.reading.hygiene import MAX_CHARACTERS, check_length, decode, tidy

GERMAN = (
    "Die Flut kam über Nacht, und am Morgen standen die Häuser im Wasser. Für die Fischer war es nichts Neues. " * 3
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_text_of_common_encodings_is_read(encoding: str) -> None:
    assert decode(GERMAN.encode(encoding)).lstrip("\ufeff") == GERMAN


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", [GERMAN, "Порт був тихим, і ніхто не знав, чий це кран.", "היה נמל אחד קטן.", "港町 was the word."]
)
def test_utf16_without_a_byte_order_mark_is_told_by_its_scripts(encoding: str, text: str) -> None:
    if "港" in text:
        text += " The rest of the text is in English, and long enough to say so." * 2
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("data", [b"abc\0def " * 50, b"\0" * 400, b"a\0\0\0b\0\0\0" * 40, b"\1\0\2\0" * 50])
def test_bytes_that_only_hold_zeros_are_no_text(data: bytes) -> None:
    with pytest.raises(UnreadableSource) as caught:
        decode(data)
    assert caught.value.code == "binary"


def test_cyrillic_text_of_an_old_encoding_is_read() -> None:
    text = "Порт был тихим, и никто не знал, чей это кран. Писали письма, на которые никто не отвечал. " * 5
    assert decode(text.encode("cp1251")) == text


def test_damaged_utf8_is_refused_with_the_line() -> None:
    with pytest.raises(UnreadableSource) as caught:
        decode(GERMAN.encode() + b"\n broken \xc3\x28 here")
    assert (caught.value.code, "line 2" in caught.value.message) == ("encoding", True)


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 50, bytes(range(256)) * 20])
def test_binary_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource) as caught:
        decode(data)
    assert caught.value.code == "binary"


@pytest.mark.parametrize(
    "data", [b"Some text \xc3\x28 and more", b"\xff\xfe\xfa\xfb" * 99, b"some words \xfd\xfe\xff\xfc and others " * 9]
)
def test_bytes_that_are_text_in_no_encoding_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource) as caught:
        decode(data)
    assert caught.value.code == "encoding"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b", "a\nb"),
        ("\ufeffa\u00a0b\u200b", "a b"),
        ("so\u00adft", "soft"),
        ("a\x00b\x07c\ud800", "abc"),
        ("cafe\u0301", "café"),
        ("donâ€™t", "don’t"),
        ("“curly” – ‘quotes’", "“curly” – ‘quotes’"),
        ("a   \n\n\n\n\n\nb", "a\n\n\nb"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
    ],
)
def test_text_is_tidied(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=200))
def test_tidying_never_fails_and_leaves_no_control_character(text: str) -> None:
    after = tidy(text)
    assert not any(ord(character) < 32 and character not in "\n\t" for character in after)
    assert after == after.strip()
    after.encode("utf-8")


def test_the_limit_of_length_is_exact() -> None:
    assert check_length("a" * MAX_CHARACTERS) == "a" * MAX_CHARACTERS
    with pytest.raises(UnreadableSource) as caught:
        check_length("a" * (MAX_CHARACTERS + 1))
    assert caught.value.code == "too_long"


@pytest.mark.parametrize("text", ["", " \n ", "???", "---"])
def test_a_text_without_letters_is_empty(text: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        check_length(text)
    assert caught.value.code == "empty"
