"""Numbers and durations as they are read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from language import counted, number
from web.learner.wording import coming_day, duration, grader_in_words, listed, points, sentence, worth


@pytest.mark.parametrize(("amount", "word"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (-1, "-1")])
def test_small_numbers_are_words(amount: int, word: str) -> None:
    assert number(amount) == word


def test_things_are_counted_in_singular_and_plural() -> None:
    assert [counted(n, "quiz", "quizzes") for n in (0, 1, 2, 40)] == [
        "no quizzes",
        "one quiz",
        "two quizzes",
        "40 quizzes",
    ]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(45, "45 s"), (90, "90 s"), (120, "2 min"), (150, "2 min 30 s"), (2400, "40 min"), (3600, "60 min"),
     (5400, "90 min"), (7200, "2 h"), (9000, "2 h 30 min"), (3601, "60 min")],
)  # fmt: skip
def test_durations_are_short_and_exact_enough(seconds: int, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("amount", "text"), [(Decimal("2.00"), "2"), (Decimal("1.50"), "1.5"), (0, "0"), (0.333333, "0.33"), (10, "10")]
)
def test_points_lose_their_trailing_zeros(amount: Decimal | float, text: str) -> None:
    assert points(amount) == text


def test_worth_is_words_for_whole_points() -> None:
    assert [worth(amount) for amount in (Decimal("1.00"), 2.0, Decimal("1.50"))] == [
        "one point",
        "two points",
        "1.5 points",
    ]


def test_lists_end_with_and() -> None:
    assert [listed(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_sentences_begin_large_and_end_with_a_stop() -> None:
    assert (sentence("two questions"), sentence("")) == ("Two questions.", "")


@pytest.mark.parametrize(
    ("later", "day"),
    [
        (timedelta(hours=-30), "today"),
        (timedelta(), "today"),
        (timedelta(hours=11), "today"),
        (timedelta(hours=13), "tomorrow"),
        (timedelta(days=2), "Wednesday"),
        (timedelta(days=6), "Sunday"),
        (timedelta(days=7), "9 March"),
    ],
)
def test_a_day_to_come_is_named_as_people_name_it(later: timedelta, day: str) -> None:
    monday = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

    assert coming_day(monday + later, now=monday) == day


def test_a_grader_is_named_with_its_version_where_it_has_one() -> None:
    assert [grader_in_words(name) for name in ("short_text@3", "none")] == ["short text, version 3", "none"]
