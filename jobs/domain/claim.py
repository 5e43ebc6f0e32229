"""Taking a job: one compare-and-set by the database's clock, and the token that fences everyone else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Q, QuerySet, UUIDField

from jobs.domain.clock import dialect, instant
from jobs.domain.errors import LostLease
from jobs.domain.prepared import literal
from jobs.domain.registry import kind_of, kinds
from jobs.models import Job, JobState

_UUIDS: UUIDField[UUID, UUID] = UUIDField()


@dataclass(frozen=True, kw_only=True)
class ClaimedJob:
    """What a worker holds while it works: the job's content, and the token that proves the claim."""

    job_id: int
    uuid: UUID
    kind: str
    subject: UUID | None
    payload: dict[str, Any]
    token: UUID
    tries: int
    request_id: str = ""

    def heartbeat(self, current: int | None = None, total: int | None = None) -> None:
        """The lease runs its full length from now, and the progress is stored where given.

        One UPDATE. Raises `LostLease` when the job was cancelled or taken over: stop working then.
        """
        progress = {name: value for name, value in (("current", current), ("total", total)) if value is not None}
        held = Job.objects.filter(pk=self.job_id, token=self.token, state=JobState.RUNNING)
        if not held.update(lease_until=instant(seconds=kind_of(self.kind).lease), **progress):
            raise LostLease(f"The lease on the {self.kind} job {self.uuid} is lost.")


def claim(job_uuid: UUID, *, at: datetime | None = None) -> ClaimedJob | None:
    """The job is running under a fresh token and has one try more; None when it is not to be had.

    Not to be had: unknown, not due, over, leased by someone else, out of tries, or of a kind that this process does
    not know. One statement, so of any number of callers one wins.
    """
    if not kinds:
        return None
    token = uuid4()
    values = {"uuid": _stored_uuid(job_uuid), "token": _stored_uuid(token)}
    if at is not None:
        values["at"] = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(_claim_sql(at=at), values)
        return next((_claimed(row, token) for row in cursor.fetchall()), None)


# The one write of a state outside transitions.py. As a statement of the ORM it cost 2.9 ms of CPU, this way 0.2, and it
# is on the way of every answer. A live job has either next_try_at or lease_until: a constraint sees to that. It names
# what it returns: PostgreSQL keeps the statement's plan, and refuses it once a later version has given the table a
# column more, where the statement asks for all there are.
CLAIM = """
    UPDATE jobs_job
    SET state = 'running', token = %(token)s, tries = tries + 1, next_try_at = NULL, lease_until = {lease_end}
    WHERE uuid = %(uuid)s AND state IN ('queued', 'running') AND COALESCE(next_try_at, lease_until) <= {now}
        AND tries < CASE kind {tries} ELSE 0 END
    RETURNING id, uuid, kind, subject, payload, tries, request_id
"""


def _claim_sql(*, at: datetime | None) -> str:
    """The statement, which is the same at each call: with more than fifty values psycopg cuts it up anew each time."""
    said = dialect()
    tries = " ".join(f"WHEN {literal(kind.name)} THEN {int(kind.max_tries)}" for kind in kinds.values())
    lease = " ".join(f"WHEN {literal(kind.name)} THEN {_seconds(kind.lease)}" for kind in kinds.values())
    now, start = (said.now, said.start) if at is None else ("%(at)s", "%(at)s")
    return CLAIM.format(now=now, lease_end=said.later.format(start=start, by=f"CASE kind {lease} END"), tries=tries)


def _seconds(lease: float) -> str:
    said = dialect().seconds(lease)
    return literal(said) if isinstance(said, str) else repr(said)


def _stored_uuid(value: UUID) -> Any:
    return _UUIDS.get_db_prep_value(value, connection)


def _claimed(row: tuple[Any, ...], token: UUID) -> ClaimedJob:
    key, uuid, kind, subject, payload, tries, request_id = row
    return ClaimedJob(
        job_id=key,
        uuid=_UUIDS.to_python(uuid),
        kind=kind,
        subject=_UUIDS.to_python(subject),
        payload=payload if isinstance(payload, dict) else json.loads(payload),
        token=token,
        tries=tries,
        request_id=request_id,
    )


def claimable(at: datetime | None = None) -> QuerySet[Job]:
    """The jobs that may be claimed at `at`: due or with an expired lease, and with a try left."""
    return Job.objects.filter(is_due(at) | is_expired(at), has_tries_left())


def is_due(at: datetime | None = None) -> Q:
    """Queued, and the next try has come."""
    return Q(state=JobState.QUEUED, next_try_at__lte=instant(at))


def is_expired(at: datetime | None = None) -> Q:
    """Running, and the lease is over: whoever held it died, hangs or lost the database."""
    return Q(state=JobState.RUNNING, lease_until__lt=instant(at))


def has_tries_left() -> Q:
    """Of a registered kind, and claimed less often than the kind allows."""
    allowed = Q(pk__in=[])
    for kind in kinds.values():
        allowed |= Q(kind=kind.name, tries__lt=kind.max_tries)
    return allowed


def has_no_tries_left() -> Q:
    """Of a registered kind, and claimed as often as the kind allows."""
    spent = Q(pk__in=[])
    for kind in kinds.values():
        spent |= Q(kind=kind.name, tries__gte=kind.max_tries)
    return spent
