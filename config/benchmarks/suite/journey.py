"""What one graded attempt costs over all processes, beside the reference on the same server and database."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.benchmarks.databases import Databases, databases_on
from config.benchmarks.inside import call_inside
from config.benchmarks.journeys import Journey, play
from config.benchmarks.machine import about_machine, cpu_ms, load
from config.benchmarks.registry import Say
from config.benchmarks.report import Report, in_words, percentile, spread
from config.benchmarks.rounds import add_rounds, measure_on_each
from config.benchmarks.sites import Site, postil, reference

HELP = "CPU per graded attempt, time to the grade and statements, as a multiple of a plain Django site"
RATIO_LIMITS = {"sqlite": 2.4, "postgresql": 2.0}
STATEMENT_LIMITS = {"journey": 48, "grading": 14, "autosave": 5}
LEARNERS, WARM_UP = 24, 8


@dataclass
class Measured:
    """A site's rounds: CPU milliseconds per graded attempt of each, and every journey of all of them."""

    site: Site
    roots: Mapping[str, int]
    cpu: list[float] = field(default_factory=list)
    spent: Counter[str] = field(default_factory=Counter)
    journeys: list[Journey] = field(default_factory=list)
    _learner: int = 0

    def warm_up(self) -> None:
        for _ in range(WARM_UP):
            self._play()

    def round(self, attempts: int) -> None:
        """So many journeys, one learner after the other."""
        before = {name: cpu_ms([pid]) for name, pid in self.roots.items()}
        played = [self._play() for _ in range(attempts)]
        spent = {name: cpu_ms([pid]) - before[name] for name, pid in self.roots.items()}
        self.cpu.append(sum(spent.values()) / attempts)
        self.spent.update(spent)
        self.journeys += played

    def _play(self) -> Journey:
        self._learner = (self._learner + 1) % LEARNERS
        seeded = self.site.seeded
        return play(self.site.port, seeded=seeded, session=seeded["sessions"][self._learner])

    def as_json(self) -> dict[str, Any]:
        grade = [journey.grade_ms for journey in self.journeys]
        count = len(self.journeys)
        return {
            "cpu_ms": spread(self.cpu),
            "cpu_ms_of": {name: round(spent / count, 1) for name, spent in self.spent.items()},
            "submit_to_grade_ms": {"p50": round(percentile(grade, 0.5), 1), "p95": round(percentile(grade, 0.95), 1)},
            "whole_ms": round(percentile([journey.whole_ms for journey in self.journeys], 0.5), 1),
            "requests": round(sum(journey.requests for journey in self.journeys) / count, 1),
            "kilobytes": round(sum(journey.wire for journey in self.journeys) / count / 1000, 1),
        }


def add_arguments(parser: ArgumentParser) -> None:
    add_rounds(parser, attempts=30)


def run(options: Mapping[str, Any], say: Say) -> Report:
    report = Report("journey", figures={"machine": about_machine()})
    measure_on_each(RATIO_LIMITS, measure, report=report, what="the journey", options=options, say=say)
    return report


def measure(name: str, report: Report, options: Mapping[str, Any], say: Say) -> None:
    """Both sites stand on the database, and the report has its figures and gates."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="postil-bench-")))
        say(f"Starting Postil and the reference on {name} …")
        databases = stack.enter_context(databases_on(name, folder))
        sites = list(measured_sites(stack, folder, databases))
        statements = statements_of(sites[0].site)
        before = load()
        play_rounds(sites, rounds=options["rounds"], attempts=options["attempts"], say=say)
        figures = {each.site.name: each.as_json() for each in sites} | {"busy": load().share_since(before)}
    tell(name, report, figures | {"statements": statements}, ratios=ratios_of(*sites))


def measured_sites(stack: ExitStack, folder: Path, databases: Databases) -> Iterator[Measured]:
    for site, url in ((postil, databases.postil), (reference, databases.reference)):
        place = folder / site.__name__
        place.mkdir()
        running = stack.enter_context(site(place, database_url=url, learners=LEARNERS))
        server = {} if databases.server is None else {"database": databases.server}
        yield Measured(running, {**running.roots, **server})


def statements_of(site: Site) -> dict[str, Any]:
    """Counted by a process of its own, without a broker, so that no worker grades what it wants to grade itself."""
    environment = dict(site.environment) | {"REDIS_URL": "redis://127.0.0.1:1/0"}
    seeded = site.seeded
    arguments = {"lesson": seeded["lesson"], "quiz": seeded["quiz"], "session": seeded["sessions"][0]}
    found: dict[str, Any] = call_inside(environment, "config.benchmarks.statements:count", **arguments)
    return found


def play_rounds(sites: list[Measured], *, rounds: int, attempts: int, say: Say) -> None:
    """A, B, A, B …: whatever else the machine does falls on both."""
    for each in sites:
        each.warm_up()
    for number in range(1, rounds + 1):
        for each in sites:
            each.round(attempts)
        told = ", ".join(f"{each.site.name} {each.cpu[-1]:.1f} ms" for each in sites)
        say(f"Round {number} of {rounds}: {told} CPU per graded attempt")


def ratios_of(ours: Measured, theirs: Measured) -> dict[str, float]:
    return spread([mine / other for mine, other in zip(ours.cpu, theirs.cpu, strict=True)])


def tell(name: str, report: Report, figures: dict[str, Any], *, ratios: dict[str, float]) -> None:
    report.figures[name] = figures | {"ratio": ratios}
    report.lines.append(f"on {name} (the machine was {figures['busy']:.0%} busy; min / med / max over rounds):")
    for site in ("postil", "reference"):
        found = figures[site]
        grade = found["submit_to_grade_ms"]
        report.lines.append(
            f"  {site:9}  {in_words(found['cpu_ms'])} CPU-ms per graded attempt; submit to grade p50 {grade['p50']:g}, "
            f"p95 {grade['p95']:g} ms; whole journey p50 {found['whole_ms']:g} ms; {found['requests']:g} requests, "
            f"{found['kilobytes']:g} kB"
        )
        parts = ", ".join(f"{part} {spent:g}" for part, spent in found["cpu_ms_of"].items())
        report.lines.append(f"             of which {parts}")
    statements = figures["statements"]
    steps = ", ".join(f"{step} {count}" for step, count in statements["steps"].items())
    report.lines.append(f"  ratio      {in_words(ratios)}")
    report.lines.append(f"  statements {steps}; and {statements['brackets']} that begin and end transactions")
    report.hold(f"{name}: CPU per graded attempt, × the reference", ratios["med"], limit=RATIO_LIMITS[name])
    for what, limit in STATEMENT_LIMITS.items():
        report.hold(f"{name}: statements of the {what}", statements[what], limit=limit)
