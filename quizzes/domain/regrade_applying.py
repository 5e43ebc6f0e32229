"""Applying a planned run, and undoing it: batch by batch, each batch whole or not at all, as often as it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.domain.inbox import notify_each
from accounts.models import InboxMessage
from accounts.notices import notice_kind
from course.models import Enrollment
from jobs.domain import ClaimedJob, give_way
from jobs.domain.clock import database_now
from quizzes.domain import result_changed
from quizzes.domain.course_events import telling_of_grades
from quizzes.domain.grading_locks import hold_rules, lock_learners
from quizzes.domain.item_statistics import recounting
from quizzes.domain.masteries import refresh_many_masteries
from quizzes.domain.people_grades import fold_attempts
from quizzes.domain.regrade_planning import TOGETHER, count_lines, newest_events, planned, save_plans
from quizzes.domain.regrades import BATCH, undo_cause
from quizzes.domain.results import refresh_results
from quizzes.domain.row_updates import update_each
from quizzes.models import (
    Attempt,
    CauseKind,
    Grading,
    GradingEvent,
    LineState,
    RegradeLine,
    RegradeRun,
    Response,
    RunState,
)

Batch = Callable[[RegradeRun, Sequence[RegradeLine], datetime], None]


REGRADED = notice_kind(
    "regraded",
    label="Grades that changed",
    one="your answers were graded again",
    many="your answers were graded again in {n} attempts",
)


def apply_lines(claimed: ClaimedJob) -> RegradeRun | None:
    """Every changed line of the job's run is its response's newest grade; goes on where an earlier worker stopped."""
    return _through(claimed, state=RunState.APPLYING, batch=_apply)


def undo_lines(claimed: ClaimedJob) -> RegradeRun | None:
    """Every grade that the job's run replaced stands again, where no newer one came; goes on where it stopped."""
    return _through(claimed, state=RunState.UNDOING, batch=_undo)


def _through(claimed: ClaimedJob, *, state: RunState, batch: Batch) -> RegradeRun | None:
    run = RegradeRun.objects.filter(uuid=str(claimed.subject), state=state).first()
    if run is None:
        return None
    changed = RegradeLine.objects.filter(run=run, state=LineState.CHANGED)
    lines = changed.filter(applied_at__isnull=state == RunState.APPLYING)
    total, last = changed.count(), 0
    done = total - lines.count()
    claimed.heartbeat(current=done, total=total)
    while keys := list(lines.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        _in_one_transaction(run, keys, batch)
        last, done = keys[-1], done + len(keys)
        claimed.heartbeat(current=done)
        give_way()
    return run


@transaction.atomic
def _in_one_transaction(run: RegradeRun, keys: Sequence[int], batch: Batch) -> None:
    lock_learners(Enrollment.objects.filter(attempts__responses__regrade_lines__in=keys).values("pk"))
    lines = list(RegradeLine.objects.filter(pk__in=keys).select_related(*TOGETHER, "version").order_by("pk"))
    hold_rules(line.response.attempt for line in lines)
    batch(run, lines, database_now())


def _apply(run: RegradeRun, lines: Sequence[RegradeLine], at: datetime) -> None:
    fresh = _up_to_date(run, lines, at)
    _append(run, fresh, at)
    rows = [(line.response_id, Grading.GRADED, line.after_fraction) for line in fresh]
    _fold([line.response for line in fresh], rows, at)
    RegradeLine.objects.filter(pk__in=[line.pk for line in fresh]).update(applied_at=at)
    _tell(run, [line.response.attempt for line in fresh], text="was graded again", key="regraded")


def _up_to_date(run: RegradeRun, lines: Sequence[RegradeLine], at: datetime) -> list[RegradeLine]:
    """The lines that still change a grade; one whose response was graded since is planned again before."""
    newest = newest_events(line.response for line in lines)
    outdated = [line for line in lines if newest[line.response_id].number != line.before_event]
    save_plans(planned(outdated, run=run, at=at))
    return [line for line in lines if line.state == LineState.CHANGED]


def _append(run: RegradeRun, lines: Sequence[RegradeLine], at: datetime) -> None:
    GradingEvent.objects.bulk_create(
        GradingEvent(
            response=line.response,
            number=line.before_event + 1,
            version=line.version or line.response.version,
            cause=run.uuid,
            cause_kind=CauseKind.REGRADE,
            actor_id=run.actor_id,
            fraction=line.after_fraction,
            at=at,
            grader=line.outcome["grader"],
            feedback=line.outcome["feedback"],
            detail=line.outcome["detail"],
            inputs_hash=line.outcome["inputs_hash"],
        )
        for line in lines
    )


def _undo(run: RegradeRun, lines: Sequence[RegradeLine], at: datetime) -> None:
    newest = newest_events(line.response for line in lines)
    mine = [line for line in lines if newest[line.response_id].cause == run.uuid]
    before = _events_before(mine)
    GradingEvent.objects.bulk_create(
        _given_back(run, before[line.response_id], number=newest[line.response_id].number + 1, at=at) for line in mine
    )
    rows = [(line.response_id, line.before_grading, line.before_fraction) for line in mine]
    _fold([line.response for line in mine], rows, at)
    _tell(run, [line.response.attempt for line in mine], text="has its earlier grade again", key="regrade-undone")


def _events_before(lines: Sequence[RegradeLine]) -> dict[int, GradingEvent]:
    numbers = {line.response_id: line.before_event for line in lines}
    events = GradingEvent.objects.filter(response__in=numbers)
    return {event.response_id: event for event in events if event.number == numbers[event.response_id]}


def _given_back(run: RegradeRun, event: GradingEvent, *, number: int, at: datetime) -> GradingEvent:
    """The event that says again what this one said."""
    return GradingEvent(
        response_id=event.response_id,
        number=number,
        version_id=event.version_id,
        grader=event.grader,
        cause=undo_cause(run),
        cause_kind=CauseKind.REGRADE,
        actor_id=run.actor_id,
        inputs_hash=event.inputs_hash,
        fraction=event.fraction,
        feedback=event.feedback,
        detail={**event.detail, "undoes": str(run.uuid)},
        at=at,
    )


def _fold(responses: Sequence[Response], rows: Sequence[tuple[Any, ...]], at: datetime) -> None:
    """The responses have their grades, and all that rests on them is folded anew; a constant number of statements."""
    attempts = {response.attempt_id: response.attempt for response in responses}.values()
    with telling_of_grades(attempts):
        with recounting(attempts):
            update_each(Response, ("grading", "fraction"), rows)
            fold_attempts(attempts, at=at)
        refresh_results(attempts, at=at)
    refresh_many_masteries(responses, at=at)


def _tell(run: RegradeRun, attempts: Iterable[Attempt], *, text: str, key: str) -> None:
    """Each learner finds one message for each of their attempts, whatever the number of batches."""
    by_key = {attempt.pk: attempt for attempt in attempts}
    people = dict(
        Enrollment.objects.filter(pk__in=[each.enrollment_id for each in by_key.values()]).values_list("pk", "user")
    )
    notify_each(
        InboxMessage(
            user_id=people[attempt.enrollment_id],
            kind=REGRADED,
            key=f"{key}:{run.uuid}:{attempt.uuid}",
            text=f"Your attempt at “{attempt.quiz.title}” {text}: {run.reason}"[:500],
            url=f"/attempts/{attempt.uuid}/",
        )
        for attempt in by_key.values()
        if attempt.enrollment_id is not None
    )
    for attempt in by_key.values():
        result_changed.tell(attempt)


def record_applied(_claimed: ClaimedJob, run: RegradeRun | None) -> dict[str, int]:
    """The run is applied."""
    return {} if run is None else count_lines(run, state=RunState.APPLIED, applied_at=database_now())


def record_undone(_claimed: ClaimedJob, run: RegradeRun | None) -> dict[str, int]:
    """The run is undone."""
    return {} if run is None else count_lines(run, state=RunState.UNDONE, undone_at=database_now())


def give_up_applying(_job: Any, _error: str) -> None:
    """The run stays visibly where it stopped: what was applied stands, and queuing the job again goes on from there."""
