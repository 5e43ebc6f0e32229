"""Sample moments, every one with the denominators that make it unbiased; None where there are too few values."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, sqrt

Values = Sequence[float]


def mean(values: Values) -> float | None:
    """The arithmetic mean."""
    return fsum(values) / len(values) if values else None


def covariance(xs: Values, ys: Values) -> float | None:
    """The sample covariance, over n - 1; None for fewer than two pairs."""
    if len(xs) < 2:
        return None
    middle_x, middle_y = fsum(xs) / len(xs), fsum(ys) / len(ys)
    return fsum((x - middle_x) * (y - middle_y) for x, y in zip(xs, ys, strict=True)) / (len(xs) - 1)


def variance(values: Values) -> float | None:
    """The sample variance k2, over n - 1; None for fewer than two values."""
    return covariance(values, values)


def deviation(values: Values) -> float | None:
    """The sample standard deviation; None for fewer than two values."""
    spread = variance(values)
    return None if spread is None else sqrt(spread)


def correlation(xs: Values, ys: Values) -> float | None:
    """Pearson's correlation, -1 to 1; None where either does not vary."""
    shared, spread_x, spread_y = covariance(xs, ys), variance(xs), variance(ys)
    # Equal values that binary fractions cannot hold differ from their mean in the last place: that is no spread.
    if shared is None or not spread_x or not spread_y or _flat(xs) or _flat(ys):
        return None
    return max(-1.0, min(1.0, shared / (sqrt(spread_x) * sqrt(spread_y))))


def skewness(values: Values) -> float | None:
    """k3 / k2^1.5, from Fisher's k-statistics: above 0 the long tail is on the right; None for fewer than three."""
    n, spread = len(values), variance(values)
    if n < 3 or not spread or _flat(values):
        return None
    third = n * _powers(values, 3) / ((n - 1) * (n - 2))
    return third / float(spread**1.5)


def kurtosis(values: Values) -> float | None:
    """k4 / k2², from Fisher's k-statistics: 0 for a normal distribution; None for fewer than four."""
    n, spread = len(values), variance(values)
    if n < 4 or not spread or _flat(values):
        return None
    fourth, second = _powers(values, 4) / n, _powers(values, 2) / n
    cumulant = n**2 * ((n + 1) * fourth - 3 * (n - 1) * second**2) / ((n - 1) * (n - 2) * (n - 3))
    return cumulant / spread**2


def _powers(values: Values, power: int) -> float:
    """The sum of the distances from the mean, each to this power."""
    middle = fsum(values) / len(values)
    return fsum((value - middle) ** power for value in values)


def _flat(values: Values) -> bool:
    return max(values) == min(values)
