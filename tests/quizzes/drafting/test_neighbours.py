"""Neighbours: no pair that two rules look at is missed, and few others are compared."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.drafting.lint import NEAR, Trace, findings_between
from quizzes.drafting.neighbours import neighbours

words = st.sampled_from(["levy", "bridge", "lorry", "co-op", "3.5", "+", "straße", "half_time", "ΩΜ", "“quoted”"])
texts = st.lists(words, min_size=1, max_size=5).map(" ".join)
traces = st.lists(
    st.builds(
        Trace,
        keys=st.lists(texts, max_size=2).map(tuple),
        shown=texts,
        roots=st.frozensets(st.sampled_from("abcdefgh"), max_size=6),
    ),
    max_size=9,
)


@given(traces)
def test_every_pair_that_breaks_a_rule_is_a_neighbour(found: list[Trace]) -> None:
    breaking = [
        (later, earlier)
        for earlier, later in combinations(range(len(found)), 2)
        if findings_between(found[later], found[earlier])
    ]

    assert set(breaking) <= set(neighbours(found, near=NEAR))


@given(traces)
def test_a_pair_is_named_once_the_later_first_and_in_order(found: list[Trace]) -> None:
    pairs = neighbours(found, near=NEAR)

    assert pairs == sorted(set(pairs))
    assert all(later > earlier for later, earlier in pairs)


NOTHING: frozenset[str] = frozenset()
ASKS, TELLS = Trace(("levy",), "who pays", NOTHING), Trace((), "a levy is paid", NOTHING)
CASES = {
    "shows its key": (ASKS, TELLS, True),
    "shows the key of the other": (TELLS, ASKS, True),
    "shows only its own key": (Trace(("levy",), "levy", NOTHING), Trace((), "who pays", NOTHING), False),
    "shows a key that is a sign": (Trace(("+",), "", NOTHING), Trace((), "one + one", NOTHING), True),
    "the same roots": (Trace((), "a", frozenset("abcd")), Trace((), "b", frozenset("abcd")), True),
    "no root in common": (Trace((), "a", frozenset("abcd")), Trace((), "b", frozenset("wxyz")), False),
    "nothing asked": (Trace((), "a", NOTHING), Trace((), "a", NOTHING), False),
}


@pytest.mark.parametrize(("one", "other", "are"), CASES.values(), ids=CASES)
def test_what_makes_neighbours(one: Trace, other: Trace, are: bool) -> None:
    assert neighbours([one, other], near=NEAR) == ([(1, 0)] if are else [])


def bank(count: int) -> list[Trace]:
    """Questions of words of their own, every tenth one with the words of an earlier one."""
    draw = Random(count)
    vocabulary = [f"word{number}" for number in range(3_000)]
    found: list[Trace] = []
    for number in range(count):
        roots = found[number // 2].roots if number % 10 == 9 else frozenset(draw.sample(vocabulary, 12))
        found.append(Trace((" ".join(draw.sample(vocabulary, 6)),), " ".join(sorted(roots)), roots))
    return found


@pytest.mark.parametrize("count", [250, 500, 1_000, 2_000])
def test_of_fifty_pairs_of_a_bank_one_is_compared_at_most(count: int) -> None:
    pairs = neighbours(bank(count), near=NEAR)

    assert count // 10 <= len(pairs) <= count * (count - 1) / 2 / 50
