"""Words of any script are whole: their accents, vowel signs and joiners belong to them."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.reading.letters import LETTER

WORD = re.compile(f"{LETTER}+")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cafe\u0301 noir", ["cafe\u0301", "noir"]),
        ("काँच की चक्की", ["काँच", "की", "चक्की"]),
        ("โรงสี แก้ว", ["โรงสี", "แก้ว"]),
        ("كِتَاب جديد", ["كِتَاب", "جديد"]),
        ("שָׁלוֹם עולם", ["שָׁלוֹם", "עולם"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("港の歌", ["港の歌"]),
        ("a_b", ["a", "b"]),
        ("\u0301a \u200db", ["a", "b"]),
        ("x\u200b y", ["x", "y"]),
        ("٣٫٥", ["٣", "٥"]),
        ("🙂 — …", []),
        ("", []),
    ],
)
def test_a_mark_belongs_to_the_letter_before_it(text: str, words: list[str]) -> None:
    assert WORD.findall(text) == words


@given(st.text(alphabet=st.characters(max_codepoint=0xFFFF, codec="utf-8"), max_size=40))
def test_composed_or_not_a_text_has_as_many_words(text: str) -> None:
    whole, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert len(WORD.findall(whole)) == len(WORD.findall(unicodedata.normalize("NFC", apart)))


@given(st.text(max_size=60))
def test_a_word_begins_with_a_letter_or_digit_and_has_no_space(text: str) -> None:
    for word in WORD.findall(text):
        assert word[0].isalnum()
        assert not any(character.isspace() for character in word)


@given(st.text(max_size=60))
def test_no_letter_or_digit_is_left_out(text: str) -> None:
    kept = "".join(WORD.findall(text))
    assert [each for each in text if each.isalnum()] == [each for each in kept if each.isalnum()]


def test_many_marks_on_one_letter_are_read_in_a_moment() -> None:
    assert WORD.fullmatch("a" + "\u0301" * 100_000) is not None
    assert WORD.fullmatch("\u0301" * 100_000) is None
