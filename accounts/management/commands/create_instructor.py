"""The first person of a new installation, or one more who may author."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.domain.audit import record
from accounts.domain.people import make_instructor, set_password_link
from accounts.errors import NotAnEmailAddress


class Command(BaseCommand):
    help = "Lets a person author courses, makes them if need be, and prints a link with which they choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            person, is_new = make_instructor(options["email"], name=options["name"])
        except NotAnEmailAddress as error:
            raise CommandError(str(error), returncode=2) from error
        record("may author", subject=f"person:{person.uuid}", detail={"new": is_new})
        self.stdout.write(f"{person.email} may author{'' if is_new else '; they were here already'}.")
        self.stdout.write(f"To choose a password, open once: {set_password_link(person)}")
