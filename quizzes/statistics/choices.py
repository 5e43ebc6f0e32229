"""What was answered, how often and by whom: the answers to one question, filed by bucket and by fifths of learners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

FIFTHS = 5


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as it was filed: its bucket, what it earned of its question, 0 to 1, and the attempt's total."""

    bucket: str
    fraction: float
    total: float


@dataclass(frozen=True, slots=True)
class Choice:
    """A bucket: how many gave it, which share of all answers that is, and what it earned on average, both 0 to 1.

    `fifths` has the share of each fifth of the learners who gave it, the weakest first; None for a fifth of nobody.
    """

    bucket: str
    count: int
    share: float
    credit: float
    fifths: tuple[float | None, ...]


def fifths_of(totals: Sequence[float]) -> list[int]:
    """For each attempt its fifth by its total, 0 for the weakest to 4; equal totals are in one fifth, the middle one.

    So which fifth somebody is in never hangs on the order of the rows.
    """
    counts = Counter(totals)
    fifth, below = {}, 0
    for total in sorted(counts):
        fifth[total] = min(FIFTHS - 1, int(FIFTHS * (below + counts[total] / 2) / len(totals)))
        below += counts[total]
    return [fifth[total] for total in totals]


def choices_of(answers: Sequence[Given]) -> list[Choice]:
    """The buckets of these answers to one question: what earned most first, of those the most frequent."""
    placed = list(zip(answers, fifths_of([each.total for each in answers]), strict=True))
    sizes = Counter(fifth for _, fifth in placed)
    by_bucket: dict[str, list[tuple[Given, int]]] = {}
    for given, fifth in placed:
        by_bucket.setdefault(given.bucket, []).append((given, fifth))
    found = [_choice(bucket, own, sizes, len(answers)) for bucket, own in by_bucket.items()]
    return sorted(found, key=lambda choice: (-choice.credit, -choice.count, choice.bucket))


def _choice(bucket: str, own: Sequence[tuple[Given, int]], sizes: Counter[int], total: int) -> Choice:
    here = Counter(fifth for _, fifth in own)
    shares = (here[fifth] / sizes[fifth] if sizes[fifth] else None for fifth in range(FIFTHS))
    credit = fmean(sorted(given.fraction for given, _ in own))
    return Choice(bucket, len(own), len(own) / total, credit, tuple(shares))
