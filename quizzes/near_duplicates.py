"""Which texts say nearly the same, without comparing each with each. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Generic, TypeVar

WORD = re.compile(r"\w+")
ALIKE = 0.6
"""From which share of common words and pairs of words on, 0..1, two questions are near duplicates."""
ROUNDING = 1e-9
"""What a product of a share and a number may be too large by."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Duplicates(Generic[Key]):
    """Texts that are nearly the `first`, each with its likeness to it, 0..1, in the order given."""

    first: Key
    others: tuple[tuple[Key, float], ...]


@dataclass(frozen=True, slots=True)
class Found(Generic[Key]):
    """The groups of near duplicates, each text in one at most, and how many pairs had to be compared."""

    groups: tuple[Duplicates[Key], ...]
    comparisons: int


def near_duplicates(texts: Mapping[Key, str], *, at_least: float = ALIKE) -> Found[Key]:
    """Every text, in order, joins the likest earlier one that stands for a group, or stands for one of its own.

    So each of a group is at least so like its first, and no two firsts are. Likeness is Jaccard's index over words and
    pairs of neighbouring words. Two texts can only be so alike if they share one of the rarest features of each: what
    shares none is never compared (prefix filtering: Bayardo, Ma and Srikant, "Scaling Up All Pairs Similarity Search",
    WWW 2007; Xiao et al., "Efficient Similarity Joins for Near-Duplicate Detection", WWW 2008).
    """
    found = {key: features for key, text in texts.items() if (features := _features(text))}
    counts = Counter(feature for features in found.values() for feature in features)
    kept: _Firsts[Key] = _Firsts(at_least)
    groups: dict[Key, list[tuple[Key, float]]] = {}
    for key, features in found.items():
        rarest = sorted(features, key=lambda feature: (counts[feature], feature))
        prefix = rarest[: len(rarest) - ceil(at_least * len(rarest) - ROUNDING) + 1]
        first, like = kept.likest(features, prefix)
        if first is not None and like >= at_least:
            groups[first].append((key, like))
        else:
            groups[key] = []
            kept.add(key, features, prefix)
    duplicates = (Duplicates(first, tuple(others)) for first, others in groups.items() if others)
    return Found(tuple(duplicates), kept.comparisons)


class _Firsts(Generic[Key]):
    """The texts that stand for groups, found by their rarest features."""

    def __init__(self, at_least: float) -> None:
        self.at_least = at_least
        self.comparisons = 0
        self._features: dict[Key, frozenset[str]] = {}
        self._order: dict[Key, int] = {}
        self._by_feature: dict[str, list[Key]] = {}

    def add(self, key: Key, features: frozenset[str], prefix: Sequence[str]) -> None:
        self._features[key] = features
        self._order[key] = len(self._order)
        for feature in prefix:
            self._by_feature.setdefault(feature, []).append(key)

    def likest(self, features: frozenset[str], prefix: Sequence[str]) -> tuple[Key | None, float]:
        """The first of the group that these features are likest to, the earliest of several; None without any near."""
        best: tuple[Key | None, float] = (None, 0.0)
        near = {first for feature in prefix for first in self._by_feature.get(feature, ())}
        for first in sorted(near, key=self._order.__getitem__):
            if _may_be_alike(len(self._features[first]), len(features), self.at_least):
                self.comparisons += 1
                like = _jaccard(self._features[first], features)
                if like > best[1]:
                    best = first, like
        return best


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0..1; two without any word are not alike at all."""
    return _jaccard(frozenset(_features(one)), frozenset(_features(other)))


def _features(text: str) -> frozenset[str]:
    words = WORD.findall(text)
    return frozenset(words) | {f"{first} {second}" for first, second in pairwise(words)}


def _may_be_alike(one: int, other: int, at_least: float) -> bool:
    return min(one, other) >= at_least * max(one, other) - ROUNDING


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0
