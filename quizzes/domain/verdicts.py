"""How an answer did, in words: one list for every page that tells it, and for who filters by it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from quizzes.models import Grading


class Verdict(StrEnum):
    """A response's verdict as a grader reads it."""

    RIGHT = "right"
    PARTLY = "partly right"
    WRONG = "not right"
    UNANSWERED = "not answered"
    WAITS = "waits for a person"
    BEING_GRADED = "being graded"


def verdict_of(grading: str, fraction: Decimal | None, *, is_answered: bool) -> Verdict:
    """The verdict on a response of a submitted attempt: its state of grading, and its fraction in [0, 1] if graded."""
    if grading == Grading.PENDING_MANUAL:
        return Verdict.WAITS
    if grading != Grading.GRADED or fraction is None:
        return Verdict.BEING_GRADED
    if fraction == 0:
        return Verdict.WRONG if is_answered else Verdict.UNANSWERED
    return Verdict.RIGHT if fraction == 1 else Verdict.PARTLY
