"""A text cut where the words that questions rest on begin and end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.statistics.heat import Heated, Rest, heated
from quizzes.statistics.sums import MILLION, Sums

HALF, NONE = Sums.of_one(MILLION // 2, 0), Sums.of_one(0, 0)
rests = st.builds(
    Rest, st.integers(0, 60), st.integers(61, 80), st.builds(Sums.of_one, st.integers(0, MILLION), st.just(0))
)


def told(stretches: list[Heated]) -> list[tuple[int, int, int]]:
    return [(each.start, each.end, each.questions) for each in stretches]


@pytest.mark.parametrize(
    ("found", "stretches"),
    [
        ([], [(10, 30, 0)]),
        ([(10, 30)], [(10, 30, 1)]),
        ([(15, 20)], [(10, 15, 0), (15, 20, 1), (20, 30, 0)]),
        ([(0, 40)], [(10, 30, 1)]),
        ([(5, 15), (25, 35)], [(10, 15, 1), (15, 25, 0), (25, 30, 1)]),
        ([(12, 20), (16, 24)], [(10, 12, 0), (12, 16, 1), (16, 20, 2), (20, 24, 1), (24, 30, 0)]),
        ([(12, 20), (12, 20)], [(10, 12, 0), (12, 20, 2), (20, 30, 0)]),
        ([(0, 10), (30, 40)], [(10, 30, 0)]),
    ],
)
def test_a_text_is_cut_where_words_begin_and_end(
    found: list[tuple[int, int]], stretches: list[tuple[int, int, int]]
) -> None:
    assert told(heated(10, 30, [Rest(*span, HALF) for span in found])) == stretches


def test_what_was_lost_on_shared_words_is_that_of_all_answers() -> None:
    (both,) = heated(0, 5, [Rest(0, 5, HALF), Rest(0, 5, NONE)])
    assert (both.sums.responses, both.lost) == (2, 0.75)


def test_words_that_nobody_was_asked_about_lost_nothing_that_is_known() -> None:
    (alone,) = heated(0, 5, [])
    assert alone.lost is None


@given(st.integers(0, 40), st.integers(1, 40), st.lists(rests, max_size=8))
def test_stretches_joined_are_the_text(start: int, length: int, found: list[Rest]) -> None:
    stretches = heated(start, start + length, found)
    assert (stretches[0].start, stretches[-1].end) == (start, start + length)
    assert all(one.end == other.start for one, other in pairwise(stretches))
    assert all(each.start < each.end for each in stretches)


@given(st.integers(0, 40), st.integers(1, 40), st.lists(rests, max_size=8))
def test_every_character_has_the_answers_of_all_that_rests_on_it(start: int, length: int, found: list[Rest]) -> None:
    for each in heated(start, start + length, found):
        for at in range(each.start, each.end):
            own = [rest.sums for rest in found if rest.start <= at < rest.end]
            assert (each.questions, each.sums) == (len(own), sum(own, Sums()))


@given(st.lists(rests, max_size=8))
def test_the_order_of_the_questions_says_nothing(found: list[Rest]) -> None:
    assert heated(0, 80, found) == heated(0, 80, found[::-1])
