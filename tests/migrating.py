"""The database as an older version left it, brought up to date again: what tests of migrations stand on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrated_to(app: str, name: str) -> Any:
    """The database is as this migration leaves it, backwards or forwards; the apps as they were on that day."""
    executor = MigrationExecutor(connection)
    executor.migrate([(app, name)])
    return MigrationExecutor(connection).loader.project_state([(app, name)]).apps


@contextmanager
def brought_up_to_date() -> Iterator[None]:
    """Whatever the block migrates, at its end every migration is applied and every guard stands, as for all tests."""
    try:
        yield
    finally:
        call_command("migrate", verbosity=0)
