from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.benchmarks.short_answers import NoShortAnswers, corpora
from config.benchmarks.suite.grading import NoFitting, fitting
from quizzes.grading.similar.model import COEFFICIENTS, as_json


class Command(BaseCommand):
    help = "Fits the coefficients of the grader of free text to graded answers. Needs the development packages."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE.jsonl", type=Path, help="graded answers")
        parser.add_argument("--output", type=Path, default=COEFFICIENTS, help="where the coefficients go")

    def handle(self, *, files: list[Path], output: Path, **options: Any) -> None:
        try:
            answers = [answer for corpus in corpora(files) for answer in corpus.answers]
            model = fitting().fitted(answers)
        except (NoShortAnswers, NoFitting) as problem:
            raise CommandError(str(problem), returncode=2) from problem
        output.write_text(json.dumps(as_json(model), indent=1) + "\n", encoding="utf-8")
        self.stdout.write(f"Fitted to {len(answers):,} answers: {output}")
