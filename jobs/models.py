"""The rows that hold background work. A row is the queue; the broker only wakes workers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jobs.identifiers import time_ordered_uuid


class JobState(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    QUARANTINED = "quarantined"
    CANCELLED = "cancelled"


# running → running is a claim that takes over an expired lease; the ways back to queued are a person's decision.
TRANSITIONS: dict[JobState, frozenset[JobState]] = {
    JobState.QUEUED: frozenset({JobState.RUNNING, JobState.QUARANTINED, JobState.CANCELLED}),
    JobState.RUNNING: frozenset(JobState),
    JobState.DONE: frozenset(),
    JobState.FAILED: frozenset({JobState.QUEUED}),
    JobState.QUARANTINED: frozenset({JobState.QUEUED}),
    JobState.CANCELLED: frozenset(),
}
LIVE = (JobState.QUEUED, JobState.RUNNING)
OVER = tuple(state for state in JobState if state not in LIVE)


def _while(*states: JobState, column: str) -> Q:
    """`column` is filled in exactly these states and empty in all others."""
    inside = Q(state__in=states)
    return (inside & Q(**{f"{column}__isnull": False})) | (~inside & Q(**{f"{column}__isnull": True}))


class Job(models.Model):
    """A lease on one piece of work about one subject; the truth about the subject lives with its owner."""

    uuid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    subject = models.UUIDField(null=True)
    payload = models.JSONField(default=dict)
    owner = models.BigIntegerField(null=True)
    state = models.CharField(max_length=20, choices=JobState, default=JobState.QUEUED)
    current = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    result = models.JSONField(null=True)
    error = models.TextField(default="", blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    token = models.UUIDField(null=True)
    next_try_at = models.DateTimeField(null=True)
    hinted_at = models.DateTimeField(null=True)
    request_id = models.CharField(max_length=64, default="", db_default="", blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        # The conditions are "is not null" because SQLite can prove only those for a statement with parameters.
        indexes: ClassVar = [
            models.Index("next_try_at", name="jobs_due", condition=Q(next_try_at__isnull=False)),
            models.Index("lease_until", name="jobs_leased", condition=Q(lease_until__isnull=False)),
            models.Index("state", "finished_at", name="jobs_over", condition=Q(finished_at__isnull=False)),
            models.Index("subject", name="jobs_subject", condition=Q(subject__isnull=False)),
            models.Index("owner", "created_at", name="jobs_owned", condition=Q(owner__isnull=False)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "key"], name="one_live_job_per_key", condition=Q(finished_at__isnull=True)
            ),
            models.CheckConstraint(name="job_state_is_known", condition=Q(state__in=JobState.values)),
            models.CheckConstraint(name="queued_has_next_try", condition=_while(JobState.QUEUED, column="next_try_at")),
            models.CheckConstraint(name="running_has_lease", condition=_while(JobState.RUNNING, column="lease_until")),
            models.CheckConstraint(name="running_has_token", condition=_while(JobState.RUNNING, column="token")),
            models.CheckConstraint(name="over_has_finish", condition=_while(*OVER, column="finished_at")),
            models.CheckConstraint(
                name="progress_within_total", condition=Q(total__isnull=True) | Q(current__lte=F("total"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} ({self.state})"


class Beat(models.Model):
    """When a process that has to keep going last went through all it has to do."""

    name = models.CharField(max_length=60, unique=True)
    last_success_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}, last at {self.last_success_at:%Y-%m-%d %H:%M:%S}"


class Tally(models.Model):
    """How often something rare happened, over all processes and since the installation began."""

    name = models.CharField(max_length=60, unique=True)
    value = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
