"""A quiz as a whole: how its attempts spread, and how far it measures one thing.

The formulas and their words are those of classical test theory, with the denominators that Moodle's quiz report has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, sqrt

from quizzes.statistics.moments import Values, deviation, kurtosis, mean, median, skewness, variance
from quizzes.statistics.sheet import Sheet


class Which(StrEnum):
    """Which of a learner's attempts are looked at."""

    FIRST = "first"
    LAST = "last"
    BEST = "best"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Spread:
    """How many attempts there are and what they earned on average, in the unit of what they earned."""

    count: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class QuizFigures:
    """Figures of all attempts on a sheet, in points; None wherever there are too few attempts or questions.

    `consistency` is Cronbach's alpha in per cent (internal consistency). `error_ratio`, in per cent, is how much of the
    spread is chance, and `standard_error` that much in points.
    """

    count: int
    mean: float | None
    median: float | None
    deviation: float | None
    skewness: float | None
    kurtosis: float | None
    consistency: float | None
    error_ratio: float | None
    standard_error: float | None


def spreads(attempts: Sequence[Values]) -> dict[Which, Spread]:
    """Count and mean for each choice of attempts; a learner's attempts come together, in their order, none empty."""
    chosen: dict[Which, list[float]] = {
        Which.FIRST: [own[0] for own in attempts],
        Which.LAST: [own[-1] for own in attempts],
        Which.BEST: [max(own) for own in attempts],
        Which.ALL: [each for own in attempts for each in own],
    }
    return {which: Spread(len(values), mean(values)) for which, values in chosen.items()}


def quiz_figures(sheet: Sheet) -> QuizFigures:
    """The figures of the sheet's attempts."""
    totals, counts = list(sheet.totals), list(sheet.totals.values())
    spread, consistency = deviation(totals, counts), _consistency(sheet)
    ratio = None if consistency is None else 100 * sqrt(max(0.0, 1 - consistency / 100))
    return QuizFigures(
        count=sheet.attempts,
        mean=mean(totals, counts),
        median=median(totals, counts),
        deviation=spread,
        skewness=skewness(totals, counts),
        kurtosis=kurtosis(totals, counts),
        consistency=consistency,
        error_ratio=ratio,
        standard_error=None if ratio is None or spread is None else ratio * spread / 100,
    )


def _consistency(sheet: Sheet) -> float | None:
    """100 p/(p-1) (1 - sum of the questions' variances / variance of the totals); None for fewer than two questions.

    Where attempts were asked different questions it is not known either.
    """
    p, whole = len(sheet.columns), variance(list(sheet.totals), list(sheet.totals.values()))
    if p < 2 or not whole or len(sheet.totals) == 1 or not sheet.is_full:
        return None
    parts = [variance(column.own, column.counts) or 0.0 for column in sheet.columns]
    return 100 * p / (p - 1) * (1 - fsum(parts) / whole)
