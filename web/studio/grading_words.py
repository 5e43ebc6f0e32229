"""What graders are told in words: points, suggestions, how far people agree. Pure."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format

from language import say
from quizzes.domain.drift import FEWEST, Drift

SEEN_FROM = 0.005
"""Differences below this would be told as 0.00."""


def points(amount: Decimal) -> str:
    """Points as they are written where the page is read: "2", "1.5", "−0.33"."""
    written = f"{amount.quantize(Decimal('0.01')):f}".rstrip("0").rstrip(".")
    return "0" if written in {"", "-0"} else number_format(written).replace("-", "−")


def signed(amount: Decimal) -> str:
    """Points that are given or taken: "+2", "−1", "0"."""
    written = points(amount)
    return f"+{written}" if amount > 0 and written != "0" else written


def of_points(fraction: Decimal, most: Decimal) -> str:
    """ "2 of 3"."""
    return say("{given} of {most}", given=points(fraction * most), most=points(most))


def drift_reading(drift: Drift) -> str:
    """The chart of graders in one sentence."""
    if not drift.count:
        return say("Nobody has graded this question yet.")
    if len(drift.graders) == 1:
        return say(
            "Only {name} has graded this question, so there is nobody to compare with.", name=drift.graders[0].name
        )
    furthest = drift.furthest
    if furthest is None or furthest.difference is None:
        return say(
            "Too little to compare yet: it takes {fewest} answers from one person and {fewest} from the others.",
            fewest=FEWEST,
        )
    if abs(furthest.difference) < SEEN_FROM:
        return say("Everybody gives the same on this question.")
    name, by = furthest.name, number_format(f"{abs(furthest.difference):.2f}")
    if furthest.difference < 0:
        return say("{name} gives {difference} less than the others on this question.", name=name, difference=by)
    return say("{name} gives {difference} more than the others on this question.", name=name, difference=by)


def agreement_reading(agreed: int, compared: int) -> str:
    """How often the grader's suggestion was what people gave."""
    if not compared:
        return say("No answer has both a suggestion and a person’s grade yet.")
    return say(
        "The suggestion was what people gave for {agreed} of {compared} answers, {share} %.",
        agreed=agreed,
        compared=compared,
        share=round(100 * agreed / compared),
    )
