"""`manage.py check_course`: what is wrong with a course file, with line numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from authoring.management.course_file_argument import add_file_argument, line_of, read_text, refusal
from quizzes.formats.course_file import check


class Command(BaseCommand):
    help = "Checks a course file: errors keep it from being imported (exit 2), warnings are advice."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        add_file_argument(parser)

    def handle(self, *, file: Path, **_: Any) -> None:
        problems = check(read_text(file))
        for problem in problems:
            if problem.warning:
                self.stdout.write(f"{line_of(file, problem)} (warning)")
        errors = [line_of(file, problem) for problem in problems if not problem.warning]
        if errors:
            raise refusal("\n".join(errors))
        self.stdout.write(f"{file}: no errors, {len(problems)} warnings")
