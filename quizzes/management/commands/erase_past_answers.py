"""Says what is kept longer than courses keep answers and, told to, erases it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from quizzes.domain.retention import erase_past_batch, what_is_past


class Command(BaseCommand):
    help = "Lists by course what answers are past the time they are kept for; erases them with --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="erase them; there is no way back")

    def handle(self, *_: Any, apply: bool, **__: Any) -> None:
        for past in what_is_past():
            self.stdout.write(f"{past.course.slug}: {past.parts} parts")
            for each in past.rows:
                self.stdout.write(f"{each.rows:>7}  {each.what}: {each.becomes}")
        if not apply:
            self.stdout.write("Nothing was changed. Say --apply to erase what is listed.")
            return
        done = 0
        while batch := erase_past_batch():
            done += batch
        self.stdout.write(f"Erased in {done} parts.")
