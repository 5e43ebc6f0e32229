"""The rule by which a quiz item draws questions for each attempt. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from random import Random
from typing import Any

MOST_TAKEN = 100


@dataclass(frozen=True, slots=True)
class Pool:
    """So many questions of a course, drawn among those with the tag or on the concept (its slug): one of the two."""

    take: int
    tag: str = ""
    concept: str = ""

    def __str__(self) -> str:
        among = f"tagged “{self.tag}”" if self.tag else f"on “{self.concept}”"
        return f"{self.take} of the questions {among}"


def pool_of(stored: Mapping[str, Any]) -> Pool:
    """The pool as an item stores it: {"take": 2, "tag": "…"} or {"take": 2, "concept": "…"}."""
    return Pool(stored["take"], stored.get("tag", ""), stored.get("concept", ""))


def as_stored(pool: Pool) -> dict[str, Any]:
    """What an item stores of it: pool_of(as_stored(pool)) == pool."""
    return {"take": pool.take, "tag": pool.tag} if pool.tag else {"take": pool.take, "concept": pool.concept}


def pool_problems(stored: Any) -> Iterator[str]:
    """What is wrong with a stored pool, as sentences; none for one that can be used. Never raises, whatever JSON."""
    if not isinstance(stored, Mapping) or not {"take"} < set(stored) <= {"take", "tag", "concept"} or len(stored) != 2:
        yield "A pool says how many questions to take, and either a tag or a concept to take them from."
        return
    take = stored["take"]
    if isinstance(take, bool) or not isinstance(take, int) or not 1 <= take <= MOST_TAKEN:
        yield f"A pool takes from 1 to {MOST_TAKEN} questions."
    source = stored.get("tag", stored.get("concept"))
    if not isinstance(source, str) or not source.strip():
        yield "Name the tag or the concept that the pool takes its questions from."


def draw(candidates: Sequence[int], *, take: int, seed: int, place: int, taken: AbstractSet[int]) -> list[int] | None:
    """`take` of the candidates that are not taken yet, in the order drawn; None when there are too few.

    The same candidates, seed and place give the same draw. `place` is the item's position in the quiz.
    """
    left = [candidate for candidate in candidates if candidate not in taken]
    if len(left) < take:
        return None
    return Random(f"{seed}/{place}").sample(left, take)  # noqa: S311 -- which questions are drawn is no secret


def shortages(pools: Sequence[tuple[Pool, AbstractSet[int]]], *, fixed: AbstractSet[int]) -> list[tuple[Pool, int]]:
    """Each pool that could run short in some attempt, with how many questions it can be sure of, at least 0.

    The worst case of drawing in order: the fixed questions are gone, and every pool before took all it could from here.
    """
    found = []
    for index, (pool, reach) in enumerate(pools):
        own = reach - fixed
        gone = sum(min(other.take, len(own & others)) for other, others in pools[:index])
        if len(own) - gone < pool.take:
            found.append((pool, max(0, len(own) - gone)))
    return found
