"""The one number to be woken up by: for how long the answer that waits longest for its grade has waited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jobs.domain import database_now
from jobs.domain.prepared import first, prepared
from jobs.models import LIVE, Job
from quizzes.domain.attempts import GRADE_ATTEMPT
from quizzes.models import AttemptState, Grading, Response


@dataclass(frozen=True, kw_only=True)
class Ungraded:
    """How many submitted answers have no grade, by their grading, and the age in seconds of what waits for a worker.

    The age is 0.0 when nothing waits for one. It counts from when grading was asked for: for an answer that is graded
    again that is not when it was submitted.
    """

    counts: Mapping[str, int]
    oldest_age: float


def ungraded() -> Ungraded:
    """What has no grade now. Four statements, three of them over partial indexes, however many answers there are."""
    found = {grading: first(rows()) for grading, rows in _ROWS.items()}
    counts = {grading.value: row["count"] if row else 0 for grading, row in found.items()}
    pending = found[Grading.PENDING]
    age = (database_now() - pending["since"]).total_seconds() if pending else 0.0
    return Ungraded(counts=counts, oldest_age=max(0.0, age))


def _rows_of(grading: Grading) -> Callable[[], list[Any]]:
    """Each state is a statement of its own, which names the state: only then a partial index serves."""

    @prepared
    def rows() -> QuerySet[Any, Any]:
        live = Job.objects.filter(kind=GRADE_ATTEMPT, subject=OuterRef("attempt__uuid"), state__in=LIVE)
        since = Coalesce(Subquery(live.values("created_at")[:1]), F("attempt__submitted_at"))
        waiting = Response.objects.filter(grading=grading.value, attempt__state=AttemptState.SUBMITTED)
        return waiting.order_by().values("grading").annotate(count=Count("pk"), since=Min(since))

    return rows


_ROWS = {grading: _rows_of(grading) for grading in (Grading.PENDING, Grading.PENDING_MANUAL, Grading.FAILED)}
