"""A learner's standing on a quiz, folded from the graded attempts by the quiz's rule."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, QuerySet, Window

from quizzes.models import Attempt, AttemptState, Result, ResultRule

ORDER = {
    ResultRule.BEST: ("-fraction", "number"),
    ResultRule.LAST: ("-number",),
    ResultRule.FIRST: ("number",),
    ResultRule.MEAN: ("-number",),
}


def refresh_result(attempt: Attempt, *, at: datetime) -> None:
    """The learner's Result on the attempt's quiz is what its rule makes of all graded attempts; two statements.

    An attempt that does not count changes nothing.
    """
    if attempt.enrollment_id is None or not attempt.counts:
        return
    graded = Attempt.objects.filter(quiz=attempt.quiz_id, enrollment=attempt.enrollment_id)
    result = result_of(graded, rule=ResultRule(attempt.quiz.result_rule), at=at)
    if result is not None:
        save_results([result])


def result_of(attempts: QuerySet[Attempt], *, rule: ResultRule, at: datetime) -> Result | None:
    """The Result that the rule makes of one learner's attempts at one quiz, unsaved; None while none is graded."""
    graded = attempts.filter(state=AttemptState.SUBMITTED, counts=True, fraction__isnull=False)
    standings = graded.annotate(attempts=Window(Count("pk")), mean=Window(Avg("fraction")))
    chosen: Any = standings.order_by(*ORDER[rule]).first()
    if chosen is None:
        return None
    return Result(
        enrollment_id=chosen.enrollment_id,
        quiz_id=chosen.quiz_id,
        attempt=None if rule == ResultRule.MEAN else chosen,
        attempts=chosen.attempts,
        fraction=round(chosen.mean, 6) if rule == ResultRule.MEAN else chosen.fraction,
        updated_at=at,
    )


def save_results(results: list[Result]) -> None:
    """Each result stands, in place of the one before; one statement."""
    Result.objects.bulk_create(
        results,
        update_conflicts=True,
        unique_fields=["enrollment", "quiz"],
        update_fields=["attempt", "attempts", "fraction", "updated_at"],
    )
