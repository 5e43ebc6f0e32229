"""Numbers and signs are one text however they are written, and no other text becomes one of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions.spellings import ONES, ORDINALS, TENS, in_one_spelling
from quizzes.questions.text_matching import Tolerance, match_one

EXACT = Tolerance(typos=False)
SPELLING = "how numbers and signs are written"


def is_same(answer: str, text: str) -> bool:
    return match_one(answer, text, tolerance=EXACT) is not None


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("1,000", "1000"),
        ("1 000 000", "1000000"),
        ("1'000", "1000"),
        ("1.000.000", "1000000"),
        ("1.000", "1.000"),
        ("12,34", "12,34"),
        ("007", "007"),
        ("web 2.0", "web 2.0"),
        ("1991 1994", "1991 1994"),
        ("twelve", "12"),
        ("twenty-one", "21"),
        ("one hundred and one", "101"),
        ("two thousand and twenty", "2020"),
        ("nineteen seventy four", "1974"),
        ("nineteen eighteen", "1918"),
        ("twenty twenty", "2020"),
        ("sixteen hundred", "1600"),
        ("one million two hundred thousand", "1200000"),
        ("five million", "5000000"),
        ("1.5 million", "1500000"),
        ("one two three", "1 2 3"),
        ("three and four", "3and 4"),
        ("rock and roll", "rock and roll"),
        ("millions", "millions"),
        ("first", "1th"),
        ("21st", "21th"),
        ("twenty-first", "21th"),
        ("world war ii", "world war 2"),
        ("Louis XIV", "Louis 14"),
        ("iix", "iix"),
        ("i think", "i think"),
        ("civil", "civil"),
        ("fifty per cent", "50%"),
        ("$5 million", "5000000$"),
        ("€50", "50€"),
        ("10 km", "10km"),
        ("u.s.a", "usa"),
        ("j r r tolkien", "jrr tolkien"),
        ("r&d", "r and d"),
        ("h₂o", "h2o"),
        ("x^2", "x2"),
        ("10²", "10^2"),
        ("na⁺", "na+"),
        ("1½", "1 1/2"),
        ("1990's", "1990s"),
        ("soft landing", "soft landing"),
    ],
)
def test_a_text_in_one_spelling(text: str, one: str) -> None:
    assert in_one_spelling(text) == one


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("2", "two"),
        ("Twelve.", "12"),
        ("seven years", "7 years"),
        ("the 20th century", "Twentieth century"),
        ("World War 2", "World War II"),
        ("World War Two", "World War II"),
        ("5,000,000", "five million"),
        ("50 percent", "50 %"),
        ("50 €", "€50"),
        ("10km", "10 km"),
        ("CO2", "CO₂"),
        ("m2", "m²"),
        ("½", "1/2"),
        ("USA", "U.S.A."),
        ("N.A.T.O.", "NATO"),
        ("law & order", "law and order"),
        ("Koeln", "Köln"),
        ("Tromsoe", "Tromsø"),
        ("ＦＩＮＬＡＮＤ", "Finland"),
        ("「東京」。", "東京"),
        ("كتاب", "كِتاب"),
        ("ספר", "סֵפֶר"),
        ("Мінск", "Мі́нск"),
        ("• slack water 😀", "slack water"),
    ],
)
def test_what_people_write_in_another_way_is_the_same_answer(answer: str, text: str) -> None:
    assert is_same(answer, text)
    assert is_same(text, answer)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("World War I", "World War II"),
        ("Louis XV", "Louis XVI"),
        ("II", "11"),
        ("I", "1"),
        ("102", "10²"),
        ("11/2", "1½"),
        ("2", "2.0"),
        ("7", "007"),
        ("first", "one"),
        ("2", "2nd"),
        ("5%", "5"),
        ("$5", "5"),
        ("$5", "€5"),
        ("O-", "O"),
        ("O-", "O+"),
        ("Cl", "Cl-"),
        ("A*", "A"),
        ("twenty", "12"),
        ("sixty", "sixteen"),
        ("million", "1000"),
        ("nitrite", "nitrate"),
        ("chloride", "chlorine"),
        ("sulphuric", "sulphurous"),
        ("lactase", "lactose"),
        ("йод", "иод"),
        ("ハ", "パ"),
    ],
)
def test_what_says_something_else_stays_something_else(answer: str, text: str) -> None:
    assert match_one(answer, text, tolerance=Tolerance()) is None
    assert match_one(text, answer, tolerance=Tolerance()) is None


def test_the_review_says_what_was_overlooked() -> None:
    match = match_one("World War 2", "World War II", tolerance=Tolerance())
    assert match is not None
    assert match.path == ["It was read as “World War II”.", f"Overlooked: {SPELLING}."]


def test_where_accents_matter_none_is_spelled_out_or_left_out() -> None:
    strict = Tolerance(accents=True)
    assert match_one("Koeln", "Köln", tolerance=strict) is None
    assert match_one("كتاب", "كِتاب", tolerance=strict) is None


def words_for(number: int) -> str:
    """A whole number below a million as English says it."""
    if number < 20:
        return next(word for word, value in ONES.items() if value == number)
    if number < 100:
        ten, one = divmod(number, 10)
        word = next(word for word, value in TENS.items() if value == 10 * ten)
        return f"{word}-{words_for(one)}" if one else word
    large, name = (100, "hundred") if number < 1_000 else (1_000, "thousand")
    many, rest = divmod(number, large)
    between = " and " if rest and rest < 100 else " "
    return f"{words_for(many)} {name}" + (f"{between}{words_for(rest)}" if rest else "")


@given(number=st.integers(0, 999_999))
def test_a_number_in_words_is_that_number_in_figures(number: int) -> None:
    assert in_one_spelling(words_for(number)) == str(number)
    assert is_same(f"{words_for(number)} mills", f"{number} mills")
    assert is_same(f"{number:,} mills", f"{words_for(number)} mills")


@given(number=st.integers(0, 999_999), other=st.integers(0, 999_999))
def test_a_number_in_words_is_no_other_number(number: int, other: int) -> None:
    assert is_same(f"{words_for(number)} mills", f"{other} mills") == (number == other)


@given(number=st.integers(1, 89))
def test_a_roman_numeral_is_its_number(number: int) -> None:
    tens, ones = divmod(number, 10)
    numeral = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX"][tens]
    numeral += ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]
    assert is_same(f"Chapter {numeral}" if numeral != "L" else "Chapter 50", f"chapter {number}")


@given(text=st.text(max_size=40))
def test_one_spelling_is_reached_for_whatever_text(text: str) -> None:
    once = in_one_spelling(text)
    assert once == text or (once == once.strip() and "  " not in once)


def test_every_ordinal_is_a_word_of_english() -> None:
    assert {"first", "twelfth", "twentieth", "ninetieth"} <= ORDINALS.keys()
    assert len(ORDINALS) == 27
