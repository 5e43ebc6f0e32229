"""Laws of numbers in words: what holds for every amount and not only for those of a table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.domain.lesson_page import WORDS_A_MINUTE
from language import NUMBERS, capital, counted, number
from web.learner.wording import day_of, duration, listed, minutes, ordinal, percent, points, sentence, some, worth

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
words = st.text("abc ", min_size=1, max_size=9).map(str.strip).filter(bool)


@pytest.mark.parametrize("amount", range(13))
def test_each_amount_up_to_twelve_is_one_word_of_its_own(amount: int) -> None:
    assert number(amount).isalpha()
    assert [number(other) for other in range(13)].count(number(amount)) == 1


@given(st.integers().filter(lambda amount: not 0 <= amount < len(NUMBERS)))
def test_every_other_amount_is_its_digits(amount: int) -> None:
    assert number(amount) == str(amount)


@given(st.integers(0, 10**6))
def test_none_is_said_for_nothing_and_for_nothing_else(amount: int) -> None:
    assert (some(amount) == "none") is (amount == 0)


@given(st.integers(0, 10**6), words)
def test_only_one_thing_is_in_the_singular(amount: int, thing: str) -> None:
    assert counted(amount, thing).endswith(thing) is (amount == 1)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        *((1, "first"), (2, "second"), (3, "third"), (4, "fourth"), (5, "fifth"), (8, "eighth"), (9, "ninth")),
        *((10, "tenth"), (11, "11th"), (12, "12th"), (13, "13th"), (14, "14th"), (20, "20th"), (21, "21st")),
        *((22, "22nd"), (23, "23rd"), (24, "24th"), (30, "30th"), (31, "31st"), (42, "42nd"), (100, "100th")),
        *((101, "101st"), (102, "102nd"), (103, "103rd"), (111, "111th"), (112, "112th"), (113, "113th")),
        *((121, "121st"), (1011, "1011th"), (1021, "1021st")),
    ],
)
def test_places_in_a_row_are_said_as_people_say_them(amount: int, said: str) -> None:
    assert ordinal(amount) == said


@given(st.lists(words, min_size=1, max_size=6))
def test_a_list_names_everything_in_order_and_joins_only_the_last_by_and(names: list[str]) -> None:
    said = listed(names)
    *before, last = names
    assert said == (f"{', '.join(before)} and {last}" if before else last)


@given(st.text(max_size=30))
def test_a_sentence_keeps_all_but_its_first_letter(text: str) -> None:
    assert sentence(text) == (f"{text[0].upper()}{text[1:]}." if text else "")
    assert sentence(text).removesuffix(".") == capital(text) or not text


@pytest.mark.parametrize(
    ("text", "capitals"),
    [("", ""), ("a", "A"), ("iPhone", "IPhone"), ("ßa", "SSa"), ("école", "École"), ("“a”", "“a”"), ("1st", "1st")],
)
def test_a_capital_changes_the_first_letter_alone(text: str, capitals: str) -> None:
    assert capital(text) == capitals


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        *((0, "0 s"), (1, "1 s"), (59, "59 s"), (60, "60 s"), (61, "61 s"), (119, "119 s"), (120, "2 min")),
        *((121, "2 min 1 s"), (180, "3 min"), (599, "9 min 59 s"), (600, "10 min"), (601, "10 min"), (629, "10 min")),
        *((631, "11 min"), (3600, "60 min"), (7140, "119 min"), (7200, "2 h"), (7260, "2 h 1 min")),
        *((10_800, "3 h"), (86_400, "24 h"), (90_060, "25 h 1 min")),
    ],
)
def test_a_duration_at_each_border(seconds: int, said: str) -> None:
    assert duration(seconds) == said


@given(st.integers(2, 10_000))
def test_whole_minutes_are_said_exactly(whole: int) -> None:
    said = duration(whole * 60).replace(" h", "*60").replace(" min", "").replace(" ", "+")
    assert sum(int(a) * int(b or 1) for a, _, b in (part.partition("*") for part in said.split("+"))) == whole


@given(st.integers(0, 10**6))
def test_a_duration_is_never_wrong_by_more_than_half_a_minute(seconds: int) -> None:
    amounts = {"s": 1, "min": 60, "h": 3600}
    said = duration(seconds).split(" ")
    meant = sum(int(amount) * amounts[unit] for amount, unit in zip(said[::2], said[1::2], strict=True))
    assert abs(meant - seconds) <= 30


@given(st.decimals("0.01", "9999.99", places=2))
def test_points_say_the_same_number_without_zeros_at_the_end(amount: Decimal) -> None:
    said = points(amount)
    assert Decimal(said) == amount
    assert "." not in said or not said.endswith(("0", "."))


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        *((Decimal("0.005"), "0"), (Decimal("0.015"), "0.02"), (Decimal("100.00"), "100"), (1000, "1000")),
        *((0.1 + 0.2, "0.3"), (2 / 3, "0.67"), (Decimal("1E+2"), "100"), (Decimal("2.50"), "2.5")),
    ],
)
def test_points_have_two_places_at_most(amount: Decimal | float, said: str) -> None:
    assert points(amount) == said


@given(st.integers(0, 500))
def test_whole_points_are_counted_and_parts_are_written(whole: int) -> None:
    assert worth(Decimal(whole)) == counted(whole, "point")
    assert worth(Decimal(whole) + Decimal("0.5")) == f"{whole}.5 points"


@given(st.decimals(0, 1, places=6))
def test_only_everything_is_a_hundred_per_cent(fraction: Decimal) -> None:
    said = int(percent(fraction).removesuffix(" %"))
    assert 0 <= said <= 100
    assert (said == 100) is (fraction == 1)
    assert abs(Fraction(said, 100) - Fraction(fraction)) <= Fraction(1, 100)


@pytest.mark.parametrize(
    ("fraction", "said"),
    [
        *((0, "0 %"), (0.004, "0 %"), (0.006, "1 %"), (0.5, "50 %"), (0.666667, "67 %"), (0.994, "99 %")),
        *((0.995, "99 %"), (0.999999, "99 %"), (1, "100 %"), (Decimal("1.000000"), "100 %")),
    ],
)
def test_a_fraction_at_each_border(fraction: Decimal | float, said: str) -> None:
    assert percent(fraction) == said


@given(st.integers(0, 10**6))
def test_reading_takes_a_minute_at_least_and_longer_for_more_words(count: int) -> None:
    assert minutes(count) >= 1
    assert minutes(count) <= minutes(count + WORDS_A_MINUTE) <= minutes(count) + 2
    assert minutes(count * WORDS_A_MINUTE) == max(1, count)


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(0), "Today 12:00"),
        (timedelta(hours=12), "Today 00:00"),
        (timedelta(hours=12, minutes=1), "Yesterday 23:59"),
        (timedelta(hours=36), "Yesterday 00:00"),
        (timedelta(hours=36, minutes=1), "20 November"),
        (timedelta(days=21), "1 November"),
        (timedelta(days=325), "1 January"),
        (timedelta(days=326), "31 December 2025"),
        (timedelta(days=3653), "21 November 2016"),
        (timedelta(hours=-11), "Today 23:00"),
        (timedelta(days=-1), "23 November"),
        (timedelta(days=-60), "21 January 2027"),
    ],
)
def test_a_moment_is_said_by_its_distance_in_days(ago: timedelta, said: str) -> None:
    assert day_of(NOON - ago, now=NOON) == said


@pytest.mark.parametrize(
    ("at", "now", "said"),
    [
        (datetime(2024, 2, 29, 8, 5, tzinfo=UTC), datetime(2024, 3, 1, 0, 0, tzinfo=UTC), "Yesterday 08:05"),
        (datetime(2025, 12, 31, 23, 59, tzinfo=UTC), datetime(2026, 1, 1, 0, 0, tzinfo=UTC), "Yesterday 23:59"),
        (datetime(2025, 12, 30, 23, 59, tzinfo=UTC), datetime(2026, 1, 1, 0, 0, tzinfo=UTC), "30 December 2025"),
    ],
)
def test_yesterday_is_found_over_the_end_of_a_month_and_of_a_year(at: datetime, now: datetime, said: str) -> None:
    assert day_of(at, now=now) == said
