"""Near duplicates are found as comparing each with each would find them, with far fewer comparisons."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.near_duplicates import ALIKE, likeness, near_duplicates

words = st.sampled_from("the wall above lake feeds two towns who built it why".split())
texts = st.lists(st.lists(words, max_size=8).map(" ".join), max_size=12).map(lambda each: dict(enumerate(each)))


def one_by_one(texts: dict[int, str], at_least: float) -> dict[int, list[int]]:
    """The groups by comparing every text with every first before it."""
    groups: dict[int, list[int]] = {}
    for key, text in texts.items():
        likest = max(groups, key=lambda first: (likeness(texts[first], text), -first), default=None)
        if likest is not None and likeness(texts[likest], text) >= at_least:
            groups[likest].append(key)
        elif text:
            groups[key] = []
    return {first: others for first, others in groups.items() if others}


@given(texts, st.sampled_from([0.3, 0.5, 0.55, 0.56, 0.6, 0.75, 1.0]))
def test_nothing_is_missed_by_not_comparing(given_texts: dict[int, str], at_least: float) -> None:
    found = near_duplicates(given_texts, at_least=at_least)
    assert {group.first: [key for key, _ in group.others] for group in found.groups} == one_by_one(
        given_texts, at_least
    )


@pytest.mark.parametrize(("hundredths", "shared"), [(56, 14), (28, 7), (60, 15), (68, 17), (76, 19), (92, 23)])
def test_two_that_are_exactly_so_alike_are_found_whatever_the_share_is_rounded_to(hundredths: int, shared: int) -> None:
    """Of 25 features the one has 25 and the other those that are shared, the commonest of all."""
    words = [f"w{at:02}" for at in range(13)]
    one = " ".join(words)
    pieces = words[: (shared + 1) // 2]
    other = " ".join(pieces)
    assert likeness(one, other) == (2 * len(pieces) - 1) / 25
    found = near_duplicates({"one": one, "other": other, "more": other}, at_least=likeness(one, other))
    assert [each.first for each in found.groups] == ["one"]
    assert hundredths / 100 == pytest.approx(shared / 25)


@given(texts)
def test_each_is_like_its_first_and_no_two_firsts_are(given_texts: dict[int, str]) -> None:
    found = near_duplicates(given_texts)
    for group in found.groups:
        for key, like in group.others:
            assert like == likeness(given_texts[group.first], given_texts[key]) >= ALIKE
            assert key > group.first
    firsts = [group.first for group in found.groups]
    assert all(likeness(given_texts[a], given_texts[b]) < ALIKE for a in firsts for b in firsts if a < b)


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        ("who built the wall above the lake", "who built the wall above the lake", True),
        ("who built the wall above the lake", "who broke the wall over the lake", False),
        ("who built the wall above the lake in 1931", "who built the wall above the lake in 1932", True),
        ("who built the wall above the lake", "why do two towns drink from it", False),
        ("the lake the wall", "the wall the lake", True),
        ("", "", False),
        ("...", "...", False),
    ],
)
def test_words_and_their_neighbours_decide(one: str, other: str, is_near: bool) -> None:
    assert (likeness(one, other) >= ALIKE) == is_near
    assert bool(near_duplicates({"one": one, "other": other}).groups) == is_near


def invented(count: int, *, seed: int = 1) -> dict[int, str]:
    """Questions of a common pattern about things of their own, every tenth almost one before it."""
    random = Random(seed)
    vocabulary = [f"word{n}" for n in range(4_000)]
    texts: dict[int, str] = {}
    for key in range(count):
        if key % 10 == 9:
            texts[key] = texts[key - 5] + " exactly"
        else:
            texts[key] = "which of these does the author say about " + " ".join(random.sample(vocabulary, 14))
    return texts


@pytest.mark.parametrize("count", [250, 500, 1_000, 2_000])
def test_of_a_hundred_pairs_one_is_compared_at_most(count: int) -> None:
    found = near_duplicates(invented(count))
    assert sum(len(group.others) for group in found.groups) == count // 10
    assert found.comparisons <= count * (count - 1) / 2 / 100


def test_a_thousand_times_the_same_is_one_group_with_one_comparison_each() -> None:
    found = near_duplicates(dict.fromkeys(range(1_000), "who built the wall"))
    assert [len(group.others) for group in found.groups] == [999]
    assert found.comparisons == 999
