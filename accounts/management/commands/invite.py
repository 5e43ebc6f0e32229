"""An invitation for one address, for installations where sign-up is by invitation."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.domain.people import find_person, invitation_link
from accounts.errors import NotAnEmailAddress


class Command(BaseCommand):
    help = "Prints a link with which one email address may sign up, for 14 days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            person, link = find_person(options["email"]), invitation_link(options["email"])
        except NotAnEmailAddress as error:
            raise CommandError(str(error), returncode=2) from error
        if person is not None:
            raise CommandError(f"{person.email} has an account already and can sign in.", returncode=2)
        self.stdout.write(link)
