"""Whether pages and statistics cost the same for a hundred thousand learners as for twenty."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from config.benchmarks.databases import databases_on
from config.benchmarks.inside import call_inside
from config.benchmarks.machine import NotMeasurable, about_machine, load
from config.benchmarks.registry import Say
from config.benchmarks.report import Report
from config.benchmarks.sites import environment_of
from tests.services import Unavailable

HELP = "statements and CPU of pages and statistics for a hundred thousand learners and a bank of 2,000 questions"
DATABASES = ("sqlite", "postgresql")
RESPONSES, QUESTIONS = 1_000_000, 10
FEW, MANY = [20, 20], [10_000, 2_000]
LONGEST_SECONDS = 3_600.0
# As far as a figure hangs on no number of rows, it may be off by what a noisy machine makes of it.
GROWTH = 1.5
LEARNERS_PAGES = ("home", "course", "progress")
KEPT_SHARE, JOB_SHARE = 0.05, 2.0


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--responses", type=int, default=RESPONSES, help="how many there are at last (%(default)s)")
    parser.add_argument("--database", choices=DATABASES, default="sqlite", help="the one to fill (%(default)s)")


def run(options: Mapping[str, Any], say: Say) -> Report:
    report = Report("scale", figures={"machine": about_machine()})
    name, responses = options["database"], options["responses"]
    say(f"Filling {name} with {responses:,} responses; a million takes some minutes …")
    before = load()
    try:
        found = measured(name, stages=[FEW, MANY, [max(MANY[0], responses // QUESTIONS), MANY[1]]])
    except (Unavailable, NotMeasurable) as reason:
        report.without(f"the scale on {name}", reason)
        return report
    report.figures |= {"database": name, "busy": load().share_since(before), **found}
    tell(report, found)
    hold_pages(report, found["stages"])
    hold_statistics(report, found["sums"])
    return report


def measured(name: str, *, stages: Sequence[Sequence[int]]) -> dict[str, Any]:
    """What `config.benchmarks.scaling` finds on a database that is gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="postil-bench-")))
        databases = stack.enter_context(databases_on(name, folder))
        # Without a broker no worker takes a job that is to be measured.
        environment = environment_of(folder, database_url=databases.postil, REDIS_URL="redis://127.0.0.1:1/0")
        target = "config.benchmarks.scaling:measure"
        found: dict[str, Any] = call_inside(environment, target, seconds=LONGEST_SECONDS, stages=stages)
    return found


def tell(report: Report, found: Mapping[str, Any]) -> None:
    stages = found["stages"]
    for stage in stages:
        report.lines.append(
            f"  {stage['learners']:,} learners, {stage['responses']:,} responses, {stage['questions']:,} questions in "
            f"the bank; filled in {stage['seconds_to_fill']:g} s"
        )
    report.lines.append("  statements and CPU-ms of a page at each:")
    for name in [*stages[-1]["pages"], "journey"]:
        costs = [cost_of(stage, name) for stage in stages]
        each = "  ".join(f"{cost['statements']:4.0f} {cost['ms']:9.1f}" for cost in costs)
        report.lines.append(f"    {name:24} {each}")
    sums = ", ".join(f"{what} {spent:,.1f}" for what, spent in found["sums"].items())
    report.lines.append(f"  statistics of a quiz, CPU-ms: {sums}")


def cost_of(stage: Mapping[str, Any], name: str) -> Mapping[str, float]:
    cost: Mapping[str, float] = stage["journey"] if name == "journey" else stage["pages"][name]
    return cost


def hold_pages(report: Report, stages: Sequence[Mapping[str, Any]]) -> None:
    """No page asks more statements of more rows, and what a learner does costs what it did."""
    for stage in stages[1:]:
        grown = [name for name in [*stage["pages"], "journey"] if is_more(stages[0], stage, name)]
        where = f"{stage['learners']:,} learners"
        report.lines += [f"  more statements at {where}: {', '.join(grown)}"] if grown else []
        report.hold(f"{where}: pages that ask more statements", len(grown), limit=0)
        for name in ("journey", *LEARNERS_PAGES):
            growth = cost_of(stage, name)["ms"] / cost_of(stages[0], name)["ms"]
            report.hold(f"{where}: CPU of a learner's {name}, × that of {FEW[0]}", growth, limit=GROWTH)


def is_more(few: Mapping[str, Any], many: Mapping[str, Any], name: str) -> bool:
    return cost_of(many, name)["statements"] > cost_of(few, name)["statements"]


def hold_statistics(report: Report, sums: Mapping[str, float]) -> None:
    """What is kept costs next to nothing beside looking at every answer, and what is reckoned little more."""
    report.hold("kept figures, × a full scan in plain SQL", sums["kept"] / sums["full scan"], limit=KEPT_SHARE)
    report.hold("the job's figures, × a full scan", sums["job"] / sums["full scan"], limit=JOB_SHARE)
    report.hold("kept sums made anew, × a full scan", sums["rebuild"] / sums["full scan"], limit=JOB_SHARE)
