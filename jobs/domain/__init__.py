"""Durable background work: put in by `enqueue`, done by `run_job`, guaranteed by `sweep`."""

from __future__ import annotations

from jobs.domain.claim import ClaimedJob, claim
from jobs.domain.clock import database_now
from jobs.domain.errors import (
    DuplicateKind,
    ForbiddenTransition,
    InvalidResult,
    JobError,
    JobFailed,
    LostLease,
    TryLater,
    UnknownKind,
)
from jobs.domain.finish import fail, finish, release
from jobs.domain.giving_way import give_way
from jobs.domain.health import Health, JobStatus, health, status
from jobs.domain.queue import cancel, enqueue, enqueue_each, requeue
from jobs.domain.registry import forget, forget_sweep, register, register_sweep
from jobs.domain.run import run_job
from jobs.domain.sweep import SweepReport, sweep

__all__ = [
    "ClaimedJob",
    "DuplicateKind",
    "ForbiddenTransition",
    "Health",
    "InvalidResult",
    "JobError",
    "JobFailed",
    "JobStatus",
    "LostLease",
    "SweepReport",
    "TryLater",
    "UnknownKind",
    "cancel",
    "claim",
    "database_now",
    "enqueue",
    "enqueue_each",
    "fail",
    "finish",
    "forget",
    "forget_sweep",
    "give_way",
    "health",
    "register",
    "register_sweep",
    "release",
    "requeue",
    "run_job",
    "status",
    "sweep",
]
