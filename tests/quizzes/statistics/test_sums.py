"""Sums say the same as the answers they were made of."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.statistics.questions import question_figures
from quizzes.statistics.sums import MILLION, Sums
from tests.quizzes.statistics.sheets import sheet_of

millionths = st.integers(0, MILLION)
pairs = st.lists(st.tuples(millionths, millionths), max_size=9)


def summed(found: list[tuple[int, int]]) -> Sums:
    return reduce(lambda one, other: one + other, (Sums.of_one(*pair) for pair in found), Sums())


def test_nothing_has_no_figures() -> None:
    assert (Sums().facility, Sums().deviation, Sums().discrimination) == (None, None, None)


def test_one_attempt_has_a_facility_and_nothing_else() -> None:
    one = Sums.of_one(250_000, 500_000)

    assert (one.facility, one.deviation, one.discrimination) == (25, None, None)


def test_what_does_not_vary_does_not_discriminate_however_odd_its_fraction() -> None:
    assert summed([(333_333, number) for number in range(7)]).discrimination is None


@given(pairs.filter(lambda found: len(found) > 1))
def test_they_say_what_all_answers_say(found: list[tuple[int, int]]) -> None:
    figures = question_figures(sheet_of([[own / MILLION, rest / MILLION] for own, rest in found]))[0]
    sums = summed(found)

    assert sums.responses == figures.count
    assert sums.facility == pytest.approx(figures.facility)
    assert sums.deviation == pytest.approx(figures.deviation, abs=1e-4)
    assert sums.discrimination is None or abs(sums.discrimination) <= 100.000001


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=3, max_size=9))
def test_discrimination_is_that_of_all_answers(found: list[tuple[int, int]]) -> None:
    figures = question_figures(sheet_of([[own / 4, rest / 4] for own, rest in found]))[0]
    quarter = MILLION // 4

    sums = summed([(own * quarter, rest * quarter) for own, rest in found])

    if figures.discrimination is None:
        assert sums.discrimination is None
    else:
        assert sums.discrimination == pytest.approx(figures.discrimination, abs=1e-6)


@given(pairs, pairs)
def test_adding_is_counting_together(some: list[tuple[int, int]], others: list[tuple[int, int]]) -> None:
    assert summed(some) + summed(others) == summed([*others, *some])


@given(pairs.filter(bool), st.integers(1, 5))
def test_so_many_times_is_adding_so_often(found: list[tuple[int, int]], times: int) -> None:
    assert summed(found) * times == summed(found * times)
