"""The smallest workload: a row, a job, a grade."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Count

from jobs.domain import enqueue
from jobs.models import Job
from tests.chaos.sleeper.grading import KIND
from tests.chaos.sleeper.models import Grade, Run, Ticket
from tests.chaos.workload import Tally


class SleepWorkload:
    def submit(self, *, mode: str, seconds: float) -> None:
        with transaction.atomic():
            ticket = Ticket.objects.create(mode=mode, seconds=seconds)
            enqueue(KIND, subject=ticket.uuid)

    def tally(self) -> Tally:
        counts: dict[str, Any] = Grade.objects.aggregate(all=Count("pk"), tickets=Count("ticket", distinct=True))
        return Tally(
            submitted=Ticket.objects.count(),
            graded=counts["tickets"],
            duplicates=counts["all"] - counts["tickets"],
            given_up=Ticket.objects.filter(is_given_up=True).count(),
            runs=Run.objects.count(),
        )

    def clocks(self) -> list[float]:
        return list(Run.objects.values_list("clock", flat=True))

    def forget_all(self) -> None:
        for model in (Run, Grade, Ticket, Job):
            model._default_manager.all().delete()
