"""Numbers in messages."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from course.models import EditKind
from web.studio.edit_wording import BY_NAME, BY_YOU, said_of
from web.studio.wording import counted, exact_percent, waited


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


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (timedelta(), "less than an hour"),
        (timedelta(minutes=59, seconds=59), "less than an hour"),
        (timedelta(seconds=-5), "less than an hour"),
        (timedelta(hours=1), "an hour"),
        (timedelta(hours=1, minutes=59), "an hour"),
        (timedelta(hours=2), "2 hours"),
        (timedelta(hours=23, minutes=59), "23 hours"),
        (timedelta(days=1), "a day"),
        (timedelta(hours=47, minutes=59), "a day"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=12, hours=23), "12 days"),
    ],
)
def test_a_wait_is_told_in_whole_hours_and_days(time: timedelta, said: str) -> None:
    assert waited(time) == said


def test_every_edit_that_can_be_taken_back_has_words_of_its_own() -> None:
    assert set(BY_YOU) == set(BY_NAME) == set(EditKind) - {EditKind.UNDO}
    assert len({said_of(kind) for kind in BY_YOU}) == len({said_of(kind, "Ana") for kind in BY_NAME}) == len(BY_YOU)


@pytest.mark.parametrize("kind", sorted(BY_YOU))
def test_an_edit_is_told_alike_of_you_and_of_somebody(kind: str) -> None:
    assert said_of(kind, "Ana").removeprefix("Ana") == said_of(kind).removeprefix("You")


def test_an_edit_is_told_with_who_made_it() -> None:
    assert [said_of("keep"), said_of("drop", "Ana")] == ["You kept a line", "Ana left a line out"]
