"""What nobody sees is nothing, and texts that look the same are the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions.signs import DASHES, FILLERS, INVISIBLE, QUOTES, is_blank, told_apart

LOOKS = st.text(alphabet="aAéÉßẞİıñΣςﬁ’'“\"—-…\u0301\u0345\u00a0\u2028 ㅤ", max_size=12)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\t", "\u00a0\u2003\u3000", "\u2028\u2029", "\x07\x1b", "\u200b\u2060", "\u0301", "\ufe0f", "\u034f",
     "\U000e0020", *sorted(FILLERS), *sorted(INVISIBLE)],
    ids=lambda text: " ".join(f"{ord(each):X}" for each in text) or "nothing",
)  # fmt: skip
def test_a_reader_sees_nothing_of_it(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", [".", "0", "-", "🙂", "é", "e\u0301", "\u200ba", "क\u093f", "鷺", "\ue000", "\ud800"])
def test_a_reader_sees_something_of_it(text: str) -> None:
    assert not is_blank(text)


@given(st.text(max_size=8), st.text(max_size=8))
def test_two_texts_are_blank_together_when_each_is(one: str, other: str) -> None:
    assert is_blank(one + other) == (is_blank(one) and is_blank(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "Cafe\u0301"),
        ("İ", "i\u0307"),
        ("Straße", "STRASSE"),
        ("ΟΔΟΣ", "οδος"),
        ("It’s", "It's"),
        ("„So“", '"So"'),
        ("co‑op", "co-op"),
        ("1991–1994", "1991-1994"),
        ("so\u00adft", "soft"),
        ("up\u200bper", "upper"),
        ("two  words", "two\u00a0words"),
        ("a\nb", "a b"),
        ("so…", "so..."),
        ("☎\ufe0f", "☎"),
    ],
)
def test_texts_that_look_the_same_are_the_same(one: str, other: str) -> None:
    assert told_apart(one) == told_apart(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("x²", "x2"), ("H₂O", "H2O"), ("½", "1/2"), ("café", "cafe"), ("a.", "a"), ("co-op", "coop"), ("мой", "мои"),
     ("5", "-5"), ("Ⅳ", "IV"), ("①", "1")],
)  # fmt: skip
def test_texts_that_look_different_stay_two(one: str, other: str) -> None:
    assert told_apart(one) != told_apart(other)


@given(LOOKS)
def test_told_apart_again_is_the_same_however_it_was_composed(text: str) -> None:
    once = told_apart(text)
    assert told_apart(once) == once
    assert told_apart(unicodedata.normalize("NFD", text)) == told_apart(unicodedata.normalize("NFC", text)) == once


@given(LOOKS, st.sampled_from(sorted(INVISIBLE)), st.integers(0, 12))
def test_what_nobody_sees_tells_no_two_texts_apart(text: str, sign: str, place: int) -> None:
    text = unicodedata.normalize("NFC", text)
    place = min(place, len(text))
    if not unicodedata.combining(text[place : place + 1] or "a"):
        assert told_apart(text[:place] + sign + text[place:]) == told_apart(text)


@pytest.mark.parametrize("signs", [QUOTES, DASHES, INVISIBLE], ids=["quotes", "dashes", "invisible"])
def test_no_sign_stands_for_one_that_stands_for_another(signs: dict[str, str]) -> None:
    assert not set(signs) & set(signs.values())
    assert all(len(sign) == 1 for sign in signs)
