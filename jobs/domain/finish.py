"""Ending a claim: recorded once, tried again later, or given up for all to see."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from jobs.domain.claim import ClaimedJob
from jobs.domain.clock import instant
from jobs.domain.errors import InvalidResult, LostLease
from jobs.domain.registry import kind_of
from jobs.domain.schedule import schedule
from jobs.domain.tallies import tally
from jobs.domain.transitions import end, move
from jobs.models import Job, JobState

MAX_RESULT_BYTES = 100_000
MAX_ERROR_CHARACTERS = 2_000


def finish(claimed: ClaimedJob, result: Any, *, at: datetime | None = None) -> None:
    """The job is done and what its kind records is stored, in one transaction; else nothing is.

    Two queries at most beside those of `record`. Raises `LostLease` when the claim is not valid any more (nothing was
    stored), `InvalidResult` when `record` returns what JSON cannot hold, and whatever `record` raises.
    """
    with transaction.atomic():
        if not end(claimed.job_id, token=claimed.token, at=at):
            raise LostLease(f"The {claimed.kind} job {claimed.uuid} was finished by someone else or is not wanted.")
        kept = kind_of(claimed.kind).record(claimed, result)
        if kept is not None:
            Job.objects.filter(pk=claimed.job_id).update(result=_checked(kept))


def release(claimed: ClaimedJob, error: str, *, least: float = 0, at: datetime | None = None) -> JobState | None:
    """The job is queued for a later try, or quarantined when this was its last; None when the lease was lost.

    Waits grow with the tries as the schedule says, and are never shorter than `least` seconds.
    """
    if claimed.tries >= kind_of(claimed.kind).max_tries:
        return JobState.QUARANTINED if give_up(_held(claimed), error=error, at=at) else None
    later = instant(at, seconds=max(least, schedule().wait_after(claimed.tries)))
    fields = {"next_try_at": later, "hinted_at": None, "error": storable(error)}
    moved = move(_held(claimed), sources=[JobState.RUNNING], target=JobState.QUEUED, at=at, **fields)
    return JobState.QUEUED if moved else None


def fail(claimed: ClaimedJob, error: str, *, at: datetime | None = None) -> JobState | None:
    """The job has failed for good, without further tries; None when the lease was lost."""
    given_up = give_up(_held(claimed), error=error, target=JobState.FAILED, at=at)
    return JobState.FAILED if given_up else None


def give_up(
    row: QuerySet[Job],
    *,
    error: str,
    target: JobState = JobState.QUARANTINED,
    sources: Collection[JobState] = (JobState.RUNNING,),
    at: datetime | None = None,
) -> bool:
    """The one job in `row` is given up and its kind has settled the subject, in one transaction; False when not there.

    An error of the kind's handler undoes both, so that the next pass of the sweeper tries again.
    """
    pks = list(row.values_list("pk", flat=True)[:1])
    with transaction.atomic():
        if not pks or not move(row.filter(pk__in=pks), sources=sources, target=target, at=at, error=storable(error)):
            return False
        job = Job.objects.get(pk=pks[0])
        kind_of(job.kind).on_give_up(job, job.error)
        tally(target.value)
    return True


def storable(text: str) -> str:
    """`text` as both databases take it: no NUL, no lone surrogates, at most `MAX_ERROR_CHARACTERS`."""
    whole = text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    return whole if len(whole) <= MAX_ERROR_CHARACTERS else whole[: MAX_ERROR_CHARACTERS - 1] + "…"


def _held(claimed: ClaimedJob) -> QuerySet[Job]:
    return Job.objects.filter(pk=claimed.job_id, token=claimed.token)


def _checked(result: Any) -> dict[str, Any]:
    if not isinstance(result, dict):
        raise InvalidResult(f"A result is an object, not {type(result).__name__}.")
    try:
        encoded = json.dumps(result, allow_nan=False, ensure_ascii=False)
        size = len(encoded.encode("utf-8"))
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidResult(f"The result is not JSON: {error}.") from error
    if size > MAX_RESULT_BYTES or "\\u0000" in encoded:
        raise InvalidResult(f"The result has {size} bytes or holds a NUL; {MAX_RESULT_BYTES} bytes without are kept.")
    return result
