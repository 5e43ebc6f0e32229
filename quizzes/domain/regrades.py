"""Runs that grade many responses again: asked for, planned as a dry run, applied, undone. The work itself is jobs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet

from accounts.domain.audit import record
from accounts.models import User
from course.models import Course
from jobs.domain import enqueue
from jobs.domain.clock import database_now
from jobs.models import Job
from quizzes.errors import QuizError
from quizzes.models import (
    AttemptState,
    Grading,
    Question,
    Quiz,
    RegradeLine,
    RegradeRun,
    Response,
    RunState,
)

PLAN_REGRADE, APPLY_REGRADE, UNDO_REGRADE = "plan_regrade", "apply_regrade", "undo_regrade"
"""The kinds of the jobs behind a run; their subject is the run's uuid."""

BEHIND = {RunState.PLANNING: PLAN_REGRADE, RunState.APPLYING: APPLY_REGRADE, RunState.UNDOING: UNDO_REGRADE}
"""The kind of job that is at work while a run is in this state."""

BATCH = 100
"""Responses that are planned, applied or undone in one transaction: as long as a learner may have to wait for one."""

SETTLED = (Grading.GRADED, Grading.PENDING_MANUAL, Grading.FAILED)


class RunNotReady(QuizError):
    code = "regrade_run_not_ready"
    message = "This regrade has gone on meanwhile. Reload the page to see where it stands."


class NothingToRegrade(QuizError):
    code = "nothing_to_regrade"
    message = "Nobody has submitted an answer that this would grade again."


@transaction.atomic
def plan_regrade(
    course: Course,
    *,
    reason: str,
    actor: User | None,
    quiz: Quiz | None = None,
    question: Question | None = None,
    responses: Sequence[Response] = (),
    only_if_higher: bool = False,
    at: datetime | None = None,
    hint: bool = True,
) -> RegradeRun:
    """A run over these responses, else over those to the question, in the quiz, or both; a job plans it.

    Nobody's grade changes by it. Raises NothingToRegrade when there is no submitted answer in it.
    """
    now = at or database_now()
    run = RegradeRun(
        course=course, quiz=quiz, question=question, only_if_higher=only_if_higher, reason=reason, actor=actor
    )
    run.created_at = now
    chosen = responses or (() if covered_by(run).exists() else None)
    if chosen is None:
        raise NothingToRegrade
    run.save()
    RegradeLine.objects.bulk_create(new_lines(run, chosen), batch_size=BATCH)
    enqueue(PLAN_REGRADE, subject=run.uuid, hint=hint)
    return run


def covered_by(run: RegradeRun) -> QuerySet[Response]:
    """Every submitted response of the run's course that its quiz and question cover, graded or waiting for a person."""
    submitted = Response.objects.filter(
        attempt__quiz__course=run.course_id, attempt__state=AttemptState.SUBMITTED, grading__in=SETTLED
    )
    if run.quiz_id:
        submitted = submitted.filter(attempt__quiz=run.quiz_id)
    return submitted.filter(version__question=run.question_id) if run.question_id else submitted


def new_lines(run: RegradeRun, responses: Sequence[Response]) -> list[RegradeLine]:
    """A waiting line for each response, unsaved."""
    return [
        RegradeLine(run=run, response=each, before_grading=each.grading, before_fraction=each.fraction)
        for each in responses
    ]


@transaction.atomic
def apply_regrade(run: RegradeRun, *, actor: User | None, hint: bool = True) -> None:
    """A job will give every changed line its new grade. Asking twice is once. Raises RunNotReady unless planned."""
    _move(run, to=RunState.APPLYING)
    record("applied a regrade", subject=f"regrade:{run.uuid}", actor=actor, course=run.course.uuid)
    enqueue(APPLY_REGRADE, subject=run.uuid, hint=hint)


@transaction.atomic
def undo_regrade(run: RegradeRun, *, actor: User | None, hint: bool = True) -> None:
    """A job will give back every grade that the run replaced and nobody changed since. Raises RunNotReady."""
    _move(run, to=RunState.UNDOING)
    record("undid a regrade", subject=f"regrade:{run.uuid}", actor=actor, course=run.course.uuid)
    enqueue(UNDO_REGRADE, subject=run.uuid, hint=hint)


def discard_regrade(run: RegradeRun) -> None:
    """The plan is set aside; no grade changes. Raises RunNotReady once it is applied."""
    _move(run, to=RunState.DISCARDED)


def job_of(run: RegradeRun) -> Job | None:
    """The newest job of those that are at work while the run is in its state; None in all other states."""
    kind = BEHIND.get(RunState(run.state))
    return Job.objects.filter(kind=kind, subject=run.uuid).order_by("-pk").first() if kind else None


def _move(run: RegradeRun, *, to: RunState) -> None:
    allowed = [state for state, targets in RegradeRun.TRANSITIONS.items() if to in targets]
    if not RegradeRun.objects.filter(pk=run.pk, state__in=allowed).update(state=to):
        raise RunNotReady
    run.state = to


def undo_cause(run: RegradeRun) -> UUID:
    """The cause of the events that give back what the run replaced."""
    return uuid5(run.uuid, "undo")
