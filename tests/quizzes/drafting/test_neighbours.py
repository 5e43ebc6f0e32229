"""Neighbours: no pair that two rules look at is missed, and few others are compared."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.drafting.lint import NEAR, Trace, findings_between
from quizzes.drafting.neighbours import FEW, neighbours

words = st.sampled_from(["levy", "bridge", "lorry", "co-op", "3.5", "+", "straße", "half_time", "ΩΜ", "“quoted”"])
texts = st.lists(words, min_size=1, max_size=5).map(" ".join)
traces = st.lists(
    st.builds(
        Trace,
        keys=st.lists(texts, max_size=2).map(tuple),
        shown=texts,
        roots=st.frozensets(st.sampled_from("abcdefgh"), max_size=6),
    ),
    max_size=FEW + 6,
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


@given(traces, st.data())
def test_looking_at_some_finds_every_pair_with_one_of_them_that_breaks_a_rule(
    found: list[Trace], data: st.DataObject
) -> None:
    looked_at = data.draw(st.sets(st.sampled_from(range(len(found)))) if found else st.just(set()))
    pairs = neighbours(found, near=NEAR, looked_at=looked_at)
    breaking = {
        (later, earlier)
        for earlier, later in combinations(range(len(found)), 2)
        if looked_at & {earlier, later} and findings_between(found[later], found[earlier])
    }

    assert breaking <= set(pairs)
    assert all(looked_at & set(pair) for pair in pairs)
    assert pairs == sorted(set(pairs))


@given(traces)
def test_looking_at_all_is_looking_at_none_in_particular(found: list[Trace]) -> None:
    assert neighbours(found, near=NEAR, looked_at=range(len(found))) == neighbours(found, near=NEAR)


def test_looking_at_nothing_finds_nothing() -> None:
    assert neighbours(bank(50), near=NEAR, looked_at=[]) == []


def test_looking_at_one_of_a_bank_compares_it_with_its_twin_and_hardly_any_other() -> None:
    # Every tenth has the words of the one at half its place.
    pairs = neighbours(bank(2_000), near=NEAR, looked_at=[1_009])
    assert (1_009, 504) in pairs
    assert len(pairs) <= 20


@given(traces)
def test_looking_at_one_after_the_other_finds_what_looking_at_all_finds(found: list[Trace]) -> None:
    """Few are compared with each, many are found by their words: both find the same of what breaks a rule."""

    def breaking(pairs: list[tuple[int, int]]) -> set[tuple[int, int]]:
        return {(later, earlier) for later, earlier in pairs if findings_between(found[later], found[earlier])}

    one_by_one = [neighbours(found, near=NEAR, looked_at=[place]) for place in range(len(found))]
    assert set().union(*map(breaking, one_by_one)) == breaking(neighbours(found, near=NEAR))


@pytest.mark.parametrize("looked_at", [range(FEW), range(FEW + 1)])
def test_a_few_of_a_bank_have_their_twins_beside_them_however_they_are_found(looked_at: range) -> None:
    found = bank(500)
    twins = {(number, number // 2) for number in range(9, 500, 10) if number // 2 in looked_at}
    assert twins
    assert twins <= set(neighbours(found, near=NEAR, looked_at=looked_at))


@pytest.mark.parametrize(
    ("numbers", "are"),
    [((10, 10, 10), True), ((8, 10, 8), True), ((7, 10, 7), False), ((9, 9, 8), True), ((9, 9, 7), False)],
    ids=["the same", "four fifths of the longer", "less of the longer", "eight of ten", "seven of eleven"],
)
def test_roots_are_alike_by_their_share_of_all(numbers: tuple[int, int, int], are: bool) -> None:
    left, right, shared = numbers
    one = Trace((), "a", frozenset(f"both{n}" for n in range(shared)) | {f"left{n}" for n in range(left - shared)})
    other = Trace((), "b", frozenset(f"both{n}" for n in range(shared)) | {f"right{n}" for n in range(right - shared)})
    assert neighbours([one, other], near=NEAR) == ([(1, 0)] if are else [])
