"""Bringing a backup back."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from accounts.models import User
from config.backups.archive import Manifest, Reader, opened
from config.backups.errors import BackupDamaged, NotRestorable
from config.backups.rows import Table, digest_of, empty, go_on_counting, tables_of
from course.models import Article, Course

Step = tuple[str, str]


def check(path: Path) -> Manifest:
    """The backup at `path` is whole and of a version that this one knows; else BackupError is raised."""
    with opened(path) as reader:
        _refuse_newer(reader.manifest)
        reader.check()
        return reader.manifest


def restore(path: Path, *, replaces: bool = False) -> Manifest:
    """The database holds what the backup at `path` holds, row by row, and has the tables of this version.

    An empty database gets its tables first: those of the backup's version, which are then brought up to date. One that
    has rows is refused unless `replaces`. What was stored is read once more and compared before anybody sees it: either
    all of it is there, or nothing has changed. Raises BackupError. Nothing else may use the database meanwhile.
    """
    manifest = check(path)
    with opened(path) as reader:
        steps = {(app, name) for app, name in manifest.migrations}
        is_new = not MigrationRecorder(connection).applied_migrations()
        state = _tables_made(steps) if is_new else apps
        if not is_new:
            _refuse_other_tables(steps)
            _refuse_rows(replaces=replaces)
        _fill(reader, tables_of(state))
    if is_new:
        call_command("migrate", verbosity=0)
    return manifest


def _refuse_newer(manifest: Manifest) -> None:
    known = set(MigrationLoader(None).disk_migrations)
    unknown = sorted({(app, name) for app, name in manifest.migrations} - known)
    if unknown:
        words = f"The backup comes from a later version of Postil, with {'.'.join(unknown[0])}."
        raise NotRestorable(f"{words} Install that version, restore it there.")


def _refuse_other_tables(steps: set[Step]) -> None:
    if steps != set(MigrationRecorder(connection).applied_migrations()):
        words = "The tables of this database are of another version than the backup."
        raise NotRestorable(f"{words} Restore it into a new, empty database: it is brought up to date there.")


def _refuse_rows(*, replaces: bool) -> None:
    if not replaces and any(model.objects.exists() for model in (User, Course, Article)):
        raise NotRestorable("This database has people or courses. To lose them for the backup, say --replace.")


def _tables_made(steps: set[Step]) -> Apps:
    """The tables as the backup's version had them, and the models that stood for them."""
    executor = MigrationExecutor(connection)
    if steps >= set(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)
        return apps
    last = [step for step in sorted(steps) if not _has_next(step, steps, executor.loader)]
    executor.migrate(last)
    return executor.loader.project_state(last).apps


def _has_next(step: Step, steps: set[Step], loader: MigrationLoader) -> bool:
    """Whether another of the steps follows on this one in its app."""
    return any(child.key in steps and child.key[0] == step[0] for child in loader.graph.node_map[step].children)


def _fill(reader: Reader, tables: list[Table]) -> None:
    wanted = {name: contents.columns for name, contents in reader.manifest.tables.items()}
    if {table.name: sorted(table.columns) for table in tables} != {name: sorted(wanted[name]) for name in wanted}:
        raise NotRestorable("The backup has other tables or columns than its migrations make.")
    # A table has its columns in the order in which migrations added them, a model as it declares them.
    tables = [Table(table.model, tuple(wanted[table.name])) for table in tables]
    with transaction.atomic():
        empty(tables)
        for table in tables:
            table.insert(reader.lines(table.name))
        go_on_counting(tables)
        for table in tables:
            if digest_of(table, table.lines()) != digest_of(table, reader.lines(table.name)):
                raise BackupDamaged(f"The table {table.name} did not come back as it was, so nothing was changed.")
