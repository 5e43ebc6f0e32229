"""Planning, applying and undoing a list import: batch by batch, each whole or not at all, as often as it takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from course.tables import NotATable
from jobs.domain import ClaimedJob, JobFailed, enqueue, give_way
from jobs.domain.clock import database_now
from quizzes.domain.imported_people import forget_cohorts
from quizzes.domain.list_imports import PLAN_LIST, methods_of
from quizzes.domain.row_updates import update_each
from quizzes.models import ImportLine, ImportLineState, ListImport, RunState
from quizzes.models.list_imports import DOES_SOMETHING, ONCE_DONE

BATCH = 100
"""Lines that are stored, done or undone in one transaction: as long as a learner may have to wait for one."""

Step = Callable[[ListImport, Sequence[ImportLine], datetime], None]


def plan_list_lines(claimed: ClaimedJob) -> ListImport | None:
    """Every line of the job's list says what it would do; a repeat begins anew. None when it is not being planned."""
    run = _run_of(claimed, RunState.PLANNING)
    if run is None:
        return None
    lines, run.ignored = _planned(run)
    ImportLine.objects.filter(list_import=run).delete()
    claimed.heartbeat(current=0, total=len(lines))
    for start in range(0, len(lines), BATCH):
        some = ImportLine.objects.bulk_create(lines[start : start + BATCH])
        claimed.heartbeat(current=start + len(some))
        give_way()
    return run


def _planned(run: ListImport) -> tuple[list[ImportLine], list[str]]:
    """The lines, and the headers that say nothing. Raises JobFailed for what is no list any more."""
    try:
        lines, ignored = methods_of(run.kind).planned(run)
    except NotATable as error:
        raise JobFailed(str(error)) from error
    return lines, list(ignored)


def _run_of(claimed: ClaimedJob, state: RunState) -> ListImport | None:
    runs = ListImport.objects.filter(uuid=str(claimed.subject), state=state)
    return runs.select_related("course", "actor").first()


def record_list_planned(_claimed: ClaimedJob, run: ListImport | None) -> dict[str, Any]:
    """The list is planned: its preview is what the lines say."""
    return _settled(run, RunState.PLANNING, state=RunState.PLANNED, ignored=run.ignored) if run else {}


def give_up_list_plan(job: Any, _error: str) -> None:
    """A list whose planning was given up is discarded: nothing was done."""
    found = ListImport.objects.filter(uuid=str(job.subject), state=RunState.PLANNING)
    found.update(state=RunState.DISCARDED, text="")


def apply_list_lines(claimed: ClaimedJob) -> ListImport | None:
    """Every line of the job's list that does something is done or passed over; goes on where an earlier worker stopped.

    Nothing is done, and `is_outdated` set, when the list would do anything else by now than its preview says.
    """
    run = _run_of(claimed, RunState.APPLYING)
    if run is None:
        return None
    if not ImportLine.objects.filter(list_import=run).exclude(state=ImportLineState.PLANNED).exists():
        run.is_outdated = _has_changed(run)
    if not run.is_outdated:
        _through(claimed, run, waiting=ImportLineState.PLANNED, step=methods_of(run.kind).apply)
    return run


def _has_changed(run: ListImport) -> bool:
    lines, _ = _planned(run)
    shown = ImportLine.objects.filter(list_import=run).order_by("number")
    return list(map(_says, lines)) != list(map(_says, shown))


def _says(line: ImportLine) -> tuple[object, ...]:
    return line.line, line.address, line.part_id, line.quiz_id, line.fate, line.before, line.after, line.said


def record_list_applied(_claimed: ClaimedJob, run: ListImport | None) -> dict[str, Any]:
    """The list is applied and its text forgotten; one that is out of date is planned anew."""
    if run is None:
        return {}
    if not run.is_outdated:
        return _settled(run, RunState.APPLYING, state=RunState.APPLIED, text="", applied_at=database_now())
    enqueue(PLAN_LIST, subject=run.uuid)
    return _settled(run, RunState.APPLYING, state=RunState.PLANNING, is_outdated=True)


def undo_list_lines(claimed: ClaimedJob) -> ListImport | None:
    """Every line of the job's list that was done is undone or kept; goes on where an earlier worker stopped."""
    run = _run_of(claimed, RunState.UNDOING)
    if run is not None:
        _through(claimed, run, waiting=ImportLineState.DONE, step=methods_of(run.kind).undo)
    return run


def record_list_undone(_claimed: ClaimedJob, run: ListImport | None) -> dict[str, Any]:
    """The list is undone."""
    if run is None:
        return {}
    forget_cohorts(run)
    return _settled(run, RunState.UNDOING, state=RunState.UNDONE, undone_at=database_now())


def give_up_list_midway(_job: Any, _error: str) -> None:
    """The list stays visibly where it stopped: what was done stands, and queuing the job again goes on from there."""


def _settled(run: ListImport, before: RunState, **fields: Any) -> dict[str, Any]:
    ListImport.objects.filter(pk=run.pk, state=before).update(**fields)
    return {"state": str(fields["state"])}


def _through(claimed: ClaimedJob, run: ListImport, *, waiting: ImportLineState, step: Step) -> None:
    lines = ImportLine.objects.filter(list_import=run, fate__in=DOES_SOMETHING)
    if waiting != ImportLineState.PLANNED:
        lines = lines.filter(state__in=ONCE_DONE)
    total, todo = lines.count(), lines.filter(state=waiting).order_by("pk")
    done = total - todo.count()
    claimed.heartbeat(current=done, total=total)
    while keys := list(todo.values_list("pk", flat=True)[:BATCH]):
        _in_one_transaction(run, keys, waiting, step)
        done += len(keys)
        claimed.heartbeat(current=done)
        give_way()


@transaction.atomic
def _in_one_transaction(run: ListImport, keys: Sequence[int], waiting: ImportLineState, step: Step) -> None:
    # A worker that lost its lease may be in the same batch still: whoever comes second finds nothing left of it.
    ListImport.objects.select_for_update().only("pk").get(pk=run.pk)
    lines = ImportLine.objects.filter(pk__in=keys, state=waiting).select_related("quiz").order_by("pk")
    found = list(lines)
    for line in found:
        line.list_import = run
    if not found:
        return
    step(run, found, database_now())
    rows = [(line.pk, line.state, line.part_id, line.said, line.done_at) for line in found]
    update_each(ImportLine, ("state", "part", "said", "done_at"), rows)
