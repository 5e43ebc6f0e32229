"""Long work lets through what somebody waits for, so that no learner stands behind an instructor's ten thousand."""

from __future__ import annotations

from jobs.domain.claim import is_due
from jobs.domain.registry import kinds
from jobs.domain.run import run_job
from jobs.models import Job

AT_ONCE = 20
"""Urgent jobs that are looked for together; each is claimed by itself, so that several may give way at a time."""


def give_way() -> int:
    """No urgent job was due and unclaimed when this ended; returns how many were done here.

    Called by long work between two steps that are each whole, with no transaction open. One query where nobody waits.
    The lease of the caller goes on being renewed meanwhile. Failures are recorded on the jobs, as always.
    """
    urgent = [kind.name for kind in kinds.values() if kind.is_urgent]
    done = 0
    while due := list(
        Job.objects.filter(is_due(), kind__in=urgent).order_by("pk").values_list("uuid", flat=True)[:AT_ONCE]
    ):
        ran = sum(run_job(each) for each in due)
        if not ran:
            # Others have claimed all of them since.
            break
        done += ran
    return done
