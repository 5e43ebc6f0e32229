"""What the pages of remembering say of a deck."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from course.models import Concept
from quizzes.domain.remembering import Deck, ToRemember
from quizzes.memory import Memory, Phase, Rating, recalled
from quizzes.models import Question, QuestionVersion
from tests.factories import single_choice
from web.learner.remembering import (
    Choice,
    choices_for,
    due_by_day,
    interval,
    mean_chances,
    offers,
    remembering_of,
    time_for,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EMPTY = "A question that you miss comes back here by itself, until it stays with you."
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
WALL, LAKE = Concept(pk=1, term="thirst machine"), Concept(pk=2, term="upper town")


def card(
    due: datetime = NOW, *, concept: Concept | None = None, memory: Memory | None = None, aside: bool = False
) -> ToRemember:
    version = QuestionVersion(kind="single_choice", content=single_choice())
    version.question = Question(key="walls", concept=concept)
    return ToRemember(version, due, memory, 2 if memory else 1, aside)


def deck(*cards: ToRemember, aside: Sequence[ToRemember] = ()) -> Deck:
    return Deck(tuple(sorted(cards, key=lambda each: each.due_at)), tuple(aside), NOW)


def easy(at: datetime = NOW) -> Memory:
    return recalled(None, Rating.EASY, at=at)


@pytest.mark.parametrize(
    ("found", "heading", "lede", "session"),
    [
        ([], "Nothing to remember yet", EMPTY, 0),
        ([NOW], "One question to remember", "About one minute.", 1),
        ([NOW] * 10, "Ten questions to remember", "About four minutes.", 10),
        ([NOW] * 14, "14 questions to remember", "The next ten take about four minutes.", 10),
        ([NOW + 2 * HOUR], "Nothing to remember just now", "The next one comes back today at 11:00.", 0),
        ([NOW + DAY], "Nothing to remember just now", "The next one comes back tomorrow.", 0),
        ([NOW + 3 * DAY, NOW + 4 * DAY], "Nothing to remember just now", "The next one comes back on Thursday.", 0),
        ([NOW + 30 * DAY], "Nothing to remember just now", "The next one comes back on 1 April.", 0),
    ],
)
def test_the_page_says_first_what_there_is_to_do(found: list[datetime], heading: str, lede: str, session: int) -> None:
    page = remembering_of(deck(*map(card, found)))

    assert (page.heading, page.lede, page.session) == (heading, lede, session)


@pytest.mark.parametrize(
    ("found", "reading"),
    [
        ([NOW + 40 * DAY], "Nothing comes back within 30 days."),
        ([NOW], "One question is due today."),
        ([NOW + DAY] * 2, "Two questions are due tomorrow."),
        ([NOW, NOW + 4 * DAY, NOW + 4 * DAY], "Three questions come back within 30 days, the most in four days."),
    ],
)
def test_the_forecast_is_told_in_a_sentence(found: list[datetime], reading: str) -> None:
    assert remembering_of(deck(*map(card, found))).forecast_reading == reading


def test_what_was_due_long_ago_is_due_today_and_what_comes_late_is_left_out() -> None:
    counts = due_by_day(deck(card(NOW - 9 * DAY), card(NOW + DAY), card(NOW + 29 * DAY), card(NOW + 30 * DAY)))

    assert (len(counts), counts[0], counts[1], counts[29], sum(counts)) == (30, 1, 1, 1, 3)


def test_days_begin_at_midnight_and_not_every_24_hours() -> None:
    assert due_by_day(deck(card(NOW + 14 * HOUR), card(NOW + 15 * HOUR)))[:2] == [1, 1]


def test_only_what_was_recalled_has_a_chance() -> None:
    page = remembering_of(deck(card(), card(aside=False)))

    assert (page.curve, page.curve_reading) == (None, "")
    assert [row.chance for row in page.rows] == ["", ""]


def test_the_curve_begins_at_certainty_and_falls() -> None:
    chances = mean_chances(deck(card(memory=easy()), card(memory=easy(NOW - 8 * DAY))))

    assert len(chances) == 31
    assert chances[0] == pytest.approx((1 + 0.9) / 2, abs=0.01)
    assert chances == sorted(chances, reverse=True)


def test_a_question_without_a_concept_is_in_the_table() -> None:
    page = remembering_of(deck(card(memory=easy())))

    assert [(row.title, row.concept, row.when, row.chance) for row in page.rows] == [
        ("Who built the wall?", "", "now", "100 %")
    ]


def test_what_is_set_aside_is_listed_apart() -> None:
    page = remembering_of(deck(card(), aside=[card(aside=True)]))

    assert (len(page.rows), len(page.set_aside)) == (1, 1)


def test_the_four_ratings_say_when_it_comes_back() -> None:
    assert choices_for(card(), at=NOW) == [
        Choice(Rating.AGAIN, "Again", "one minute"),
        Choice(Rating.HARD, "Hard", "six minutes"),
        Choice(Rating.GOOD, "Good", "ten minutes"),
        Choice(Rating.EASY, "Easy", "eight days"),
    ]


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=5), "one minute"),
        (59 * MINUTE, "59 minutes"),
        (HOUR, "one hour"),
        (23 * HOUR, "23 hours"),
        (DAY, "one day"),
        (46 * DAY, "46 days"),
    ],
)
def test_an_interval_is_told_in_its_largest_unit(length: timedelta, words: str) -> None:
    assert interval(length) == words


@pytest.mark.parametrize(
    ("questions", "words"), [(1, "about one minute"), (5, "about two minutes"), (10, "about four minutes")]
)
def test_the_time_is_told_in_minutes(questions: int, words: str) -> None:
    assert time_for(questions) == words


def test_home_offers_what_is_due_in_the_order_of_its_courses() -> None:
    courses: Any = [SimpleNamespace(pk=3), SimpleNamespace(pk=1), SimpleNamespace(pk=2)]
    page: Any = SimpleNamespace(courses=courses)

    assert offers(page, {1: 2, 3: 14}) == [
        (courses[0], "14 questions to remember, about four minutes"),
        (courses[1], "Two questions to remember, about one minute"),
    ]


def test_a_learning_card_counts_as_its_memory_says() -> None:
    memory = recalled(None, Rating.GOOD, at=NOW)

    assert memory.phase == Phase.LEARNING
    assert remembering_of(deck(card(memory.due_at, memory=memory))).lede == ("The next one comes back today at 09:10.")
