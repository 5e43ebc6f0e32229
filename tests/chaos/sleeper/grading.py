"""The kind of job that the chaos tests put in."""

from __future__ import annotations

import hashlib
import math
import os
import signal
import time
from typing import Any

from jobs.domain import ClaimedJob, register
from jobs.models import Job
from tests.chaos.sleeper.models import Grade, Run, Ticket

KIND = "chaos.sleep"
RECORDS_SLOWLY = "records_slowly"
"""A first try that takes its time in the transaction that finishes the job, while it holds the job's row."""
JUNK: dict[str, Any] = {"nan": math.nan, "above": 1.5, "text": "x", "nothing": None, "huge": "x" * 10_000_000}


class JunkFraction(Exception):
    """What came out of grading is no fraction."""


def work(claimed: ClaimedJob) -> Any:
    ticket = Ticket.objects.get(uuid=claimed.subject)
    Run.objects.create(ticket=ticket)
    if ticket.mode == "die" or (ticket.mode == "die_once" and claimed.tries == 1):
        os.kill(os.getpid(), signal.SIGKILL)
    if ticket.mode == "raise":
        raise ZeroDivisionError(ticket.mode)
    if ticket.mode != RECORDS_SLOWLY:
        time.sleep(ticket.seconds)
    return JUNK[ticket.mode] if ticket.mode in JUNK else hashlib.sha256(ticket.uuid.bytes).digest()[0] / 255


def record(claimed: ClaimedJob, result: Any) -> dict[str, Any]:
    if not isinstance(result, float) or not 0 <= result <= 1:
        raise JunkFraction(repr(result))
    ticket = Ticket.objects.get(uuid=claimed.subject)
    if ticket.mode == RECORDS_SLOWLY and claimed.tries == 1:
        time.sleep(ticket.seconds)
    Grade.objects.create(ticket=ticket, fraction=result, tries=claimed.tries)
    return {"fraction": result}


def on_give_up(job: Job, error: str) -> None:
    Ticket.objects.filter(uuid=job.subject).update(is_given_up=bool(error))


register(KIND, work=work, record=record, on_give_up=on_give_up)
