"""What was answered, how often and by whom: the answers to one question, filed by bucket and by fifths of learners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

FIFTHS = 5


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was filed: its bucket, what it earned of its question, 0 to 1, and the attempt's total.

    So many (`count`) were alike in all of that.
    """

    bucket: str
    fraction: float
    total: float
    count: int = 1


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


def fifths_of(totals: Mapping[float, int]) -> dict[float, int]:
    """The fifth of each total, of which there are so many: 0 for the weakest to 4.

    Equal totals are in one fifth, the one that their middle is in: it never hangs on the order of the rows.
    """
    number = sum(totals.values())
    fifths, below = {}, 0
    for total in sorted(totals):
        fifths[total] = min(FIFTHS - 1, int(FIFTHS * (below + totals[total] / 2) / number))
        below += totals[total]
    return fifths


def choices_of(answers: Sequence[Given]) -> list[Choice]:
    """The buckets of these answers to one question: what earned most first, of those the most frequent."""
    totals: Counter[float] = Counter()
    for given in answers:
        totals[given.total] += given.count
    fifths = fifths_of(totals)
    sizes: Counter[int] = Counter()
    for total, count in totals.items():
        sizes[fifths[total]] += count
    by_bucket: dict[str, list[Given]] = {}
    for given in answers:
        by_bucket.setdefault(given.bucket, []).append(given)
    found = [_choice(bucket, own, fifths, sizes) for bucket, own in by_bucket.items()]
    return sorted(found, key=lambda choice: (-choice.credit, -choice.count, choice.bucket))


def _choice(bucket: str, own: Sequence[Given], fifths: Mapping[float, int], sizes: Counter[int]) -> Choice:
    here: Counter[int] = Counter()
    for given in own:
        here[fifths[given.total]] += given.count
    count = here.total()
    shares = (here[fifth] / sizes[fifth] if sizes[fifth] else None for fifth in range(FIFTHS))
    credit = fsum(given.fraction * given.count for given in own) / count
    return Choice(bucket, count, count / sizes.total(), credit, tuple(shares))
