"""How long urgent work waited from being put in to being done, added up in tallies that only ever grow.

A worker cannot count this at no cost: it would be one more statement, on one row that all workers share, for each
grade. The sweeper counts instead what was finished since it last counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, Sum

from jobs.domain.clock import database_now
from jobs.domain.registry import kinds
from jobs.domain.tallies import tally
from jobs.models import Beat, Job, JobState

COUNTED = "dwell"
BOUNDS = (1, 2, 5, 10, 20, 60, 300, 1800)
"""Seconds."""
SETTLED_SECONDS = 10.0
"""What finished later than this may still be in a transaction that nobody else sees."""


@dataclass(frozen=True, kw_only=True)
class Dwell:
    """Jobs of one kind that were done: how many within each bound of seconds, how many in all, in how many tries.

    `seconds` is the sum of their waits.
    """

    within: Mapping[int, int]
    done: int
    tries: int
    seconds: float


def count_dwell(at: datetime | None = None) -> None:
    """Each urgent job finished since the last call is in the tallies, once, whoever else counts at the same time.

    The first call only begins to count. Two queries where nothing was finished; none where no kind is urgent.
    """
    urgent = [kind.name for kind in kinds.values() if kind.is_urgent]
    if not urgent:
        return
    with transaction.atomic():
        until = (at or database_now()) - timedelta(seconds=SETTLED_SECONDS)
        since = _counted_until(until)
        for row in _finished(urgent, since, until) if since < until else ():
            _add(row)


def _counted_until(until: datetime) -> datetime:
    """Up to when was counted before, held for whoever comes next and moved on to `until`."""
    row = Beat.objects.select_for_update().filter(name=COUNTED).first()
    if row is None:
        Beat.objects.bulk_create([Beat(name=COUNTED, last_success_at=until)], ignore_conflicts=True)
        return until
    since = row.last_success_at
    Beat.objects.filter(pk=row.pk).update(last_success_at=max(since, until))
    return since


def _finished(urgent: list[str], since: datetime, until: datetime) -> Any:
    waited = F("finished_at") - F("created_at")
    done = Job.objects.filter(kind__in=urgent, state=JobState.DONE, finished_at__gt=since, finished_at__lte=until)
    within = {f"within_{bound}": Count("pk", filter=Q(waited__lte=timedelta(seconds=bound))) for bound in BOUNDS}
    rows = done.order_by().annotate(waited=waited).values("kind")
    return list(rows.annotate(done=Count("pk"), tried=Sum("tries"), time=Sum("waited"), **within))


def _add(row: Mapping[str, Any]) -> None:
    kind = row["kind"]
    for bound in BOUNDS:
        tally(f"{kind} within {bound} s", by=row[f"within_{bound}"])
    tally(f"{kind} done", by=row["done"])
    tally(f"{kind} tries", by=row["tried"])
    tally(f"{kind} milliseconds", by=max(0, round(row["time"] / timedelta(milliseconds=1))))


def dwell_of(kind: str, tallies: Mapping[str, int]) -> Dwell:
    """What the tallies say of the kind; all 0 where nothing of it was counted."""
    return Dwell(
        within={bound: tallies.get(f"{kind} within {bound} s", 0) for bound in BOUNDS},
        done=tallies.get(f"{kind} done", 0),
        tries=tallies.get(f"{kind} tries", 0),
        seconds=tallies.get(f"{kind} milliseconds", 0) / 1000,
    )
