"""What graders are told in words: points, suggestions, how far people agree. Pure."""

from __future__ import annotations

from decimal import Decimal

from quizzes.domain.drift import FEWEST, Drift

SEEN_FROM = 0.005
"""Differences below this would be told as 0.00."""


def points(amount: Decimal) -> str:
    """Points as they are written: "2", "1.5", "−0.33"."""
    written = f"{amount.quantize(Decimal('0.01')):f}".rstrip("0").rstrip(".")
    return "0" if written in {"", "-0"} else written.replace("-", "−")


def signed(amount: Decimal) -> str:
    """Points that are given or taken: "+2", "−1", "0"."""
    written = points(amount)
    return f"+{written}" if amount > 0 and written != "0" else written


def of_points(fraction: Decimal, most: Decimal) -> str:
    """ "2 of 3"."""
    return f"{points(fraction * most)} of {points(most)}"


def drift_reading(drift: Drift) -> str:
    """The chart of graders in one sentence."""
    if not drift.count:
        return "Nobody has graded this question yet."
    if len(drift.graders) == 1:
        return f"Only {drift.graders[0].name} has graded this question, so there is nobody to compare with."
    furthest = drift.furthest
    if furthest is None or furthest.difference is None:
        return f"Too little to compare yet: it takes {FEWEST} answers from one person and {FEWEST} from the others."
    if abs(furthest.difference) < SEEN_FROM:
        return "Everybody gives the same on this question."
    direction = "less" if furthest.difference < 0 else "more"
    return f"{furthest.name} gives {abs(furthest.difference):.2f} {direction} than the others on this question."


def agreement_reading(agreed: int, compared: int) -> str:
    """How often the grader's suggestion was what people gave."""
    if not compared:
        return "No answer has both a suggestion and a person’s grade yet."
    return (
        f"The suggestion was what people gave for {agreed} of {compared} answers, {round(100 * agreed / compared)} %."
    )
