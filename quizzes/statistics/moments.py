"""Sample moments, every one with the denominators that make it unbiased; None where there are too few values.

`counts` say how often each value occurs; without them each does once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import fsum, sqrt

SAME = 1e-9
"""Points nearer than this are one value that was added up in two ways."""

Values = Sequence[float]
Counts = Sequence[int]


def mean(values: Values, counts: Counts = ()) -> float | None:
    """The arithmetic mean."""
    n = _number(values, counts)
    return _sum(values, counts) / n if n else None


def covariance(xs: Values, ys: Values, counts: Counts = ()) -> float | None:
    """The sample covariance, over n - 1; None for fewer than two pairs."""
    n = _number(xs, counts)
    if n < 2:
        return None
    middle_x, middle_y = _sum(xs, counts) / n, _sum(ys, counts) / n
    return _sum([(x - middle_x) * (y - middle_y) for x, y in zip(xs, ys, strict=True)], counts) / (n - 1)


def variance(values: Values, counts: Counts = ()) -> float | None:
    """The sample variance k2, over n - 1; None for fewer than two values."""
    return covariance(values, values, counts)


def deviation(values: Values, counts: Counts = ()) -> float | None:
    """The sample standard deviation; None for fewer than two values."""
    spread = variance(values, counts)
    return None if spread is None else sqrt(spread)


def correlation(xs: Values, ys: Values, counts: Counts = ()) -> float | None:
    """Pearson's correlation, -1 to 1; None where either does not vary."""
    shared, spread_x, spread_y = covariance(xs, ys, counts), variance(xs, counts), variance(ys, counts)
    # Equal values that binary fractions cannot hold differ from their mean in the last place: that is no spread.
    if shared is None or not spread_x or not spread_y or _flat(xs) or _flat(ys):
        return None
    return max(-1.0, min(1.0, shared / (sqrt(spread_x) * sqrt(spread_y))))


def skewness(values: Values, counts: Counts = ()) -> float | None:
    """k3 / k2^1.5, from Fisher's k-statistics: above 0 the long tail is on the right; None for fewer than three."""
    n, spread = _number(values, counts), variance(values, counts)
    if n < 3 or not spread or _flat(values):
        return None
    third = n * _powers(values, counts, 3) / ((n - 1) * (n - 2))
    return third / float(spread**1.5)


def kurtosis(values: Values, counts: Counts = ()) -> float | None:
    """k4 / k2², from Fisher's k-statistics: 0 for a normal distribution; None for fewer than four."""
    n, spread = _number(values, counts), variance(values, counts)
    if n < 4 or not spread or _flat(values):
        return None
    fourth, second = _powers(values, counts, 4) / n, _powers(values, counts, 2) / n
    cumulant = n**2 * ((n + 1) * fourth - 3 * (n - 1) * second**2) / ((n - 1) * (n - 2) * (n - 3))
    return cumulant / spread**2


def median(values: Values, counts: Counts = ()) -> float | None:
    """What half of the values do not exceed: the middle one, or the mean of the two in the middle."""
    n = _number(values, counts)
    if not n:
        return None
    ordered = sorted(zip(values, counts or [1] * n, strict=True))
    return (_placed(ordered, (n - 1) // 2) + _placed(ordered, n // 2)) / 2


def _placed(ordered: Sequence[tuple[float, int]], place: int) -> float:
    """The value at this place, from 0, of all that are counted."""
    ends = accumulate(count for _, count in ordered)
    return next(value for (value, _), end in zip(ordered, ends, strict=True) if place < end)


def _number(values: Values, counts: Counts) -> int:
    return sum(counts) if counts else len(values)


def _sum(values: Values, counts: Counts) -> float:
    return fsum(value * count for value, count in zip(values, counts, strict=True)) if counts else fsum(values)


def _powers(values: Values, counts: Counts, power: int) -> float:
    """The sum of the distances from the mean, each to this power."""
    middle = _sum(values, counts) / _number(values, counts)
    return _sum([(value - middle) ** power for value in values], counts)


def _flat(values: Values) -> bool:
    return max(values) - min(values) <= SAME
