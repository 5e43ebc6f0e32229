"""What benchmarks share that play rounds on each database and hold one site against another."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from config.benchmarks.machine import NotMeasurable
from config.benchmarks.registry import Say
from config.benchmarks.report import Report
from tests.services import Unavailable

Measure = Callable[[str, Report, Mapping[str, Any], Say], None]


def add_rounds(parser: ArgumentParser, *, attempts: int) -> None:
    """How many rounds, of how many attempts each, and whether on one database alone."""
    parser.add_argument("--rounds", type=int, default=3, choices=range(1, 21), metavar="1..20")
    parser.add_argument("--attempts", type=int, default=attempts, choices=range(1, 501), metavar="1..500")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="only on this one")


def measure_on_each(
    databases: Iterable[str], measure: Measure, *, report: Report, what: str, options: Mapping[str, Any], say: Say
) -> None:
    """The report has what was measured on each database asked for, or why `what` could not be had there."""
    for name in databases:
        if options.get("database") in (None, name):
            try:
                measure(name, report, options, say)
            except (Unavailable, NotMeasurable) as reason:
                report.without(f"{what} on {name}", reason)
