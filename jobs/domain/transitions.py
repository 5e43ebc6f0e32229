"""The one place that writes a job's state."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from jobs.domain.clock import instant
from jobs.domain.errors import ForbiddenTransition
from jobs.models import LIVE, TRANSITIONS, Job, JobState


def move(
    rows: QuerySet[Job], *, sources: Collection[JobState], target: JobState, at: datetime | None = None, **columns: Any
) -> int:
    """Those of `rows` that are in one of `sources` are in `target`; one UPDATE. Returns how many were.

    Whatever belongs to the state that was left (lease, token, next try) is emptied, and a job that is over has its
    finish. Raises `ForbiddenTransition` when the table does not allow one of the steps.
    """
    for source in sources:
        if target not in TRANSITIONS[source]:
            raise ForbiddenTransition(f"A job does not go from {source.value} to {target.value}.")
    if target != JobState.RUNNING:
        columns |= {"lease_until": None, "token": None}
    if target != JobState.QUEUED:
        columns |= {"next_try_at": None}
    columns["finished_at"] = None if target in LIVE else instant(at)
    return rows.filter(state__in=sources).update(state=target, **columns)
