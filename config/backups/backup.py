"""Making a backup."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from config.backups.archive import Manifest, written
from config.backups.errors import BackupError
from config.backups.rows import one_moment, tables_of
from jobs.domain import database_now


def back_up(path: Path) -> Manifest:
    """Everything the database holds is in the file at `path`, as it was at one moment; what was there is replaced.

    Asks nothing but the database, and holds nobody up. Raises BackupError when the file cannot be written, and then
    whatever was there before still is.
    """
    try:
        with written(path) as writer, one_moment():
            for table in tables_of(apps):
                writer.add(table.name, columns=table.columns, lines=table.lines())
            manifest = Manifest(
                made_at=database_now().isoformat(),
                vendor=connection.vendor,
                migrations=sorted(map(list, MigrationRecorder(connection).applied_migrations())),
                tables=writer.tables,
            )
            writer.close(manifest)
    except OSError as error:
        raise BackupError(f"No backup was written to {path}, and what was there still is: {error}.") from error
    return manifest
