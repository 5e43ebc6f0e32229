from __future__ import annotations

import logging
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jobs.domain.connections import drop_broken_connections
from jobs.domain.schedule import schedule
from jobs.domain.sweep import SweepReport, sweep

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Finds and finishes what workers, the broker or a crash left behind. Runs until it is told to stop."
    # The guarantee starts even when a page would not.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one pass, then stop; exit 1 when a step failed")
        parser.add_argument(
            "--inline", action="store_true", help="do the work here when the broker or the workers stay away"
        )

    def handle(self, *, once: bool, inline: bool, **_: Any) -> None:
        if once:
            report = self.one_pass(inline=inline)
            self.stdout.write(str(report))
            if report.errors:
                names = ", ".join(report.errors)
                raise CommandError(f"These steps did not go through, the log says why: {names}.")
            return
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        while not stopping.is_set():
            drop_broken_connections()
            began = time.monotonic()
            self.one_pass(inline=inline)
            stopping.wait(schedule().sweep_period - (time.monotonic() - began))

    def one_pass(self, *, inline: bool) -> SweepReport:
        report = sweep(inline=inline)
        if report != SweepReport():
            logger.info("%s", report)
        return report
