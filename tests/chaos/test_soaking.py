"""What a soak counts, and when it says that nothing was lost."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest

from tests.chaos.soaking import FAULTS, FURTHER, Soaked, in_turn
from tests.chaos.workload import Tally

WHOLE = {"submitted": 60, "graded": 58, "duplicates": 0, "given_up": 2, "runs": 70}
TWO_POISONED = Counter({"poison": 2, "kill_worker": 3})


def test_what_is_graded_once_or_given_up_with_cause_is_whole_and_told_with_what_was_injected() -> None:
    soaked = Soaked(TWO_POISONED, Tally(**WHOLE), 3.2)

    assert soaked.is_whole
    assert str(soaked) == "5 faults (3 × kill worker, 2 × poison): 0 of 60 lost, 0 twice, the last after 3 s"


@pytest.mark.parametrize(
    "wrong",
    [{"graded": 57}, {"duplicates": 1}, {"graded": 57, "given_up": 3}, {"graded": 59, "given_up": 1}],
    ids=["lost", "twice", "given up without cause", "graded what nobody outlives"],
)
def test_one_that_is_lost_doubled_or_given_up_without_cause_is_seen(wrong: dict[str, int]) -> None:
    assert not Soaked(TWO_POISONED, Tally(**(WHOLE | wrong)), 3.2).is_whole


def test_a_soak_that_counted_nothing_held_nothing() -> None:
    assert not Soaked().is_whole


def test_every_fault_has_its_turn_before_one_comes_again() -> None:
    faults = (*FAULTS, *FURTHER)
    turns = list(islice(in_turn(faults), 2 * len(faults)))

    assert set(turns[: len(faults)]) == set(turns[len(faults) :]) == set(faults)
