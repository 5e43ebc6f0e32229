"""One rank over all candidates: the sum of weights, walked down so that the list stays varied."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from course.reading.concepts.candidates import Candidate, Range
from course.reading.concepts.features import Features

_SINGLE_SHARE = 0.22
_NAME_SHARE = 0.15
_LEAST = 3
_MARKS_OF_TERMS = frozenset({"naming", "defined", "apposed", "quoted"})


@dataclass(slots=True)
class Ranked:
    """A candidate with its features, their weighted sum, and what the variety of the list asks about it."""

    candidate: Candidate
    features: Features
    total: float
    is_name: bool
    is_single: bool
    passages: frozenset[int]
    words: frozenset[str]


def total(features: Features, weights: Mapping[str, float]) -> float:
    """The weighted sum of the features; a feature without a weight counts nothing."""
    return sum(value * weights.get(name, 0.0) for name, value in features.items())


def varied(ranked: Sequence[Ranked], *, limit: int, crowded: float) -> list[Ranked]:
    """The best of them, at most `limit`, none overlapping another in the text.

    A single word keeps only its mentions outside of a longer term that the text marks as one. Single words and names
    are capped at a share of the list. Each further candidate from the same passage, and each further name, gets
    `crowded` added to its total.
    """
    listed: list[Ranked] = []
    taken: set[int] = set()
    names = 0
    crowd: Counter[int] = Counter()
    caps = {"single": max(_LEAST, round(_SINGLE_SHARE * limit)), "name": max(_LEAST, round(_NAME_SHARE * limit))}
    heap = [(-each.total, each.candidate.mentions[0], i) for i, each in enumerate(ranked) if each.candidate.mentions]
    heapq.heapify(heap)
    while heap and len(listed) < limit:
        key, place, i = heapq.heappop(heap)
        each = ranked[i]
        parts = [other for other in listed if _gives_way(other, each)]
        if not _fits(each, taken, listed, caps, parts):
            continue
        fewest = min((crowd[passage] for passage in each.passages), default=0)
        current = -(each.total + crowded * (fewest + (names if each.is_name else 0)))
        if current > key + 1e-9:
            heapq.heappush(heap, (current, place, i))
            continue
        for other in parts:
            other.candidate.mentions = _outside(other, each)
        listed.append(each)
        taken.update(_tokens(each))
        crowd.update(each.passages)
        names += each.is_name
        caps["single"] -= each.is_single and not each.is_name
        caps["name"] -= each.is_name
    return listed


def _tokens(ranked: Ranked) -> set[int]:
    return {i for first, last in ranked.candidate.mentions for i in range(first, last)}


def _gives_way(other: Ranked, each: Ranked) -> bool:
    """Whether a listed single word is but a part of a term that the text marks as one, and stands elsewhere too."""
    is_part = other.is_single and other.words < each.words
    return is_part and bool(_MARKS_OF_TERMS & each.features.keys()) and bool(_outside(other, each))


def _outside(other: Ranked, each: Ranked) -> list[Range]:
    """The mentions of the one that are no part of a mention of the other."""
    inside = _tokens(each)
    return [(first, last) for first, last in other.candidate.mentions if not inside & set(range(first, last))]


def _fits(
    each: Ranked, taken: set[int], listed: Sequence[Ranked], caps: Mapping[str, int], parts: Sequence[Ranked]
) -> bool:
    """Whether there is still room for it, and nothing listed is in its way but the parts that give way to it."""
    if (each.is_name and caps["name"] <= 0) or (each.is_single and not each.is_name and caps["single"] <= 0):
        return False
    free = {i for part in parts for i in _tokens(part)}
    if any(i in taken and i not in free for first, last in each.candidate.mentions for i in range(first, last)):
        return False
    in_the_way = (other for other in listed if each.words <= other.words or other.words <= each.words)
    return all(any(other is part for part in parts) for other in in_the_way)
