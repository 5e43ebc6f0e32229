"""An attempt's grading and fraction as folds of its responses. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from quizzes.models import Grading

WORST_FIRST = (Grading.FAILED, Grading.PENDING_MANUAL, Grading.PENDING, Grading.NOT_READY)


def fold_of(gradings: Collection[str]) -> Grading:
    """An attempt's grading from its responses': any failed, else waiting for a person, else pending, else graded."""
    return next((state for state in WORST_FIRST if state in gradings), Grading.GRADED)


def weighted_fraction(parts: Sequence[tuple[Decimal, Decimal]], *, credit: Decimal = Decimal(1)) -> Decimal:
    """Points earned over points possible, times the attempt's credit, in [0, 1] with six places.

    Each part is (fraction, max_points).
    """
    possible = sum((points for _, points in parts), Decimal(0))
    return round(sum((fraction * points for fraction, points in parts), Decimal(0)) * credit / possible, 6)
