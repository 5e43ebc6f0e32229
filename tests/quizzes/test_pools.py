"""Pools: how questions are drawn, and when there might be too few."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.pools import Pool, as_stored, draw, pool_of, pool_problems, shortages

TAG, CONCEPT = Pool(2, tag="rivers"), Pool(1, concept="thirst-machine")
keys = st.frozensets(st.integers(1, 30), max_size=12)


@pytest.mark.parametrize("pool", [TAG, CONCEPT])
def test_a_pool_comes_back_from_what_is_stored(pool: Pool) -> None:
    assert pool_of(as_stored(pool)) == pool
    assert list(pool_problems(as_stored(pool))) == []


def test_a_pool_says_what_it_takes() -> None:
    assert [str(TAG), str(CONCEPT)] == ["2 of the questions tagged “rivers”", "1 of the questions on “thirst-machine”"]


SHAPE = "A pool says how many questions to take, and either a tag or a concept to take them from."
TAKE = "A pool takes from 1 to 100 questions."
SOURCE = "Name the tag or the concept that the pool takes its questions from."


@pytest.mark.parametrize(
    ("stored", "problems"),
    [
        ([], [SHAPE]),
        ({"take": 1}, [SHAPE]),
        ({"tag": "a"}, [SHAPE]),
        ({"take": 1, "tag": "a", "concept": "b"}, [SHAPE]),
        ({"take": 1, "kind": "cloze"}, [SHAPE]),
        ({"take": 0, "tag": "a"}, [TAKE]),
        ({"take": True, "tag": "a"}, [TAKE]),
        ({"take": "2", "concept": "a"}, [TAKE]),
        ({"take": 101, "tag": " "}, [TAKE, SOURCE]),
        ({"take": 1, "concept": 3}, [SOURCE]),
    ],
)
def test_what_is_wrong_with_a_pool_is_said(stored: Any, problems: list[str]) -> None:
    assert list(pool_problems(stored)) == problems


@given(st.lists(st.integers(), unique=True, max_size=12), st.integers(1, 12), st.integers(), st.integers(1, 9), keys)
def test_a_draw_takes_the_number_asked_without_what_is_taken_or_nothing(
    candidates: list[int], take: int, seed: int, place: int, taken: frozenset[int]
) -> None:
    drawn = draw(candidates, take=take, seed=seed, place=place, taken=taken)

    if len(set(candidates) - taken) < take:
        assert drawn is None
    else:
        assert drawn is not None
        assert len(set(drawn)) == take
        assert set(drawn) <= set(candidates) - taken
        assert drawn == draw(candidates, take=take, seed=seed, place=place, taken=taken)


def test_attempts_with_other_seeds_draw_otherwise_and_every_question_has_its_turn() -> None:
    draws = [draw(range(6), take=2, seed=seed, place=1, taken=set()) for seed in range(60)]

    assert {question for drawn in draws for question in drawn or []} == set(range(6))
    assert len({tuple(drawn or []) for drawn in draws}) > 10


@given(st.lists(st.tuples(st.integers(1, 4), keys), max_size=4), keys, st.integers(0, 40))
def test_where_no_shortage_is_told_no_draw_runs_short(
    pools: list[tuple[int, frozenset[int]]], fixed: frozenset[int], seed: int
) -> None:
    reaches = [(Pool(take, tag=f"t{n}"), reach) for n, (take, reach) in enumerate(pools)]
    taken = set(fixed)
    short = False
    for place, (pool, reach) in enumerate(reaches):
        drawn = draw(sorted(reach), take=pool.take, seed=seed, place=place, taken=taken)
        short = short or drawn is None
        taken.update(drawn or [])

    assert not short or shortages(reaches, fixed=fixed)


def test_a_shortage_says_what_a_pool_can_be_sure_of() -> None:
    first, second = Pool(2, tag="a"), Pool(3, tag="b")

    found = shortages([(first, {1, 2, 3, 4}), (second, {3, 4, 5, 6})], fixed={6})

    assert found == [(second, 1)]
