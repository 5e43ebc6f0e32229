"""Says what erasing a person would touch and, told to, erases them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from course.errors import LastOwner
from quizzes.domain.erasing import erase_person_now, what_erasing_touches
from quizzes.management.person_argument import person_named


class Command(BaseCommand):
    help = "Lists by sort of row what erasing a person would touch; erases them with --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="an email address or a public id")
        parser.add_argument("--apply", action="store_true", help="erase them; there is no way back")

    def handle(self, *_: Any, person: str, apply: bool, **__: Any) -> None:
        found = person_named(person)
        for each in what_erasing_touches(found):
            self.stdout.write(f"{each.rows:>7}  {each.what}: {each.becomes}")
        if not apply:
            self.stdout.write("Nothing was changed. Say --apply to erase them.")
            return
        try:
            erase_person_now(found)
        except LastOwner as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write("Erased.")
