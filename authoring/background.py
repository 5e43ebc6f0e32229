"""What authoring does in the background, told to `jobs` at start-up."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import jobs.domain as jobs
from authoring.domain.kinds import BUILD_COURSE
from jobs.domain import ClaimedJob
from jobs.models import Job


def register_background_work() -> None:
    """Building a draft course is a kind of job: the longest article takes some seconds."""
    jobs.register(BUILD_COURSE, work=_build, record=_record, on_give_up=_give_up, lease_seconds=120)


# Every process registers the kind, but only a worker builds: what building imports would cost the others start-up time
# and memory for nothing.
def _builder() -> Any:
    return import_module("authoring.domain.build")


def _build(claimed: ClaimedJob) -> Any:
    return _builder().build_course(claimed)


def _record(claimed: ClaimedJob, built: Any) -> dict[str, Any]:
    recorded: dict[str, Any] = _builder().record_build(claimed, built)
    return recorded


def _give_up(job: Job, error: str) -> None:
    _builder().give_up_build(job, error)
