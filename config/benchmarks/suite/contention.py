"""Whether SQLite carries web, two workers and the sweeper at once, and how long writers wait for each other."""

from __future__ import annotations

import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from config.benchmarks.inside import call_inside
from config.benchmarks.machine import about_machine, load
from config.benchmarks.registry import Say
from config.benchmarks.report import Report
from config.benchmarks.sites import environment_of

HELP = "SQLite under web, two workers and the sweeper at once: waits and refusals of its one write lock"
MODULE = "config.benchmarks.contending"
LEARNERS = 24
START_SECONDS = 6.0


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, default=10.0, help="how long everybody writes")


def run(options: Mapping[str, Any], say: Say) -> Report:
    report = Report("contention")
    say("Writing from four processes at once …")
    before = load()
    with tempfile.TemporaryDirectory(prefix="postil-bench-") as name:
        place = Path(name)
        environment = environment_of(place, database_url=f"sqlite:///{place / 'postil.sqlite3'}")
        found = measured(environment, seconds=min(options.get("seconds") or 10.0, 60.0))
    report.figures = {"machine": about_machine(), "busy": load().share_since(before), **found}
    for who, figures in found.items():
        report.lines.append(f"{who}: {figures}")
    refused = sum(found[who]["refused"] for who in ("web", "worker 1", "worker 2", "sweeper"))
    report.hold("writes that the locked database refused", refused, limit=0)
    report.hold("jobs given up", found["after"]["given_up"], limit=0)
    return report


def measured(environment: Mapping[str, str], *, seconds: float) -> dict[str, Any]:
    """{"web", "worker 1", "worker 2", "sweeper"}: each its writes, refusals and waits; "after": what became of it."""
    call_inside(environment, f"{MODULE}:prepare", learners=LEARNERS)
    until = time.time() + START_SECONDS + seconds
    writers: dict[str, tuple[str, dict[str, Any]]] = {
        "web": ("answer", {"threads": 4}),
        "worker 1": ("grade", {}),
        "worker 2": ("grade", {}),
        "sweeper": ("sweep_all_the_time", {}),
    }
    with ThreadPoolExecutor(len(writers)) as pool:
        running = {
            who: pool.submit(call_inside, environment, f"{MODULE}:{target}", until=until, **arguments)
            for who, (target, arguments) in writers.items()
        }
        found = {who: future.result() for who, future in running.items()}
    return {**found, "after": call_inside(environment, f"{MODULE}:outcome")}
