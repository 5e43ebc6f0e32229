"""Which of many questions can have to do with each other, without comparing each with each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil
from typing import Protocol

RUN = re.compile(r"[^\W_]+")


class Traced(Protocol):
    """What is known of a question: its answers, all it shows, folded alike, and the roots of what it asks."""

    @property
    def keys(self) -> tuple[str, ...]: ...
    @property
    def shown(self) -> str: ...
    @property
    def roots(self) -> frozenset[str]: ...


def neighbours(traces: Sequence[Traced], *, near: float) -> list[tuple[int, int]]:
    """Pairs of places, the later first, in order: every pair of which one may show a key of the other, or which share
    at least `near` (0..1) of their roots; a few others are among them, and most are not.
    """
    found = {(max(pair), min(pair)) for pair in (*_tellers(traces), *_alike(traces, near)) if pair[0] != pair[1]}
    return sorted(found)


def _tellers(traces: Sequence[Traced]) -> Iterator[tuple[int, int]]:
    """A place and each that shows the rarest word of one of its keys: whoever shows the key shows that too."""
    showing: dict[str, list[int]] = {}
    for place, trace in enumerate(traces):
        for word in set(RUN.findall(trace.shown)):
            showing.setdefault(word, []).append(place)
    everywhere = range(len(traces))
    for place, trace in enumerate(traces):
        for key in trace.keys:
            places = [showing.get(word, []) for word in RUN.findall(key)]
            # A key of signs alone, such as “+”, has no word to be found by.
            for other in min(places, key=len) if places else everywhere:
                yield place, other


def _alike(traces: Sequence[Traced], near: float) -> Iterator[tuple[int, int]]:
    """Pairs that share one of the rarest roots of each, without which they cannot share enough.

    Prefix filtering: Bayardo, Ma and Srikant, "Scaling Up All Pairs Similarity Search", WWW 2007.
    """
    counts = Counter(root for trace in traces for root in trace.roots)
    earlier: dict[str, list[int]] = {}
    for place, trace in enumerate(traces):
        rarest = sorted(trace.roots, key=lambda root: (counts[root], root))
        for root in rarest[: len(rarest) - ceil(near * len(rarest)) + 1]:
            for other in earlier.get(root, ()):
                yield place, other
            earlier.setdefault(root, []).append(place)
