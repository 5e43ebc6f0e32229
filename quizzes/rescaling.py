"""A grade for a whole becomes grades for its parts: each moves by the same share of its way. Pure."""

from __future__ import annotations

from decimal import Decimal

ONE = Decimal(1)


def rescaled(fraction: Decimal, *, old: Decimal, new: Decimal) -> Decimal:
    """A part's fraction once the whole, a weighted mean of parts, goes from `old` to `new`; all 0 to 1, six places.

    Downwards every part loses the same share of what it has, upwards of what it lacks. Both keep the order of parts
    and are linear, so the mean of the parts is `new`, but for rounding.
    """
    if new < old:
        return round(fraction * new / old, 6)
    if new > old:
        return round(ONE - (ONE - fraction) * (ONE - new) / (ONE - old), 6)
    return fraction
