"""Taking a job: one compare-and-set by the database's clock, and the token that fences everyone else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.expressions import Combinable

from jobs.domain.clock import instant
from jobs.domain.errors import LostLease
from jobs.domain.registry import kind_of, kinds
from jobs.domain.transitions import move
from jobs.models import LIVE, Job, JobState


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
    not know. At most two queries; the first is a single UPDATE, so of any number of callers one wins.
    """
    token = uuid4()
    fields = {"token": token, "tries": F("tries") + 1, "lease_until": lease_end(at)}
    rows = claimable(at).filter(uuid=job_uuid)
    if not kinds or not move(rows, sources=LIVE, target=JobState.RUNNING, at=at, **fields):
        return None
    job = Job.objects.filter(uuid=job_uuid, token=token).first()
    return None if job is None else _claimed(job, token)


def _claimed(job: Job, token: UUID) -> ClaimedJob:
    return ClaimedJob(
        job_id=job.pk,
        uuid=job.uuid,
        kind=job.kind,
        subject=job.subject,
        payload=job.payload,
        token=token,
        tries=job.tries,
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


def lease_end(at: datetime | None = None) -> Combinable:
    """When a lease that begins at `at` ends, by the kind of each row."""
    return Case(*(When(kind=kind.name, then=instant(at, seconds=kind.lease)) for kind in kinds.values()))
