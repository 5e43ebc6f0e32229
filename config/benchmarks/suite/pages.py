"""What the learner's pages weigh on the wire, cold and warm."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from config.benchmarks.databases import on_sqlite
from config.benchmarks.journeys import followed, opened
from config.benchmarks.registry import Say
from config.benchmarks.report import Report
from config.benchmarks.sites import Site, postil
from config.benchmarks.visitor import Visitor
from config.benchmarks.weights import Weight, by_fetching, in_chromium
from tests.services import Unavailable

HELP = "bytes, requests and elements of a lesson and of an attempt page with ten questions"
OURS = ("html", "css", "modules", "other")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--fetch", action="store_true", help="fetch what the pages name, even where there is a browser")


def run(options: Mapping[str, Any], say: Say) -> Report:
    report = Report("pages")
    with tempfile.TemporaryDirectory(prefix="postil-bench-") as name:
        folder = Path(name)
        say("Starting Postil …")
        with postil(folder, database_url=on_sqlite(folder).postil, learners=1) as site:
            session = site.seeded["sessions"][0]
            paths = {"lesson": site.seeded["lesson"], "attempt": start_attempt(site, session)}
            for page, path in paths.items():
                weigh(page, report, site, path=path, session=session, may_browse=not options["fetch"])
    return report


def start_attempt(site: Site, session: str) -> str:
    visitor = Visitor(site.port, {"sessionid": session})
    try:
        return followed(visitor.send(opened(visitor.get(site.seeded["quiz"])).form("/start/")))
    finally:
        visitor.close()


def weigh(page: str, report: Report, site: Site, *, path: str, session: str, may_browse: bool) -> None:
    """In a browser where there is one; without, the page is not loaded twice and headers are not counted."""
    base, warm = f"http://127.0.0.1:{site.port}", None
    try:
        if not may_browse:
            raise Unavailable("it was asked to be fetched")
        cold, warm = in_chromium(base, path=path, session=session)
    except Unavailable as reason:
        report.without(f"the {page} page in a browser", reason)
        cold = by_fetching(base, path=path, session=session)
    tell(page, report, cold, warm)
    hold_lesson(report, cold) if page == "lesson" else hold_attempt(report, cold, warm)


def tell(page: str, report: Report, cold: Weight, warm: Weight | None) -> None:
    report.figures[page] = {"cold": cold.as_json(), "warm": warm and warm.as_json()}
    for state, weight in (("cold", cold), ("warm", warm)):
        if weight is not None:
            sizes = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in sorted(weight.bytes.items()))
            report.lines.append(
                f"  {page} {state}: {weight.kilobytes():g} kB in {weight.requests} requests ({sizes}); "
                f"{weight.nodes} elements"
            )


def hold_lesson(report: Report, cold: Weight) -> None:
    report.hold("lesson, cold, beside htmx: kB", cold.kilobytes(*OURS), limit=30)
    for kind, limit in (("html", 14), ("css", 10), ("modules", 6)):
        report.hold(f"lesson, cold, {kind}: kB", cold.kilobytes(kind), limit=limit)
    report.hold("lesson, cold: requests", cold.requests, limit=5)


def hold_attempt(report: Report, cold: Weight, warm: Weight | None) -> None:
    report.hold("attempt, cold: kB", cold.kilobytes(), limit=45)
    report.hold("attempt: elements", cold.nodes, limit=350)
    if warm is not None:
        report.hold("attempt, warm: kB", warm.kilobytes(), limit=12)
