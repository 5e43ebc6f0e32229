"""`manage.py rebuild`: caches made anew from events, or only checked."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from quizzes.domain.rebuild import REBUILDS


class Command(BaseCommand):
    help = "Makes results, progress and statistics anew from what was graded; with --check it only says what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", nargs="?", default="all", choices=["all", *REBUILDS])
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when anything differs")

    def handle(self, *, what: str, check: bool, **_: Any) -> None:
        differing = 0
        for name in REBUILDS if what == "all" else [what]:
            differences = REBUILDS[name](check=check)
            differing += len(differences)
            self.stdout.write(f"{name}: {len(differences)} {'differ' if check else 'mended'}")
            for difference in differences[:20]:
                self.stdout.write(f"  {difference.what}: {difference.cached}, rebuilt {difference.rebuilt}")
        if check and differing:
            raise CommandError("Caches differ from what was graded. Run `manage.py rebuild all` to mend them.")
