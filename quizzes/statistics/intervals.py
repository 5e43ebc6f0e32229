"""How sure a discrimination is: an interval that holds it with 95 % confidence.

Of few attempts the interval is bootstrapped (Efron 1979, percentiles), of many it is Fisher's: they agree there, and a
bootstrap costs as much as looking at every answer some hundred times.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh
from operator import mul
from random import Random
from statistics import fmean

from quizzes.statistics.moments import correlation

RESAMPLES = 400
MANY = 200
SEED = 1979
NORMAL = 1.959964
"""How many standard deviations hold 95 % of a normal distribution."""
FLAT = 1e-9
"""Values whose squared deviations add up to less do not vary."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, in per cent, -100 to 100."""

    low: float
    high: float


def interval_of(counted: Mapping[tuple[float, float], int]) -> Interval | None:
    """The interval of 100 times the correlation of these pairs, each as often as it is counted.

    None where it cannot be told because one of them does not vary.
    """
    xs, ys, count = [x for x, _ in counted], [y for _, y in counted], sum(counted.values())
    whole = correlation(xs, ys, list(counted.values()))
    if whole is None:
        return None
    if count > MANY:
        return _fisher(whole, count)
    # Sorted, so that the same pairs are drawn from in any order.
    return _bootstrapped(sorted(pair for pair, times in counted.items() for _ in range(times)))


def _fisher(r: float, count: int) -> Interval:
    """Fisher's z: atanh(r) is nearly normal, with a standard deviation of 1/√(n-3)."""
    if abs(r) == 1:
        return Interval(100 * r, 100 * r)
    middle, half = atanh(r), NORMAL / sqrt(count - 3)
    return Interval(100 * tanh(middle - half), 100 * tanh(middle + half))


def _bootstrapped(pairs: Sequence[tuple[float, float]]) -> Interval | None:
    draw = Random(SEED)  # noqa: S311 -- the same draws for the same answers: nothing secret hangs on them
    xs, ys = _centred([x for x, _ in pairs]), _centred([y for _, y in pairs])
    found = [_resampled(xs, ys, draw.choices(range(len(pairs)), k=len(pairs))) for _ in range(RESAMPLES)]
    known = sorted(value for value in found if value is not None)
    if not known:
        return None
    return Interval(100 * _quantile(known, 0.025), 100 * _quantile(known, 0.975))


def _centred(values: Sequence[float]) -> list[float]:
    middle = fmean(values)
    return [value - middle for value in values]


def _resampled(xs: Sequence[float], ys: Sequence[float], drawn: Sequence[int]) -> float | None:
    # In sums of products, which cost a fifth of deviations from a mean: of centred values no digits are lost.
    own, other, n = [xs[at] for at in drawn], [ys[at] for at in drawn], len(drawn)
    own_sum, other_sum = sum(own), sum(other)
    own_spread = sum(map(mul, own, own)) - own_sum * own_sum / n
    other_spread = sum(map(mul, other, other)) - other_sum * other_sum / n
    if own_spread < FLAT or other_spread < FLAT:
        return None
    shared: float = sum(map(mul, own, other)) - own_sum * other_sum / n
    return max(-1.0, min(1.0, shared / sqrt(own_spread * other_spread)))


def _quantile(ordered: Sequence[float], share: float) -> float:
    at = share * (len(ordered) - 1)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])
