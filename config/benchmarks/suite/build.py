"""What it costs to make a draft course of an article."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from config.benchmarks.inside import call_inside
from config.benchmarks.machine import about_machine, load
from config.benchmarks.registry import Say
from config.benchmarks.report import Report
from config.benchmarks.sites import environment_of

HELP = "CPU per 1,000 words of reading, drafting and storing an article, up to 10,000 words"
WORDS = (1_000, 2_500, 5_000, 10_000)
MS_PER_THOUSAND_WORDS = 150
# Ten times the words may cost twelve times as much.
GROWTH = 12
# What a build costs whatever its length would be most of the figure of a shorter text.
FEWEST_WORDS = 500


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="articles to build as well")


def run(options: Mapping[str, Any], say: Say) -> Report:
    folder: Path | None = options.get("data")
    if folder is not None and not folder.is_dir():
        raise CommandError(f"There is no folder {folder}.")
    report = Report("build")
    say("Building courses …")
    before = load()
    found = measured(folder)
    report.figures = {"machine": about_machine(), "busy": load().share_since(before), "texts": found}
    for each in found:
        tell(report, each)
    cost = {each["text"]: each["ms"] for each in found}
    report.hold("10,000 words, × 1,000 words", cost["10,000 words"] / cost["1,000 words"], limit=GROWTH)
    return report


def measured(folder: Path | None) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="postil-bench-") as name:
        place = Path(name)
        environment = environment_of(place, database_url=f"sqlite:///{place / 'postil.sqlite3'}")
        arguments: dict[str, Any] = {"words": list(WORDS), "folder": str(folder.resolve()) if folder else None}
        found: list[dict[str, Any]] = call_inside(environment, "config.benchmarks.building:measure", **arguments)
    return found


def tell(report: Report, found: dict[str, Any]) -> None:
    rate = found["ms"] / found["words"] * 1000
    found["ms_per_1000_words"] = round(rate, 1)
    report.lines.append(
        f"  {found['text']:32} {found['words']:6,} words  {found['ms']:8.1f} CPU-ms  {rate:6.1f} per 1,000 words  "
        f"{found['questions']} questions "
        f"(median {found['median_ms']:,.1f} CPU-ms)"
    )
    if found["words"] >= FEWEST_WORDS:
        report.hold(f"{found['text']}: CPU-ms per 1,000 words", rate, limit=MS_PER_THOUSAND_WORDS)
