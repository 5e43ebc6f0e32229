"""Which answers a person reads once: a law for every set of answers, and tables of what is and is not the same."""

from __future__ import annotations

from itertools import permutations
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.answer_groups import digest_of, is_near, near_groups, reads_as

WORDS = st.sampled_from(["the", "upper", "lower", "town", "towm", "built", "biult", "reservoir", "reservior", "not"])
TEXTS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
COUNTS = st.dictionaries(TEXTS, st.integers(1, 5), max_size=12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The upper town built it.", "the  upper town built it"),
        ("Upper town", "“the upper town”"),
        ("café", "cafe"),
        ("...", " ... "),
        (["s1", "s2"], ["s1", "s2"]),
        ({"g1": "a", "g2": "b"}, {"g2": "b", "g1": "a"}),
    ],
)
def test_these_read_the_same(one: Any, other: Any) -> None:
    assert reads_as(one) == reads_as(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("It was 1974.", "It was 1947."), ("...", "?!"), (["s1", "s2"], ["s2", "s1"])],
)
def test_these_do_not(one: Any, other: Any) -> None:
    assert reads_as(one) != reads_as(other)


@pytest.mark.parametrize(
    "other",
    ["the reservior belongs to the upper town", "the reservoir belogns to the upper town"],
)
def test_a_typing_slip_is_near(other: str) -> None:
    assert is_near("the reservoir belongs to the upper town", other)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("the reservoir belongs to the lower town", id="another word in a long answer"),
        pytest.param("the reservoir never belongs to the upper town", id="a negation"),
        pytest.param("the reservoir belongs to the upper town 2", id="a number"),
        pytest.param("the reservior belogns to the upper twon, they say", id="more than slips"),
        pytest.param("the upper town belongs to the reservoir", id="another order"),
    ],
)
def test_another_meaning_is_not_near_however_alike_it_looks(other: str) -> None:
    assert not is_near("the reservoir belongs to the upper town", other)


def test_the_most_frequent_wording_leads_and_the_next_frequent_follow() -> None:
    counts = {"reservior": 2, "reservoir": 9, "resrvoir": 3, "town": 5}
    assert near_groups(counts) == [("reservoir", "resrvoir", "reservior"), ("town",)]


def test_what_is_near_to_a_follower_only_is_a_group_of_its_own() -> None:
    counts = {"reservoirs hold": 3, "reservoirs hodl": 2, "reservoisr hodl": 1}
    for group in near_groups(counts):
        assert all(is_near(text, group[0]) for text in group[1:])


@given(COUNTS)
def test_every_text_is_in_one_group_near_to_its_leader(counts: dict[str, int]) -> None:
    groups = near_groups(counts)
    assert sorted(text for group in groups for text in group) == sorted(counts)
    for leader, *others in groups:
        assert all(is_near(text, leader) and counts[text] <= counts[leader] for text in others)


@given(COUNTS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_decides_nothing(counts: dict[str, int], chance: Any) -> None:
    shuffled = list(counts.items())
    chance.shuffle(shuffled)
    assert near_groups(dict(shuffled)) == near_groups(counts)


def test_a_digest_names_its_parts_and_their_order() -> None:
    names = [digest_of(*parts) for parts in permutations(("a", "b", "c"))]
    assert len({*names, digest_of("ab", "c"), digest_of("a", "bc")}) == 8
    assert {len(name) for name in names} == {16}


@pytest.mark.slow
def test_ten_thousand_different_answers_are_grouped_in_seconds() -> None:
    vocabulary = "upper lower town built wall above lake people water summer council engineers warned thirst".split()
    texts = {
        " ".join(vocabulary[(number // 14**place + place * number) % 14] for place in range(12)): 1
        for number in range(10_000)
    }
    start = process_time()
    groups = near_groups(texts)
    assert len(groups) > len(texts) // 2
    # A comparison of all with all would be fifty million and take minutes.
    assert process_time() - start < 20
