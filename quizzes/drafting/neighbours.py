"""Which of many questions can have to do with each other, without comparing each with each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Protocol

RUN = re.compile(r"[^\W_]+")
FEW = 8
"""So many are compared with all others sooner than the words of all are put in an index (measured with 2,000)."""


class Traced(Protocol):
    """What is known of a question: its answers, all it shows, folded alike, and the roots of what it asks."""

    @property
    def keys(self) -> tuple[str, ...]: ...
    @property
    def shown(self) -> str: ...
    @property
    def roots(self) -> frozenset[str]: ...


def neighbours(
    traces: Sequence[Traced], *, near: float, looked_at: Collection[int] | None = None
) -> list[tuple[int, int]]:
    """Pairs of places, the later first, in order: every pair of which one may show a key of the other, or which share
    at least `near` (0..1) of their roots; a few others are among them, and most are not.

    Only pairs with one of the places that are looked at, None meaning all: the fewer, the less it costs.
    """
    places = frozenset(range(len(traces)) if looked_at is None else looked_at)
    if len(places) <= FEW:
        pairs = tuple(_beside_few(traces, near, places))
    else:
        pairs = (*_tellers(traces, places), *_alike(traces, near, places))
    return sorted({(max(pair), min(pair)) for pair in pairs if pair[0] != pair[1]})


def _beside_few(traces: Sequence[Traced], near: float, looked_at: frozenset[int]) -> Iterator[tuple[int, int]]:
    for place in looked_at:
        here = traces[place]
        for other, there in enumerate(traces):
            if _shows_key(here, there) or _shows_key(there, here) or share_enough(here.roots, there.roots, near):
                yield place, other


def _shows_key(asked: Traced, shown: Traced) -> bool:
    return any(key in shown.shown for key in asked.keys)


def share_enough(left: frozenset[str], right: frozenset[str], near: float) -> bool:
    """Whether at least `near` (0..1) of all their roots are roots of both."""
    # By their numbers first: what is much longer cannot be nearly the same.
    smaller, larger = sorted((len(left), len(right)))
    if not smaller or smaller < near * larger:
        return False
    shared = len(left & right)
    return shared >= near * (smaller + larger - shared)


def _tellers(traces: Sequence[Traced], looked_at: frozenset[int]) -> Iterator[tuple[int, int]]:
    """A place and each that shows a key of it, found by the rarest word of the key."""
    everywhere, there = _by_word(traces, range(len(traces))), _by_word(traces, looked_at)
    for place, trace in enumerate(traces):
        words = everywhere if place in looked_at else there
        for key in trace.keys:
            for other in words.may_show(key):
                if key in traces[other].shown:
                    yield place, other


@dataclass(frozen=True, slots=True)
class _Words:
    """By word the places that show it, and all places there are."""

    showing: Mapping[str, Sequence[int]]
    everywhere: Sequence[int]

    def may_show(self, key: str) -> Sequence[int]:
        """The places that show the word of the key which fewest show: whoever shows the key is among them."""
        places = [self.showing.get(word, ()) for word in RUN.findall(key)]
        # A key of signs alone, such as “+”, has no word to be found by.
        return min(places, key=len) if places else self.everywhere


def _by_word(traces: Sequence[Traced], places: Iterable[int]) -> _Words:
    among, showing = sorted(places), dict[str, list[int]]()
    for place in among:
        for word in set(RUN.findall(traces[place].shown)):
            showing.setdefault(word, []).append(place)
    return _Words(showing, among)


def _alike(traces: Sequence[Traced], near: float, looked_at: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Pairs that share one of the rarest roots of each, without which they cannot share enough.

    Prefix filtering: Bayardo, Ma and Srikant, "Scaling Up All Pairs Similarity Search", WWW 2007.
    """
    counts = Counter(root for trace in traces for root in trace.roots)
    rarest = [_rarest(trace.roots, counts, near) for trace in traces]
    having: dict[str, list[int]] = {}
    for place in sorted(looked_at):
        for root in rarest[place]:
            having.setdefault(root, []).append(place)
    for place, roots in enumerate(rarest):
        for root in roots:
            for other in having.get(root, ()):
                yield place, other


def _rarest(roots: frozenset[str], counts: Mapping[str, int], near: float) -> list[str]:
    """So many of the rarest roots that whatever shares `near` of all of them shares one of these."""
    ordered = sorted(roots, key=lambda root: (counts[root], root))
    return ordered[: len(ordered) - ceil(near * len(ordered)) + 1]
