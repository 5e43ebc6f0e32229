"""Waits grow from seconds to a day, are spread a little, and heed what an endpoint asks for, within bounds."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks.sending import MOST_TRIES, wait_after
from hooks.sending.waiting import STEPS

FIRST = UUID(int=0)
TRIES = range(1, MOST_TRIES)
claims = st.integers(0, 2**128 - 1).map(lambda number: UUID(int=number))


def test_ten_tries_are_made_over_three_days_and_a_half() -> None:
    assert MOST_TRIES == 10
    waits = [wait_after(tries, claim=FIRST) for tries in TRIES]
    assert waits == [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]
    assert 3 < sum(waits) / 86_400 < 3.5


@given(st.sampled_from(TRIES), claims)
def test_a_wait_is_its_step_and_at_most_a_tenth_more(tries: int, claim: UUID) -> None:
    assert STEPS[tries - 1] <= wait_after(tries, claim=claim) <= STEPS[tries - 1] * 1.1


@given(claims)
def test_each_wait_is_longer_than_the_one_before(claim: UUID) -> None:
    waits = [wait_after(tries, claim=claim) for tries in TRIES]
    assert waits == sorted(set(waits))


def test_what_failed_together_comes_again_at_several_times() -> None:
    assert len({wait_after(4, claim=UUID(int=number)) for number in range(1_000)}) > 500


@pytest.mark.parametrize(
    ("asked", "waits"), [(0, 5), (4, 5), (60, 60), (86_400, 86_400), (999_999_999, 86_400), (-5, 5)]
)
def test_an_endpoint_may_ask_for_more_patience_up_to_a_day(asked: float, waits: float) -> None:
    assert wait_after(1, claim=FIRST, asked=asked) == waits
