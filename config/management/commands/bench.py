from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from config.benchmarks.registry import benchmarks


class Command(BaseCommand):
    help = "Measures what answers, builds and pages cost, and says which of the limits hold."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        found = parser.add_subparsers(dest="benchmark", metavar="{" + ",".join(benchmarks()) + "}", required=True)
        for name, benchmark in benchmarks().items():
            each = found.add_parser(name, help=benchmark.HELP)
            each.add_argument("--json", action="store_true", help="print the report as one object")
            benchmark.add_arguments(each)

    def handle(self, *, benchmark: str, json: bool, **options: Any) -> None:
        report = benchmarks()[benchmark].run(options, self.say)
        self.stdout.write(as_json(report.as_json()) if json else report.as_text())

    def say(self, words: str) -> None:
        self.stderr.write(words, lambda text: text)
        self.stderr.flush()


def as_json(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False)
