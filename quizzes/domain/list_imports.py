"""Lists on their way into a course: looked at, applied, undone, each as a whole. The work itself is jobs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Case, Count, Q, QuerySet, Value, When

from accounts.domain.audit import record
from accounts.models import User
from course.models import Course
from jobs.domain import enqueue, requeue
from jobs.domain.clock import database_now
from jobs.models import Job, JobState
from quizzes.domain import imported_grades, imported_people
from quizzes.errors import QuizError
from quizzes.models import ImportLine, ImportLineState, LineFate, ListImport, ListKind, RunState

PLAN_LIST, APPLY_LIST, UNDO_LIST = "plan_list", "apply_list", "undo_list"
"""The kinds of the jobs behind a list import; their subject is its uuid."""

BEHIND = {RunState.PLANNING: PLAN_LIST, RunState.APPLYING: APPLY_LIST, RunState.UNDOING: UNDO_LIST}
"""The kind of job that is at work while an import is in this state."""

KEPT = timedelta(days=90)
UNDECIDED_KEPT = timedelta(days=7)
"""For how long an import can be undone, and for how long one waits that nobody applied: it holds names."""


class ListMethods(Protocol):
    """What a kind of list knows; each is a module of its own."""

    def read(self, course: Course, text: str, /) -> Any:
        """The list as it says. Raises NotATable."""

    def planned(self, run: ListImport, /) -> tuple[list[ImportLine], tuple[str, ...]]:
        """What each line would do now, unsaved, and the headers that say nothing. Raises NotATable."""

    def apply(self, run: ListImport, lines: Sequence[ImportLine], at: datetime, /) -> None:
        """Each line is done or passed over; unsaved."""

    def undo(self, run: ListImport, lines: Sequence[ImportLine], at: datetime, /) -> None:
        """Each line that was done is undone or kept; unsaved."""


METHODS: Mapping[str, ListMethods] = {ListKind.PEOPLE: imported_people, ListKind.GRADES: imported_grades}


class ListNotReady(QuizError):
    code = "list_not_ready"
    message = "This list has gone on meanwhile. Reload the page to see where it stands."


def methods_of(kind: str) -> ListMethods:
    """What is done with lists of the kind."""
    return METHODS[kind]


@transaction.atomic
def look_at(
    course: Course,
    *,
    kind: ListKind,
    text: str,
    actor: User | None,
    reason: str = "",
    at: datetime | None = None,
    hint: bool = True,
) -> ListImport:
    """A job plans what the list would do; nothing else happens by it. Raises NotATable."""
    methods_of(kind).read(course, text)
    run = ListImport(course=course, kind=kind, text=text, reason=reason, actor=actor, created_at=at or database_now())
    run.save()
    enqueue(PLAN_LIST, subject=run.uuid, hint=hint)
    return run


@transaction.atomic
def look_again(run: ListImport, *, text: str, actor: User | None, reason: str = "", hint: bool = True) -> None:
    """A job plans what this text would do in place of the one before. Raises NotATable, and ListNotReady if decided."""
    methods_of(run.kind).read(run.course, text)
    _move(run, to=RunState.PLANNING, text=text, reason=reason, actor=actor, is_outdated=False)
    enqueue(PLAN_LIST, subject=run.uuid, hint=hint)


@transaction.atomic
def apply_list(run: ListImport, *, actor: User | None, hint: bool = True) -> None:
    """A job will do what the list was shown to do, unless the course changed since. Asking twice is once.

    Raises ListNotReady unless it is planned.
    """
    _move(run, to=RunState.APPLYING, actor=actor, is_outdated=False)
    _record("applied a list", run, actor)
    enqueue(APPLY_LIST, subject=run.uuid, hint=hint)


@transaction.atomic
def undo_list(run: ListImport, *, actor: User | None, hint: bool = True) -> None:
    """A job will take back what the list did and nobody changed since. Raises ListNotReady unless it is applied."""
    _move(run, to=RunState.UNDOING, actor=actor)
    _record("undid a list", run, actor)
    enqueue(UNDO_LIST, subject=run.uuid, hint=hint)


def discard_list(run: ListImport) -> None:
    """The list is set aside, its text forgotten; nothing was done by it. Raises ListNotReady once it is applied."""
    _move(run, to=RunState.DISCARDED, text="")


def go_on(run: ListImport) -> bool:
    """A job behind the import that was given up goes on from where it stopped; False when none was."""
    job = job_of(run)
    return job is not None and job.state in (JobState.FAILED, JobState.QUARANTINED) and requeue(job.uuid)


def job_of(run: ListImport) -> Job | None:
    """The newest job of those that are at work while the import is in its state."""
    kind = BEHIND.get(RunState(run.state))
    return Job.objects.filter(kind=kind, subject=run.uuid).order_by("-pk").first() if kind else None


def _move(run: ListImport, *, to: RunState, **fields: Any) -> None:
    """The import is in the state, with these fields; raises ListNotReady where the table does not lead there."""
    allowed = [state for state, targets in ListImport.TRANSITIONS.items() if to in targets]
    # Only a worker finds out that a list is out of date.
    asked = [state for state in allowed if state != RunState.APPLYING]
    if not ListImport.objects.filter(pk=run.pk, state__in=asked).update(state=to, **fields):
        raise ListNotReady
    run.refresh_from_db()


def _record(verb: str, run: ListImport, actor: User | None) -> None:
    course = run.course.uuid
    record(verb, subject=f"list:{run.uuid}", actor=actor, course=course, detail={"kind": run.kind})


def tally_of(run: ListImport) -> Mapping[tuple[str, str], int]:
    """How many lines have which fate and are in which state; one query."""
    rows = ImportLine.objects.filter(list_import=run).order_by().values_list("fate", "state")
    return Counter({(fate, state): number for fate, state, number in rows.annotate(number=Count("pk"))})


def lines_to_read(run: ListImport) -> QuerySet[ImportLine]:
    """Every line of the import, with its quiz: first those that somebody has to look at, then as they came."""
    to_look_at = Q(fate=LineFate.FAULT) | Q(state__in=[ImportLineState.PASSED_OVER, ImportLineState.KEPT])
    first = Case(When(to_look_at, then=Value(0)), default=Value(1))
    return run.lines.select_related("quiz").order_by(first, "number")


def forget_old_lists(at: datetime | None = None) -> None:
    """Lists that nobody decided about for a week, and all that are older than they can be undone, are gone.

    One query where there is none; for the sweeper.
    """
    now = at or database_now()
    undecided = Q(state__in=[RunState.PLANNED, RunState.DISCARDED], created_at__lt=now - UNDECIDED_KEPT)
    over = Q(state__in=[RunState.APPLIED, RunState.UNDONE], created_at__lt=now - KEPT)
    old = list(ListImport.objects.filter(undecided | over).order_by("pk").values_list("pk", flat=True)[:20])
    if old:
        ListImport.objects.filter(pk__in=old).delete()
