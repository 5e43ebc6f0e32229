from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.backups.errors import BackupError
from config.backups.restore import check, restore


class Command(BaseCommand):
    help = "Brings a backup back into an empty database and compares every row. Stop everything else first."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="only say whether the file is whole; change nothing")
        parser.add_argument("--replace", action="store_true", help="lose what the database holds now")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            found = check(file) if options["check"] else restore(file, replaces=options["replace"])
        except BackupError as error:
            raise CommandError(str(error), returncode=2) from error
        deed = "is whole" if options["check"] else "is restored"
        self.stdout.write(f"{file} of {found.made_at} {deed}: {found.rows} rows of {len(found.tables)} tables.")
        if not options["check"]:
            self.stdout.write("Start the sweeper: it sees to whatever was pending. Then: manage.py rebuild all --check")
