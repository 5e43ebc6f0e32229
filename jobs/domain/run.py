"""One job from claim to end: what the worker, the inline sweeper and tests call."""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import DatabaseError

from jobs.correlation import done_for
from jobs.domain.claim import ClaimedJob, claim
from jobs.domain.connections import drop_broken_connections
from jobs.domain.errors import JobFailed, LostLease, TryLater
from jobs.domain.finish import fail, finish, release
from jobs.domain.lease import LeaseKeeper
from jobs.domain.registry import kind_of
from jobs.domain.tallies import tally
from jobs.models import JobState

logger = logging.getLogger(__name__)


def run_job(job_uuid: UUID) -> bool:
    """The job was claimed here and is done, queued for another try, or given up; False when it was not to be had.

    Safe to call any number of times and from anywhere at once. Errors of the work are recorded on the job, not raised;
    a database that cannot be reached while claiming is raised.
    """
    claimed = claim(job_uuid)
    if claimed is None:
        return False
    with done_for(claimed.request_id):
        _run(claimed)
    return True


def _run(claimed: ClaimedJob) -> None:
    try:
        _work_and_finish(claimed)
        logger.info("The %s job %s is done, try %d", claimed.kind, claimed.uuid, claimed.tries)
    except LostLease:
        logger.warning("The %s job %s was taken over; this run is discarded.", claimed.kind, claimed.uuid)
        tally("fenced")
    except Exception as error:  # noqa: BLE001 -- recorded on the job with its next try
        _keep_failure(claimed, error)


def _work_and_finish(claimed: ClaimedJob) -> None:
    with LeaseKeeper(claimed):
        result = kind_of(claimed.kind).work(claimed)
    finish(claimed, result)


def _keep_failure(claimed: ClaimedJob, error: Exception) -> None:
    """Where even this fails the lease runs out, and the sweeper queues the job again."""
    logger.warning("The %s job %s failed, try %d", claimed.kind, claimed.uuid, claimed.tries, exc_info=error)
    drop_broken_connections()
    try:
        ended = _settle(claimed, error)
    except DatabaseError:
        logger.exception("The failure of job %s could not be stored.", claimed.uuid)
        return
    if ended is None:
        tally("fenced")


def _settle(claimed: ClaimedJob, error: Exception) -> JobState | None:
    if isinstance(error, JobFailed):
        return fail(claimed, str(error))
    if isinstance(error, TryLater):
        return release(claimed, str(error), least=error.seconds)
    return release(claimed, f"{type(error).__name__}: {error}")
