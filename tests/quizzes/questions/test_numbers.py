"""Numbers are read as people write them, in one way only, and at no cost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.questions.base import InvalidAnswer
from quizzes.questions.numbers import (
    MAX_EXPONENT,
    MAX_LENGTH,
    Written,
    as_typed,
    authored_number,
    in_figures,
    written_number,
)
from quizzes.questions.signs import INVISIBLE
from tests.quizzes.questions.cases import texts

ASK = "Type a number."
authored = st.builds(
    lambda digits, power: Decimal(digits).scaleb(power), st.integers(-(10**15), 10**15), st.integers(-29, 15)
)


def read(text: str) -> Written:
    return written_number(text, ask=ASK)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("42", "42"),
        ("+42", "42"),
        ("-42", "-42"),
        ("− 42", "-42"),
        ("–42", "-42"),
        ("４２", "42"),
        ("٤٢", "42"),
        ("४२", "42"),
        ("٤٫٥", "4.5"),
        ("４．５", "4.5"),
        ("4.5", "4.5"),
        ("4,5", "4.5"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("42.", "42"),
        ("1234", "1234"),
        ("1 234", "1234"),
        ("1\u202f234", "1234"),
        ("1\u00a0234\u00a0567", "1234567"),
        ("1'234'567", "1234567"),
        ("1’234", "1234"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1 234.567", "1234.567"),
        ("12.3456", "12.3456"),
        ("1234,567", "1234.567"),
        ("1.2340", "1.234"),
        ("1e3", "1000"),
        ("1,5E-3", "0.0015"),
    ],
)
def test_numbers_of_every_hand_are_read(text: str, number: str) -> None:
    assert read(text) == Written(Decimal(number), "")


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("5 km", "5", "km"),
        ("5km", "5", "km"),
        ("5 %", "5", "%"),
        ("5％", "5", "%"),
        ("5e", "5", "e"),
        ("5em", "5", "em"),
        ("2 + 2", "2", "+ 2"),
        ("2*10^3", "2", "*10^3"),
        ("1/2", "1", "/2"),
        ("10²", "10", "²"),
        ("1e3000000", "1", "e3000000"),
    ],
)
def test_what_stands_behind_a_number_is_never_worked_out(text: str, number: str, unit: str) -> None:
    assert read(text) == Written(Decimal(number), unit)


@pytest.mark.promise(38)
@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("1,234", "“1,234” can be read in two ways. Type 1234 for the one, 1.2340 for the other."),
        ("1.234", "“1.234” can be read in two ways. Type 1234 for the one, 1.2340 for the other."),
        ("-12,500 m", "“12,500” can be read in two ways. Type 12500 for the one, 12.5000 for the other."),
        ("1.001e-25", "“1.001e-25” can be read in two ways. Type 1001e-25 for the one, 1.0010e-25 for the other."),
        ("-2,500E+3 m", "“2,500e+3” can be read in two ways. Type 2500e+3 for the one, 2.5000e+3 for the other."),
        ("1,23,456", "“1,23,456” cannot be read as one number. Type a number."),
        ("4 2", "“4 2” cannot be read as one number. Type a number."),
        ("1 234,567.8", "“1 234,567.8” cannot be read as one number. Type a number."),
        ("..5", "“..5” cannot be read as one number. Type a number."),
        ("about 5", "Type a number."),
        ("--5", "Type a number."),
        ("NaN", "Type a number."),
        ("-inf", "Type a number."),
        ("Infinity", "Type a number."),
        ("snan", "Type a number."),
        ("²", "Type a number."),
        ("½", "Type a number."),
        (".", "Type a number."),
        ("", "Type a number."),
        ("1e31", "This number is too large or too small. Type a number."),
        ("1e-999", "This number is too large or too small. Type a number."),
        ("1" * 31, "This number is too long. Type a number."),
        ("1" * 51, "This is too long for a number. Type a number."),
    ],
)
def test_what_is_no_single_number_is_refused_with_what_to_type(text: str, advice: str) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        read(text)
    assert str(refusal.value) == advice


@pytest.mark.parametrize("text", ["1,234", "1.234", "-12,500", "999.001"])
def test_either_way_of_typing_it_that_is_advised_is_read(text: str) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        read(text)
    one, other = (words.split(" ")[0] for words in str(refusal.value).split("Type ")[1].split("one, "))
    assert {read(one).number, read(other).number} == {
        abs(Decimal(text.replace(",", "").replace(".", ""))),
        abs(Decimal(text.replace(",", "."))),
    }


@given(text=st.one_of(texts, st.text(alphabet="0123456789.,' eE+-−", max_size=MAX_LENGTH + 5)))
@settings(max_examples=500, deadline=None)
def test_any_text_is_a_bounded_number_or_refused_with_a_sentence(text: str) -> None:
    try:
        number, advice = read(text).number, ""
    except InvalidAnswer as refusal:
        number, advice = Decimal(0), str(refusal)
    assert number.is_finite()
    assert not number or abs(number.adjusted()) <= MAX_EXPONENT
    assert not advice or advice.endswith(".")


@given(number=authored)
@settings(max_examples=500, deadline=None)
def test_what_an_author_writes_can_be_typed_and_is_the_same_number(number: Decimal) -> None:
    assert read(as_typed(number)) == Written(number, "")


@given(number=authored)
def test_figures_are_plain_and_exact(number: Decimal) -> None:
    figures = in_figures(number)
    assert Decimal(figures) == number
    assert set(figures) <= set("-0123456789.")
    assert figures == "0" or not (("." in figures) and figures.endswith(("0", ".")))


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (42, "42"),
        (-0.5, "-0.5"),
        (0.1, "0.1"),
        (1e-7, "1e-7"),
        ("2.40", "2.40"),
        (" 7 ", "7"),
        ("1e3", "1000"),
        (0, "0"),
    ],
)
def test_authors_write_json_or_a_decimal_point(value: Any, number: str) -> None:
    assert authored_number(value) == Decimal(number)


@pytest.mark.parametrize(
    "value",
    [
        None, True, [], {}, "", "4,5", "1 000", "km", "NaN", float("nan"), float("inf"), 1e300, 1e-300, 10**400,
        "1e3000000", "9" * 18, "1" * 5_000,
    ],
    ids=lambda value: str(value)[:12] if not isinstance(value, int) else "int",
)  # fmt: skip
def test_what_is_no_plain_number_is_none(value: Any) -> None:
    assert authored_number(value) is None


@pytest.mark.parametrize("sign", sorted(INVISIBLE), ids=lambda sign: f"U+{ord(sign):04X}")
def test_signs_that_nobody_sees_are_no_part_of_a_number_or_its_unit(sign: str) -> None:
    assert read(f"{sign}1{sign}200{sign} {sign}k{sign}m{sign}") == Written(Decimal(1200), "km")


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("1٬000٬000", "1000000", ""),
        ("٣٫١٤", "3.14", ""),
        ("௧௨", "12", ""),
        ("-٥", "-5", ""),
        ("𝟙𝟚", "12", ""),
        ("1\u2003234", "1234", ""),
        ("5 ٪", "5", "%"),
        ("0x10", "0", "x10"),
        ("1_000", "1", "_000"),
        ("1e 3", "1", "e 3"),
        ("5-", "5", "-"),
        ("٣/٤", "3", "/4"),
        ("1;2", "1", ";2"),
    ],
)
def test_digits_of_every_script_are_read_and_code_is_not(text: str, number: str, unit: str) -> None:
    assert read(text) == Written(Decimal(number), unit)


@pytest.mark.parametrize("text", ["〇", "一", "Ⅳ", "①", "½", "٪5", "(5)", "$5", "=5", "'5", "e5", "+-5", "± 5", "≈5"])
def test_what_only_stands_for_a_number_is_asked_for_in_figures(text: str) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        read(text)
    assert str(refusal.value) in {ASK, f"“{text}” cannot be read as one number. {ASK}"}


@given(whole=st.integers(1_000, 10**15), decimals=st.integers(1, 9_999), sign=st.sampled_from(["", "-", "−", "+"]))
def test_every_way_of_grouping_thousands_reads_the_same_number(whole: int, decimals: int, sign: str) -> None:
    grouped = f"{whole:,}"
    number = Decimal(f"{'-' if sign in ('-', '−') else ''}{whole}.{decimals}5")
    hands = [(",", "."), (".", ","), (" ", ","), ("'", "."), ("’", ","), ("\u202f", "."), ("٬", "٫")]
    for group, point in hands:
        assert read(f"{sign}{grouped.replace(',', group)}{point}{decimals}5") == Written(number, "")


@given(number=authored, minus=st.sampled_from("-−–－"))
def test_a_minus_of_any_hand_turns_a_number_round_and_a_plus_does_not(number: Decimal, minus: str) -> None:
    typed = as_typed(abs(number))
    assert read(f"{minus} {typed}").number == -abs(number)
    assert read(f"+{typed}").number == abs(number)
