"""A learner's standing on a quiz, folded from the graded attempts by the quiz's rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, QuerySet, Window
from django.db.models.functions import RowNumber

from jobs.domain.prepared import first, prepared
from quizzes.domain.row_updates import BATCH, replace_each
from quizzes.models import Attempt, AttemptState, Quiz, Result, ResultRule

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
    rule = ResultRule(attempt.quiz.result_rule)
    result = result_of(attempt.quiz_id, attempt.enrollment_id, rule=rule, at=at)
    if result is not None:
        save_results([result])


def result_of(quiz: int, enrollment: int, *, rule: ResultRule, at: datetime) -> Result | None:
    """The Result that the rule makes of one learner's attempts at one quiz, unsaved; None while none is graded."""
    chosen = first(_CHOSEN[rule](quiz=quiz, enrollment=enrollment))
    return None if chosen is None else _result(chosen, rule=rule, at=at)


def _chosen_by(rule: ResultRule) -> Callable[..., list[Any]]:
    """A query for the attempt that the rule takes of one learner's, with `attempts` and `mean` of all that count."""

    @prepared
    def chosen(*, quiz: int, enrollment: int) -> QuerySet[Any]:
        graded = _graded(Attempt.objects.filter(quiz=quiz, enrollment=enrollment))
        standings = graded.annotate(attempts=Window(Count("pk")), mean=Window(Avg("fraction")))
        return standings.order_by(*ORDER[rule])[:1]

    return chosen


_CHOSEN = {rule: _chosen_by(rule) for rule in ResultRule}


def _graded(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    return attempts.filter(state=AttemptState.SUBMITTED, counts=True, fraction__isnull=False)


def _result(chosen: Any, *, rule: ResultRule, at: datetime) -> Result:
    return Result(
        enrollment_id=chosen.enrollment_id,
        quiz_id=chosen.quiz_id,
        attempt=None if rule == ResultRule.MEAN else chosen,
        attempts=chosen.attempts,
        fraction=round(chosen.mean, 6) if rule == ResultRule.MEAN else chosen.fraction,
        updated_at=at,
    )


def refresh_results(attempts: Iterable[Attempt], *, at: datetime) -> None:
    """As refresh_result, for many attempts of many learners; who has no graded attempt left has no result.

    Three statements for each rule among their quizzes. The attempts come with their quizzes.
    """
    by_rule: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        if attempt.enrollment_id is not None and attempt.counts:
            by_rule.setdefault(attempt.quiz.result_rule, []).append(attempt)
    for rule, some in by_rule.items():
        wanted = {(attempt.enrollment_id, attempt.quiz_id) for attempt in some}
        found = _results_of(wanted, rule=ResultRule(rule), at=at)
        save_results([result for key, result in found.items() if key in wanted])
        _forget(wanted - set(found))


def refresh_results_on(quiz: Quiz, *, at: datetime) -> None:
    """Every learner's Result on the quiz is what its rule, which was changed, makes of all graded attempts.

    Two statements, and one more for each so many learners as the database takes at once.
    """
    attempts = Attempt.objects.filter(quiz=quiz, enrollment__isnull=False)
    save_results(list(_folded(attempts, rule=ResultRule(quiz.result_rule), at=at).values()))


def _results_of(
    wanted: Collection[tuple[int | None, int]], *, rule: ResultRule, at: datetime
) -> dict[tuple[int | None, int], Result]:
    attempts = Attempt.objects.filter(
        enrollment__in={learner for learner, _ in wanted}, quiz__in={quiz for _, quiz in wanted}
    )
    return _folded(attempts, rule=rule, at=at)


def _folded(attempts: QuerySet[Any], *, rule: ResultRule, at: datetime) -> dict[tuple[int | None, int], Result]:
    """By learner and quiz, the Result of these attempts, unsaved; one query."""
    own: Any = {"partition_by": ["enrollment", "quiz"]}
    standings = _graded(attempts).annotate(
        attempts=Window(Count("pk"), **own),
        mean=Window(Avg("fraction"), **own),
        place=Window(RowNumber(), order_by=ORDER[rule], **own),
    )
    chosen = standings.filter(place=1).order_by()
    return {(each.enrollment_id, each.quiz_id): _result(each, rule=rule, at=at) for each in chosen}


def _forget(pairs: Collection[tuple[int | None, int]]) -> None:
    if not pairs:
        return
    # Not one condition for each pair: SQLite takes no more than a thousand of them.
    learners, quizzes = {learner for learner, _ in pairs}, {quiz for _, quiz in pairs}
    kept = Result.objects.filter(enrollment__in=learners, quiz__in=quizzes)
    gone = [key for key, *pair in kept.values_list("pk", "enrollment", "quiz") if tuple(pair) in pairs]
    Result.objects.filter(pk__in=gone).delete()


def save_results(results: list[Result]) -> None:
    """Each result stands, in place of the one before; one statement for each thousand."""
    rows = [(r.enrollment_id, r.quiz_id, r.attempt_id, r.attempts, r.fraction, r.updated_at) for r in results]
    for start in range(0, len(rows), BATCH):
        replace_each(Result, _RESULT, rows[start : start + BATCH], unique=("enrollment", "quiz"))


_RESULT = ("enrollment", "quiz", "attempt", "attempts", "fraction", "updated_at")
