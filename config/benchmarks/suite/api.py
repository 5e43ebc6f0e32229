"""What an attempt that a program takes in one call costs over REST, beside the reference's one bare view."""

from __future__ import annotations

import json
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from config.benchmarks.databases import Databases, databases_on
from config.benchmarks.machine import about_machine, cpu_ms, load
from config.benchmarks.registry import Say
from config.benchmarks.report import Report, in_words, spread
from config.benchmarks.rounds import add_rounds, measure_on_each
from config.benchmarks.sites import Site, postil_for_programs, reference
from config.benchmarks.visitor import Lost, Visitor

HELP = "CPU of a whole attempt in one call over REST, as a multiple of a bare Django view that does it"
LIMITS = {"submitted": 4.0, "fetched": 6.0}
GATED = "postgresql"
"""Where the limits hold; on SQLite the figures are only told."""
LEARNERS, WARM_UP = 24, 150
CREATED, LONGEST_WAIT = 201, 15.0
WAIT = "?wait=300ms"


@dataclass(frozen=True)
class Sent:
    """An attempt that was submitted: where it stands, and what its caller brings."""

    status: str
    headers: Mapping[str, str]


@dataclass
class Stream:
    """Calls of one sort to a site, one after the other; `cpu` has a round's milliseconds for each attempt."""

    name: str
    site: Site
    roots: Mapping[str, int]
    send: Callable[[Site, int], Sent]
    settle: Callable[[Site, Sent], None]
    cpu: list[float] = field(default_factory=list)
    _number: Iterator[int] = field(default_factory=count)

    def play(self, attempts: int) -> None:
        """So many attempts, and whatever they made the site do has ended."""
        sent = [self.send(self.site, next(self._number) % LEARNERS) for _ in range(attempts)]
        self.settle(self.site, sent[-1])

    def round(self, attempts: int) -> None:
        before = cpu_ms(self.roots.values())
        self.play(attempts)
        self.cpu.append((cpu_ms(self.roots.values()) - before) / attempts)


def add_arguments(parser: ArgumentParser) -> None:
    add_rounds(parser, attempts=60)


def run(options: Mapping[str, Any], say: Say) -> Report:
    report = Report("api", figures={"machine": about_machine()})
    measure_on_each(("sqlite", GATED), measure, report=report, what="calls over REST", options=options, say=say)
    return report


def measure(name: str, report: Report, options: Mapping[str, Any], say: Say) -> None:
    """Both sites stand on the database, and the report has the streams' figures; on PostgreSQL, their gates too."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="postil-bench-")))
        say(f"Starting Postil and the reference on {name} …")
        databases = stack.enter_context(databases_on(name, folder))
        streams = list(started_streams(stack, folder, databases))
        before = load()
        warm_up(streams, databases)
        play_rounds(streams, rounds=options["rounds"], attempts=options["attempts"], say=say)
        busy = load().share_since(before)
    tell(name, report, streams, busy=busy)


def started_streams(stack: ExitStack, folder: Path, databases: Databases) -> Iterator[Stream]:
    """The bare view, calls that only submit, and calls whose result is fetched as well."""
    server = {} if databases.server is None else {"database": databases.server}
    for made, url in ((reference, databases.reference), (postil_for_programs, databases.postil)):
        place = folder / made.__name__
        place.mkdir()
        site = stack.enter_context(made(place, database_url=url, learners=LEARNERS))
        roots = {**site.roots, **server}
        if made is reference:
            yield Stream("bare", site, roots, take_bare, leave)
        else:
            yield Stream("submitted", site, roots, take, fetch)
            yield Stream("fetched", site, roots, take_and_fetch, leave)


def take_bare(site: Site, number: int) -> Sent:
    """The reference has graded it by then, and tells the result at once."""
    cookie = {"Cookie": f"sessionid={site.seeded['sessions'][number]}"}
    return created(site, f"{site.seeded['quiz']}take/", {"answers": dict.fromkeys(range(1, 11), 0)}, cookie)


def take(site: Site, number: int) -> Sent:
    """Every answer is sent and the attempt submitted."""
    return created(site, site.seeded["take"], site.seeded["body"], site.seeded["headers"][number])


def take_and_fetch(site: Site, number: int) -> Sent:
    sent = take(site, number)
    fetch(site, sent)
    return sent


def created(site: Site, path: str, body: Any, headers: Mapping[str, str]) -> Sent:
    visitor = Visitor(site.port, {})
    try:
        page = visitor.post(path, body, **headers)
    finally:
        visitor.close()
    if page.status != CREATED:
        raise Lost(f"{path} answered {page.status}: {page.html[:300]}")
    return Sent(page.location, headers)


def fetch(site: Site, sent: Sent) -> None:
    """The attempt is graded, and its result was read. Raises Lost where that takes too long."""
    visitor, ends = Visitor(site.port, {}), time.monotonic() + LONGEST_WAIT
    try:
        while time.monotonic() < ends:
            page = visitor.get(f"{sent.status}{WAIT}", **sent.headers)
            if json.loads(page.html).get("fraction") is not None:
                return
    finally:
        visitor.close()
    raise Lost(f"{sent.status} never showed a grade.")


def leave(site: Site, sent: Sent) -> None:
    """Nothing goes on."""


def warm_up(streams: list[Stream], databases: Databases) -> None:
    """Both sites have a past, of as many attempts in each stream, and their databases know it.

    Of tables that are all but empty every row is looked at, and plans made for them are kept.
    """
    for each in streams:
        each.play(WARM_UP)
    databases.look_through()


def play_rounds(streams: list[Stream], *, rounds: int, attempts: int, say: Say) -> None:
    """A, B, C, A, B, C …: whatever else the machine does falls on all."""
    for number in range(1, rounds + 1):
        for each in streams:
            each.round(attempts)
        told = ", ".join(f"{each.name} {each.cpu[-1]:.1f} ms" for each in streams)
        say(f"Round {number} of {rounds}: {told} CPU per attempt")


def tell(name: str, report: Report, streams: list[Stream], *, busy: float) -> None:
    bare, *ours = streams
    figures: dict[str, Any] = {each.name: {"cpu_ms": spread(each.cpu)} for each in streams} | {"busy": busy}
    report.lines.append(f"on {name} (the machine was {busy:.0%} busy; min / med / max over rounds):")
    report.lines += [f"  {each.name:9}  {in_words(spread(each.cpu))} CPU-ms per attempt" for each in streams]
    for each in ours:
        ratios = spread([mine / other for mine, other in zip(each.cpu, bare.cpu, strict=True)])
        figures[each.name]["ratio"] = ratios
        report.lines.append(f"  {each.name:9}  {in_words(ratios)} × the bare view")
        if name == GATED:
            report.hold(
                f"{name}: CPU of an attempt {each.name}, × the bare view", ratios["med"], limit=LIMITS[each.name]
            )
    report.figures[name] = figures
