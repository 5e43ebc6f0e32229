"""Each question of a sheet: how hard it is, how much it weighs, and whether it tells who knows the rest.

A question is compared with the rest of the quiz, never with a total that holds it: on a short quiz that alone would
make every question agree with the total.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, sqrt

from quizzes.statistics.intervals import Interval, interval_of
from quizzes.statistics.moments import correlation, covariance, deviation, mean
from quizzes.statistics.sheet import Column, Sheet

ENOUGH = 10
"""First attempts from which on figures are told: with fewer, one learner more or less moves a facility by a tenth."""

NOTHING = 1e-12
"""A covariance as near to 0 as this is 0, and came out otherwise by rounding."""

NONE_LEFT = (0.0, 0)


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """One question's figures, in per cent of what can be earned on it; None where they cannot be told.

    `guess` is what answering by lot earns. `effective_weight` is None with `is_negative` where the question goes
    against the total. `discrimination` is 100 times the correlation with the rest, `efficiency` how much of the
    covariance that its own and the rest's spread allow it has. `interval` holds the discrimination with 95 %
    confidence, for ENOUGH attempts and more.
    """

    count: int
    facility: float | None
    deviation: float | None
    guess: float | None
    intended_weight: float | None
    effective_weight: float | None
    is_negative: bool
    discrimination: float | None
    efficiency: float | None
    interval: Interval | None

    @property
    def is_enough(self) -> bool:
        """Whether there are attempts enough to rest a decision on."""
        return self.count >= ENOUGH


def question_figures(sheet: Sheet) -> list[QuestionFigures]:
    """The figures of each column, in the columns' order."""
    whole = fsum(column.possible for column in sheet.columns)
    shared = [_with_total(column) for column in sheet.columns]
    roots = fsum(sqrt(max(0.0, value or 0.0)) for value in shared)
    return [
        _figures(column, whole=whole, shared=value, roots=roots)
        for column, value in zip(sheet.columns, shared, strict=True)
    ]


def _with_total(column: Column) -> float | None:
    totals = [mine + others for mine, others in zip(column.own, column.rest, strict=True)]
    return covariance(column.own, totals, column.counts)


def _figures(column: Column, *, whole: float, shared: float | None, roots: float) -> QuestionFigures:
    fractions = [points / column.possible for points in column.own]
    is_negative = shared is not None and shared < -NOTHING
    weighs = shared is not None and not is_negative and roots > 0
    return QuestionFigures(
        count=column.attempts,
        facility=_per_cent(mean(fractions, column.counts)),
        deviation=_per_cent(deviation(fractions, column.counts)),
        guess=_per_cent(column.guess),
        intended_weight=100 * column.possible / whole if whole else None,
        effective_weight=100 * sqrt(max(0.0, shared or 0.0)) / roots if weighs else None,
        is_negative=is_negative,
        discrimination=_per_cent(correlation(column.own, column.rest, column.counts)),
        efficiency=_efficiency(column),
        interval=interval_of(column.pairs) if column.attempts >= ENOUGH else None,
    )


def _per_cent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _efficiency(column: Column) -> float | None:
    """100 times the covariance over the largest that the same values could have, which is when both are sorted."""
    shared, largest = covariance(column.own, column.rest, column.counts), _largest_covariance(column)
    if shared is None or not largest or correlation(column.own, column.rest, column.counts) is None:
        return None
    return max(-100.0, min(100.0, 100 * shared / largest)) if largest > 0 else None


def _largest_covariance(column: Column) -> float | None:
    """The covariance of the same values, the least on the question beside the least on the rest, and so on."""
    own = iter(sorted(zip(column.own, column.counts, strict=True)))
    rest = iter(sorted(zip(column.rest, column.counts, strict=True)))
    beside: list[tuple[float, float, int]] = []
    (x, xs), (y, ys) = next(own, NONE_LEFT), next(rest, NONE_LEFT)
    while xs and ys:
        both = min(xs, ys)
        beside.append((x, y, both))
        x, xs = (x, xs - both) if xs > both else next(own, NONE_LEFT)
        y, ys = (y, ys - both) if ys > both else next(rest, NONE_LEFT)
    return covariance([x for x, _, _ in beside], [y for _, y, _ in beside], [count for _, _, count in beside])
