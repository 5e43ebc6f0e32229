from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.backups.backup import back_up
from config.backups.errors import BackupError


class Command(BaseCommand):
    help = "Writes everything the database holds into one file, as it is at one moment, while everything goes on."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="what is there is replaced, once the new one is whole")

    def handle(self, *, file: Path, **_: Any) -> None:
        try:
            made = back_up(file.absolute())
        except BackupError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"{file}: {made.rows} rows of {len(made.tables)} tables. Keep the secret key beside it.")
