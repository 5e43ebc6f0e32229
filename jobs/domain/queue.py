"""Putting work in: inside the caller's transaction, so that the work exists exactly when its cause does."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from jobs.correlation import current_request_id
from jobs.domain import hints
from jobs.domain.clock import dialect, instant, moment
from jobs.domain.errors import JobError
from jobs.domain.prepared import first, prepared
from jobs.domain.registry import kind_of
from jobs.domain.transitions import move
from jobs.models import LIVE, Job, JobState

logger = logging.getLogger(__name__)
_INSERTS = 5
_HINTED = 50


def enqueue(
    kind: str,
    *,
    subject: UUID | None = None,
    key: str | None = None,
    payload: Mapping[str, Any] | None = None,
    owner: int | None = None,
    hint: bool = True,
    at: datetime | None = None,
) -> Job:
    """A live job of `kind` for `key` exists once the caller's transaction commits, and a worker is woken then.

    `key` defaults to the subject; with neither, every call makes a job of its own. While a job of the same kind and
    key is queued or running, that one is returned and nothing is added: work that must see what was just written
    needs a key of its own. One query, one more where a job lives. Publishing the hint never fails the caller and never
    takes 500 ms; `hint=False` leaves the waking to the sweeper. Raises `UnknownKind`.
    """
    kind_of(kind)
    job = Job(kind=kind, subject=subject, payload=dict(payload or {}), owner=owner, request_id=current_request_id())
    job.key = key or str(subject or job.uuid)
    live = _insert_or_find(job, hint=hint, at=at)
    if live.uuid == job.uuid:
        logger.info("The %s job %s is put in, about %s", kind, live.uuid, subject)
    if hint and live.uuid == job.uuid:
        transaction.on_commit(partial(hints.send, live.uuid), robust=True)
    return live


def enqueue_each(kind: str, *, subjects: Sequence[UUID], owner: int | None = None, at: datetime | None = None) -> None:
    """For each of the subjects a live job of `kind` exists once the caller's transaction commits; those there stay.

    One statement whatever their number. Workers are woken for the first fifty, and by the sweeper for the others.
    Raises `UnknownKind`.
    """
    kind_of(kind)
    now = instant(at)
    common = {"kind": kind, "owner": owner, "request_id": current_request_id(), "created_at": now, "next_try_at": now}
    made = [Job(subject=subject, key=str(subject), **common) for subject in subjects]
    for job in made[:_HINTED]:
        job.hinted_at = now
        # Where the job was there already, the hint names none, and nobody finds it.
        transaction.on_commit(partial(hints.send, job.uuid), robust=True)
    Job.objects.bulk_create(made, ignore_conflicts=True)


def _insert_or_find(job: Job, *, hint: bool, at: datetime | None) -> Job:
    for _ in range(_INSERTS):
        if _inserted(job, hint=hint, at=at):
            return job
        live: Job | None = first(_live(kind=job.kind, key=job.key))
        if live is not None:
            return live
    raise JobError(f"{job} ended as often as it was looked for. Try again.")


# As a statement of the ORM, and one more to see whether it took effect, this cost three times as much, and it is on the
# way of every answer. SQLite needs the WHERE to tell the two meanings of ON apart.
_NAMES = ("uuid", "kind", "key", "subject", "payload", "owner", "state", "current", "error", "tries", "request_id")
INSERT = f"""
    INSERT INTO jobs_job ({", ".join(_NAMES)}, created_at, next_try_at, hinted_at)
    SELECT {", ".join(["%s"] * len(_NAMES))}, moment, moment, {{hinted}} FROM (SELECT {{now}} AS moment) AS clock
    WHERE true ON CONFLICT DO NOTHING RETURNING id, created_at
"""  # noqa: S608 -- names are the model's, values parameters
_FIELDS: list[Any] = [Job._meta.get_field(name) for name in _NAMES]  # noqa: SLF001 -- Django documents _meta as public


def _inserted(job: Job, *, hint: bool, at: datetime | None) -> bool:
    """Whether the job was stored and is complete; where one of its kind and key lives, nothing is."""
    values = [field.get_db_prep_save(getattr(job, field.attname), connection) for field in _FIELDS]
    values += [] if at is None else [connection.ops.adapt_datetimefield_value(at)]
    now = dialect().now if at is None else dialect().given
    with connection.cursor() as cursor:
        cursor.execute(INSERT.format(now=now, hinted="moment" if hint else "NULL"), values)
        rows = cursor.fetchall()
    for job.pk, said in rows:
        job.created_at = job.next_try_at = moment(said)
        job.hinted_at = job.created_at if hint else None
        job._state.adding = False  # noqa: SLF001 -- Django documents _state
    return bool(rows)


@prepared
def _live(*, kind: str, key: str) -> QuerySet[Job]:
    return Job.objects.filter(kind=kind, key=key, finished_at__isnull=True)


def cancel(job_uuid: UUID, *, at: datetime | None = None) -> bool:
    """The job will not be recorded any more; False when it was over already.

    A worker in its midst notices at its next heartbeat, or is fenced when it finishes. Whoever cancels settles the
    job's subject in the same transaction.
    """
    return bool(move(Job.objects.filter(uuid=job_uuid), sources=LIVE, target=JobState.CANCELLED, at=at))


def requeue(job_uuid: UUID, *, at: datetime | None = None) -> bool:
    """A failed or quarantined job is queued again with all its tries; False when it is neither.

    Raises `IntegrityError` when a younger job of the same kind and key is alive.
    """
    rows = Job.objects.filter(uuid=job_uuid)
    sources = (JobState.FAILED, JobState.QUARANTINED)
    fields = {"tries": 0, "next_try_at": instant(at), "hinted_at": instant(at)}
    moved = move(rows, sources=sources, target=JobState.QUEUED, at=at, **fields)
    if moved:
        transaction.on_commit(partial(hints.send, job_uuid), robust=True)
    return bool(moved)
