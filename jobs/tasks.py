"""The one Celery task: an identifier in, one domain call."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from celery import shared_task
from celery.signals import task_prerun

from jobs.domain.connections import drop_broken_connections
from jobs.domain.hints import TASK
from jobs.domain.run import run_job as run


@shared_task(name=TASK, ignore_result=True, acks_late=True)  # type: ignore[untyped-decorator]  # -- Celery
def run_job(job_uuid: str) -> None:
    run(UUID(job_uuid))


@task_prerun.connect  # type: ignore[untyped-decorator]  # -- Celery
def keep_only_working_connections(**_: Any) -> None:
    """Connections outlive tasks (`CELERY_DB_REUSE_MAX`), so one may have died with the database in between."""
    drop_broken_connections()
