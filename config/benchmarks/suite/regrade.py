"""How long learners wait for their grade while ten thousand answers are graded again by the same workers."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from config.benchmarks.databases import databases_on
from config.benchmarks.inside import call_inside
from config.benchmarks.journeys import play
from config.benchmarks.machine import NotMeasurable, about_machine, load
from config.benchmarks.registry import Say
from config.benchmarks.report import Report, percentile
from config.benchmarks.sites import Site, postil
from tests.services import Unavailable

HELP = "time from submit to grade while ten runs grade 10,000 answers again, beside a quiet time on the same site"
DATABASES = ("sqlite", "postgresql")
MODULE = "config.benchmarks.regrading"
QUESTIONS, LEARNERS = 10, 8
FEWEST, MOST = 20, 500
LONGEST = 600.0
# With every worker in the midst of a batch a learner waits for the end of one.
MOST_TIMES = 5.0


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--responses", type=int, default=10_000, help="graded again (%(default)s)")
    parser.add_argument("--database", choices=DATABASES, help="only on this one")


def run(options: Mapping[str, Any], say: Say) -> Report:
    report = Report("regrade", figures={"machine": about_machine()})
    for name in DATABASES:
        if options.get("database") in (None, name):
            try:
                measure(name, report, learners=options["responses"] // QUESTIONS, say=say)
            except (Unavailable, NotMeasurable) as reason:
                report.without(f"the regrade on {name}", reason)
    return report


def measure(name: str, report: Report, *, learners: int, say: Say) -> None:
    """Learners go all the way one after the other: first alone, then until the runs are over."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="postil-bench-")))
        databases = stack.enter_context(databases_on(name, folder))
        say(f"Starting Postil on {name} …")
        site = stack.enter_context(postil(folder, database_url=databases.postil, learners=LEARNERS))
        journeys(site, LEARNERS)
        call_inside(site.environment, f"{MODULE}:prepare", seconds=LONGEST, learners=learners)
        before = load()
        quiet = journeys(site, FEWEST)
        say("Grading again …")
        pool = stack.enter_context(ThreadPoolExecutor(1))
        target = f"{MODULE}:regrade"
        running = pool.submit(call_inside, site.environment, target, seconds=2 * LONGEST, at_most=LONGEST)
        busy = journeys(site, MOST, until=running)
        found = running.result()
    tell(name, report, quiet, busy, found | {"busy": load().share_since(before)})


def journeys(site: Site, most: int, *, until: Future[Any] | None = None) -> list[float]:
    """Milliseconds from submit to grade of so many journeys at most, or until something is over."""
    sessions, spent = site.seeded["sessions"], list[float]()
    while len(spent) < most and not (until and until.done()):
        session = sessions[len(spent) % len(sessions)]
        spent.append(play(site.port, seeded=site.seeded, session=session).grade_ms)
    return spent


def tell(name: str, report: Report, quiet: list[float], busy: list[float], found: Mapping[str, Any]) -> None:
    """Both times are in the report, and how many times longer the second is."""
    times = {"quiet": quiet, "meanwhile": busy}
    told = {what: {f"p{n}": round(percentile(spent, n / 100), 1) for n in (50, 95)} for what, spent in times.items()}
    report.figures[name] = {**found, **told, "journeys": len(busy)}
    report.lines.append(
        f"on {name}: {found['responses']:,} answers graded again in {found['seconds']:g} s, "
        f"{found['changed']:,} of them otherwise"
    )
    for what, figures in told.items():
        report.lines.append(f"  submit to grade, {what}: p50 {figures['p50']:g} ms, p95 {figures['p95']:g} ms")
    report.hold(f"{name}: p95 meanwhile, × quiet", told["meanwhile"]["p95"] / told["quiet"]["p95"], limit=MOST_TIMES)
    report.hold(f"{name}: jobs given up", found["given_up"], limit=0)
