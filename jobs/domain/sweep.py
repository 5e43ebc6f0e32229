"""The guarantee: whatever a worker, the broker or a crash left behind is found again by looking at the rows."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from jobs.domain import hints
from jobs.domain.claim import claimable, has_no_tries_left, has_tries_left, is_due, is_expired
from jobs.domain.clock import instant
from jobs.domain.connections import drop_broken_connections
from jobs.domain.dwell import count_dwell
from jobs.domain.finish import give_up
from jobs.domain.health import SWEEPER, beat
from jobs.domain.registry import registered_sweeps
from jobs.domain.run import run_job
from jobs.domain.schedule import schedule
from jobs.domain.tallies import tally
from jobs.domain.transitions import move
from jobs.models import LIVE, Job, JobState

logger = logging.getLogger(__name__)
OUT_OF_TRIES = "The work was begun as often as it may be and never came to an end."


@dataclass(kw_only=True)
class SweepReport:
    """What one pass did, in jobs; `errors` names the steps that did not go through."""

    expired: int = 0
    quarantined: int = 0
    hinted: int = 0
    run_inline: int = 0
    purged: int = 0
    errors: list[str] = field(default_factory=list)


def sweep(at: datetime | None = None, *, inline: bool = False) -> SweepReport:
    """One pass is done: expired leases are open again, spent jobs quarantined, due ones hinted, old ones gone.

    The registered sweeps ran too. Each step stands alone: an error is logged and named in the report, and only a pass
    without any counts as the sweeper's heartbeat. Any number of passes may run at once. With `inline` the jobs are
    done here once the broker has been failing, or they have stayed unclaimed, for the schedule's `inline_after`.
    """
    report = SweepReport()
    _attempt(report, "quarantine", lambda: _quarantine(report, at))
    _attempt(report, "expire", lambda: _expire(report, at))
    for registered in registered_sweeps():
        _attempt(report, getattr(registered, "__qualname__", repr(registered)), registered)
    _attempt(report, "hint", lambda: _hint(report, at))
    if inline:
        _attempt(report, "inline", lambda: _run_inline(report, at))
    _attempt(report, "count", lambda: count_dwell(at))
    _attempt(report, "purge", lambda: _purge(report, at))
    if not report.errors:
        _attempt(report, "beat", lambda: beat(SWEEPER, at=at))
    return report


def _attempt(report: SweepReport, name: str, step: Callable[[], object]) -> None:
    try:
        step()
    except Exception:
        logger.exception("The sweep %s did not go through; the next pass tries again.", name)
        report.errors.append(name)
        drop_broken_connections()


def _quarantine(report: SweepReport, at: datetime | None) -> None:
    spent = Job.objects.filter(is_due(at) | is_expired(at), has_no_tries_left())
    for pk, error in spent.values_list("pk", "error")[: schedule().batch]:
        try:
            done = give_up(spent.filter(pk=pk), error=error or OUT_OF_TRIES, sources=LIVE, at=at)
        except Exception:
            logger.exception("Job %s could not be given up.", pk)
            report.errors.append("give up")
            continue
        report.quarantined += done


def _expire(report: SweepReport, at: datetime | None) -> None:
    expired = Job.objects.filter(is_expired(at), has_tries_left())
    fields = {"next_try_at": instant(at), "hinted_at": None}
    report.expired = move(expired, sources=[JobState.RUNNING], target=JobState.QUEUED, at=at, **fields)
    tally("expired", by=report.expired)


def _hint(report: SweepReport, at: datetime | None) -> None:
    """Rows are stamped before the hints go out, so that a second sweeper leaves them alone.

    While more messages wait than a batch has, nothing is added: without workers they would pile up for ever.
    """
    waiting = hints.waiting()
    if waiting is None or waiting > schedule().batch:
        return
    stamped = _stamp_unhinted(at)
    unsent = [uuid for uuid in stamped if not hints.send(uuid)]
    if unsent:
        Job.objects.filter(uuid__in=unsent, state=JobState.QUEUED).update(hinted_at=None)
    report.hinted = len(stamped) - len(unsent)
    tally("hinted again", by=report.hinted)


def _stamp_unhinted(at: datetime | None) -> list[UUID]:
    plan = schedule()
    stale = Q(hinted_at__isnull=True) | Q(hinted_at__lte=instant(at, seconds=-plan.hint_age))
    with transaction.atomic():
        rows = _locked(Job.objects.filter(is_due(at), stale)).order_by("next_try_at")[: plan.batch]
        found = dict(rows.values_list("pk", "uuid"))
        if found:
            Job.objects.filter(pk__in=found).update(hinted_at=instant(at))
    return list(found.values())


def _locked(rows: QuerySet[Job]) -> QuerySet[Job]:
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True)
    return rows


def _run_inline(report: SweepReport, at: datetime | None) -> None:
    """Ends in time for the next pass even when there is more to do."""
    plan = schedule()
    waited = 0.0 if hints.breaker.failing_for() >= plan.inline_after else plan.inline_after
    overdue = claimable(at).filter(next_try_at__lte=instant(at, seconds=-waited))
    ends = time.monotonic() + plan.sweep_period
    for job_uuid in overdue.order_by("next_try_at").values_list("uuid", flat=True)[: plan.batch]:
        if time.monotonic() >= ends:
            break
        report.run_inline += run_job(job_uuid)
    tally("run inline", by=report.run_inline)


def _purge(report: SweepReport, at: datetime | None) -> None:
    old = Q(state__in=[JobState.DONE, JobState.CANCELLED], finished_at__lt=instant(at, seconds=-_keep_seconds()))
    pks = list(Job.objects.filter(old).values_list("pk", flat=True)[: schedule().batch])
    if pks:
        report.purged = Job.objects.filter(pk__in=pks).delete()[0]


def _keep_seconds() -> float:
    return schedule().keep_days * 86_400
