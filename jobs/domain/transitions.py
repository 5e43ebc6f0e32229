"""The one place that writes a job's state."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet, UUIDField

from jobs.domain.clock import dialect, instant
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


# What `move` makes of running → done. It ends every job, and as a statement of the ORM it cost ten times as much.
DONE = """
    UPDATE jobs_job SET state = 'done', error = '', lease_until = NULL, token = NULL, next_try_at = NULL,
        finished_at = {now}
    WHERE id = %s AND token = %s AND state = 'running'
"""
_UUIDS: UUIDField[UUID, UUID] = UUIDField()


def end(job_id: int, *, token: UUID, at: datetime | None = None) -> bool:
    """The running job that is held by this token is done; False when it is held by another, or over. One UPDATE."""
    now = dialect().now if at is None else dialect().given
    given = [] if at is None else [connection.ops.adapt_datetimefield_value(at)]
    with connection.cursor() as cursor:
        cursor.execute(DONE.format(now=now), [*given, job_id, _UUIDS.get_db_prep_value(token, connection)])
        return bool(cursor.rowcount)
