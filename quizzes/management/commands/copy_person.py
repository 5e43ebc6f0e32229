"""Writes the personal copy of somebody who asks what is kept about them."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from quizzes.domain.personal_copy import personal_copy
from quizzes.management.person_argument import person_named


class Command(BaseCommand):
    help = "Prints everything that is kept about a person as JSON, as they may see it themselves."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="an email address or a public id")

    def handle(self, *_: Any, person: str, **__: Any) -> None:
        self.stdout.write(json.dumps(personal_copy(person_named(person)), ensure_ascii=False, indent=2))
