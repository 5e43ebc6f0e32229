"""`manage.py grade_again`: what could not be graded is graded again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from quizzes.domain.grading_again import attempts_given_up, grade_again


class Command(BaseCommand):
    help = "Grades again, in the background, what could not be graded: one attempt, or every one that is waiting."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("attempt", nargs="?", type=UUID, help="an attempt's uuid; every one when left out")

    def handle(self, *, attempt: UUID | None, **_: Any) -> None:
        attempts = attempts_given_up()
        if attempt is not None:
            attempts = attempts.filter(uuid=attempt)
            if not attempts:
                raise CommandError(f"No answer of the attempt {attempt} was given up.", returncode=2)
        answers = [grade_again(each) for each in attempts]
        self.stdout.write(f"{sum(answers)} answers of {len(answers)} attempts wait for grading again.")
