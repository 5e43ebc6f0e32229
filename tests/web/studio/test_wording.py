"""Numbers in messages."""

from __future__ import annotations

from decimal import Decimal

from web.studio.wording import counted, exact_percent


def test_small_numbers_are_words() -> None:
    assert [counted(n, "question") for n in (0, 1, 2, 12, 13)] == [
        "No questions",
        "One question",
        "Two questions",
        "Twelve questions",
        "13 questions",
    ]


def test_a_plural_of_its_own_is_used() -> None:
    assert counted(1, "question was", "questions were") == "One question was"
    assert counted(3, "question was", "questions were") == "Three questions were"


def test_a_fraction_is_told_to_the_places_of_the_gradebooks_file() -> None:
    fractions = [None, *map(Decimal, ("0", "1", "0.85", "0.855", "0.666667", "0.1", "0.00001"))]
    assert [exact_percent(each).replace("\u00a0", " ") for each in fractions] == [
        "–",
        "0 %",
        "100 %",
        "85 %",
        "85.5 %",
        "66.67 %",
        "10 %",
        "0 %",
    ]
