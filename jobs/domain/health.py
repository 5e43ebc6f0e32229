"""The few numbers that say whether background work gets done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min
from django.utils import timezone

from jobs.domain import hints
from jobs.domain.clock import DatabaseClock, database_now, instant
from jobs.domain.tallies import tallies
from jobs.models import Beat, Job, JobState

SWEEPER = "sweeper"
OWN_CLOCK = ", by its own clock"
SILENT_SECONDS = 60.0
"""A sweeper that was not heard of for longer is an alarm."""


@dataclass(frozen=True, kw_only=True)
class Health:
    """`oldest_due_age` in seconds (0.0 when nothing is due) is the number to be woken up by."""

    live: Mapping[str, int]
    given_up: Mapping[str, int]
    oldest_due_age: float
    sweeper_age: float | None
    publish_errors: int
    tallies: Mapping[str, int]
    swept_at: datetime | None = None

    @property
    def is_swept(self) -> bool:
        """Whether the sweeper went through all it has to do within the last minute."""
        return self.sweeper_age is not None and self.sweeper_age <= SILENT_SECONDS


@dataclass(frozen=True, kw_only=True)
class JobStatus:
    """What a page or a program is told about one job."""

    uuid: UUID
    kind: str
    state: str
    current: int
    total: int | None
    result: dict[str, Any] | None
    error: str


def health() -> Health:
    """The state of background work, by the database's clock. `publish_errors` counts this process's only."""
    now = database_now()
    by_state = {row["state"]: row for row in _open_rows()}
    due = [row["due"] for row in by_state.values() if row["due"] and row["due"] <= now]
    expired = [row["expired"] for row in by_state.values() if row["expired"] and row["expired"] < now]
    beat = Beat.objects.filter(name=SWEEPER).first()
    return Health(
        live={state.value: _count(by_state, state) for state in (JobState.QUEUED, JobState.RUNNING)},
        given_up={state.value: _count(by_state, state) for state in (JobState.FAILED, JobState.QUARANTINED)},
        oldest_due_age=max([(now - moment).total_seconds() for moment in due + expired], default=0.0),
        sweeper_age=None if beat is None else (now - beat.last_success_at).total_seconds(),
        publish_errors=hints.breaker.errors,
        tallies=tallies(),
        swept_at=None if beat is None else beat.last_success_at,
    )


def sweeper_age() -> float | None:
    """Seconds since the sweeper last went through, by the database's clock; None when it never did. One query."""
    found = Beat.objects.filter(name=SWEEPER).annotate(now=DatabaseClock()).values_list("now", "last_success_at")
    return next(((now - last).total_seconds() for now, last in found), None)


def _open_rows() -> Any:
    states = (JobState.QUEUED, JobState.RUNNING, JobState.FAILED, JobState.QUARANTINED)
    rows = Job.objects.filter(state__in=states).values("state")
    return rows.annotate(count=Count("pk"), due=Min("next_try_at"), expired=Min("lease_until"))


def _count(by_state: Mapping[str, dict[str, Any]], state: JobState) -> int:
    return int(by_state.get(state, {}).get("count", 0))


def status(job_uuid: UUID) -> JobStatus | None:
    """How far the job is, or None when there is no such job. One query; access is the caller's question."""
    names = [field.name for field in fields(JobStatus)]
    row = Job.objects.filter(uuid=job_uuid).values(*names).first()
    return None if row is None else JobStatus(**row)


def beat(name: str, *, at: datetime | None = None) -> None:
    """`name` went through all it has to do, at `at`, and its machine's own clock is noted beside it. One statement."""
    own = at or timezone.now()
    rows = [Beat(name=name, last_success_at=instant(at)), Beat(name=name + OWN_CLOCK, last_success_at=own)]
    Beat.objects.bulk_create(rows, update_conflicts=True, unique_fields=["name"], update_fields=["last_success_at"])


def clock_ahead(name: str) -> float | None:
    """Seconds by which the clock of `name`'s machine was ahead of the database's when it last went through.

    None when it never did.
    """
    said = dict(Beat.objects.filter(name__in=[name, name + OWN_CLOCK]).values_list("name", "last_success_at"))
    return (said[name + OWN_CLOCK] - said[name]).total_seconds() if len(said) > 1 else None
