"""When a question is asked again, against FSRS's own published intervals and the laws of forgetting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.memory import WANTED, Memory, Phase, Rating, next_intervals, recalled, retrievability

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)

ratings = st.lists(st.sampled_from(Rating), min_size=1, max_size=12)
waits = st.integers(min_value=0, max_value=400)


def after(*given: Rating) -> Memory:
    """The memory after these ratings, each given at the moment it was due."""
    memory: Memory | None = None
    for rating in given:
        memory = recalled(memory, rating, at=memory.due_at if memory else NOW)
    assert memory is not None
    return memory


@pytest.mark.parametrize(
    ("given", "interval"),
    [
        ([Rating.GOOD], 10 * MINUTE),
        ([Rating.GOOD] * 2, 2 * DAY),
        ([Rating.GOOD] * 3, 11 * DAY),
        ([Rating.GOOD] * 4, 46 * DAY),
        ([*[Rating.GOOD] * 4, Rating.AGAIN], 10 * MINUTE),
        ([*[Rating.GOOD] * 4, Rating.AGAIN, Rating.GOOD], 3 * DAY),
    ],
)
def test_it_comes_back_when_fsrs_says(given: list[Rating], interval: timedelta) -> None:
    memory = after(*given)

    assert memory.due_at - memory.recalled_at == interval


@pytest.mark.parametrize(
    ("given", "phase"),
    [
        ([Rating.AGAIN], Phase.LEARNING),
        ([Rating.HARD], Phase.LEARNING),
        ([Rating.GOOD], Phase.LEARNING),
        ([Rating.EASY], Phase.REVIEW),
        ([Rating.GOOD, Rating.GOOD], Phase.REVIEW),
        ([Rating.GOOD, Rating.GOOD, Rating.AGAIN], Phase.RELEARNING),
        ([Rating.GOOD, Rating.GOOD, Rating.AGAIN, Rating.GOOD], Phase.REVIEW),
    ],
)
def test_it_is_learnt_within_minutes_and_reviewed_after_days(given: list[Rating], phase: Phase) -> None:
    memory = after(*given)

    assert memory.phase == phase
    assert (memory.step is None) == (phase == Phase.REVIEW)


def test_what_was_just_recalled_is_known_for_certain_and_what_is_due_to_nine_in_ten() -> None:
    memory = after(*[Rating.GOOD] * 4)

    assert retrievability(memory, at=memory.recalled_at) == 1
    assert retrievability(memory, at=memory.due_at) == pytest.approx(WANTED, abs=0.005)


@given(ratings, waits)
def test_a_memory_stays_within_its_ranges(given: list[Rating], late: int) -> None:
    memory: Memory | None = None
    for rating in given:
        memory = recalled(memory, rating, at=(memory.due_at if memory else NOW) + late * DAY)
        assert memory.stability > 0
        assert 1 <= memory.difficulty <= 10
        assert memory.due_at > memory.recalled_at


@given(ratings)
def test_the_chance_falls_day_by_day_and_never_below_none(given: list[Rating]) -> None:
    memory = after(*given)
    chances = [retrievability(memory, at=memory.recalled_at + day * DAY) for day in range(0, 300, 10)]

    assert all(earlier >= later for earlier, later in pairwise(chances))
    assert all(0 < chance <= 1 for chance in chances)


@given(ratings)
def test_a_better_rating_never_brings_it_back_earlier(given: list[Rating]) -> None:
    memory = after(*given)
    intervals = next_intervals(memory, at=memory.due_at)

    assert list(intervals) == list(Rating)
    assert all(worse <= better for worse, better in pairwise(intervals.values()))


@given(ratings, st.sampled_from(Rating))
def test_the_interval_that_is_told_is_the_one_that_is_kept(given: list[Rating], rating: Rating) -> None:
    memory = after(*given)
    told = next_intervals(memory, at=memory.due_at)[rating]

    assert recalled(memory, rating, at=memory.due_at).due_at == memory.due_at + told


def test_a_question_never_asked_is_told_its_first_intervals() -> None:
    assert next_intervals(None, at=NOW)[Rating.GOOD] == 10 * MINUTE


@given(ratings)
def test_the_same_ratings_make_the_same_memory(given: list[Rating]) -> None:
    assert after(*given) == after(*given)


def test_the_time_zone_that_a_moment_is_told_in_changes_nothing() -> None:
    elsewhere = timezone(timedelta(hours=9))

    here = recalled(None, Rating.GOOD, at=NOW)
    there = recalled(None, Rating.GOOD, at=NOW.astimezone(elsewhere))

    assert (there.due_at, there.stability) == (here.due_at, here.stability)
    assert retrievability(there, at=(NOW + DAY).astimezone(elsewhere)) == retrievability(here, at=NOW + DAY)


PUBLISHED = [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]
"""Days between reviews after these ratings, as the tests of the reference implementation of FSRS-6 have them
(open-spaced-repetition, py-fsrs, test_review_card)."""
RATED = [*[Rating.GOOD] * 6, Rating.AGAIN, Rating.AGAIN, *[Rating.GOOD] * 5]


def test_the_published_vector_comes_out() -> None:
    memory, intervals = None, []
    for rating in RATED:
        memory = recalled(memory, rating, at=memory.due_at if memory else NOW)
        intervals.append((memory.due_at - memory.recalled_at).days)
    assert intervals == PUBLISHED


@given(ratings, st.integers(1, 60))
def test_the_later_it_is_still_known_the_longer_it_holds(given: list[Rating], days: int) -> None:
    """The spacing effect: a recall tells more when it was nearly forgotten."""
    memory = after(*given)
    soon, late = (recalled(memory, Rating.GOOD, at=memory.due_at + wait * DAY) for wait in (0, days))
    assert late.stability >= soon.stability * (1 - 1e-9)


@given(ratings)
def test_forgetting_makes_it_harder_and_shorter_and_recalling_neither(given: list[Rating]) -> None:
    memory = after(*given)
    forgotten, easy = (recalled(memory, rating, at=memory.due_at) for rating in (Rating.AGAIN, Rating.EASY))
    assert forgotten.difficulty >= memory.difficulty - 1e-9
    assert forgotten.stability <= memory.stability + 1e-9
    assert easy.difficulty <= forgotten.difficulty
    assert easy.stability >= forgotten.stability


@given(ratings, st.integers(-300, 300))
def test_a_chance_is_one_of_nothing_to_one_at_whatever_moment(given: list[Rating], days: int) -> None:
    memory = after(*given)
    assert 0 < retrievability(memory, at=memory.recalled_at + days * DAY) <= 1


@pytest.mark.parametrize("rating", Rating)
def test_a_first_rating_starts_as_hard_as_it_was(rating: Rating) -> None:
    """The better the first rating, the less difficult and the more stable it starts."""
    first = recalled(None, rating, at=NOW)
    for better in [each for each in Rating if each > rating]:
        other = recalled(None, better, at=NOW)
        assert other.difficulty <= first.difficulty
        assert other.stability > first.stability
