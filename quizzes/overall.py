"""What the results of several quizzes come to together. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

Weighed = tuple[Decimal, Decimal]
"""A result's fraction, 0 to 1, and its weight, 0 or more."""


def overall(results: Sequence[Weighed], *, drop: int = 0) -> Decimal | None:
    """The weighted mean, six places, without the `drop` lowest results, of which one always stays.

    What weighs nothing neither counts nor is dropped. None while nothing that weighs is graded.
    """
    counting = sorted((fraction, weight) for fraction, weight in results if weight > 0)
    kept = counting[min(drop, max(0, len(counting) - 1)) :]
    weight = sum((each for _, each in kept), Decimal(0))
    return round(sum((fraction * each for fraction, each in kept), Decimal(0)) / weight, 6) if weight else None
