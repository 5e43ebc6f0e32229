from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.benchmarks.short_answers import NoShortAnswers, corpora
from config.benchmarks.suite.grading import NoFitting, fitting
from quizzes.grading.similar import encoder as encoders
from quizzes.grading.similar.model import COEFFICIENTS, as_json


class Command(BaseCommand):
    help = "Fits the coefficients of the grader of free text to graded answers. Needs the development packages."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE.jsonl", type=Path, help="graded answers")
        parser.add_argument("--output", type=Path, help="where the coefficients go")
        parser.add_argument("--encoder", type=Path, metavar="FOLDER", help="fit with the encoder of this folder")

    def handle(self, *, files: list[Path], output: Path | None, encoder: Path | None, **options: Any) -> None:
        output = output or (encoder / encoders.COEFFICIENTS if encoder else COEFFICIENTS)
        try:
            seen_with = encoders.Encoder(encoder) if encoder else None
            answers = [answer for corpus in corpora(files, encoder=seen_with) for answer in corpus.answers]
            model = fitting().fitted(answers)
        except (NoShortAnswers, NoFitting, encoders.EncoderUnavailable) as problem:
            raise CommandError(str(problem), returncode=2) from problem
        output.write_text(json.dumps(as_json(model), indent=1) + "\n", encoding="utf-8")
        self.stdout.write(f"Fitted to {len(answers):,} answers: {output}")
        if encoder and output == encoder / encoders.COEFFICIENTS:
            self.stdout.write(f"POSTIL_ENCODER={encoder.absolute()}")
            self.stdout.write(f"POSTIL_ENCODER_DIGEST={encoders.digest_of(encoder)}")
