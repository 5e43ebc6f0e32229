"""A backup comes back as it was, into a database that may take it, and what was pending is graded."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from config.backups.archive import opened, written
from config.backups.backup import back_up
from config.backups.errors import BackupDamaged, BackupError, NotRestorable
from config.backups.restore import check, restore
from config.backups.rows import tables_of
from jobs.domain import database_now, sweep
from jobs.domain.schedule import schedule
from jobs.models import Job, JobState
from quizzes.domain.rebuild import rebuild_cards, rebuild_progress, rebuild_results, rebuild_statistics
from quizzes.models import Attempt, GradingEvent
from tests.config.backups.scenes import a_course_with_answers
from tests.factories import make_person
from tests.quality.source import ROOT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
REQUEST_ID = "0003_jobs_name_their_request"


def everything() -> dict[str, list[bytes]]:
    return {table.name: list(table.lines()) for table in tables_of(apps)}


def rewritten(path: Path, to: Path, *, skips: tuple[str, str] | None = None, **manifest: Any) -> Path:
    """The backup with another manifest; of a table that `skips` names, without that column."""
    with opened(path) as reader, written(to) as writer:
        for table, contents in reader.manifest.tables.items():
            lines, columns = reader.lines(table), contents.columns
            if skips and table == skips[0]:
                place = columns.index(skips[1])
                lines, columns = without(lines, place), columns[:place] + columns[place + 1 :]
            writer.add(table, columns=columns, lines=lines)
        writer.close(replace(reader.manifest, tables=writer.tables, **manifest))
    return to


def without(lines: Iterator[bytes], place: int) -> Iterator[bytes]:
    for line in lines:
        row = json.loads(line)
        yield json.dumps(row[:place] + row[place + 1 :]).encode() + b"\n"


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """Of a course with an attempt that is graded and one that is not."""
    a_course_with_answers()
    path = tmp_path / "postil.backup"
    back_up(path)
    return path


@pytest.mark.promise(29)
def test_everything_comes_back_and_what_was_pending_is_graded_without_redis(
    backup: Path, reached: Callable[[str], None]
) -> None:
    before = everything()
    manifest = check(backup)
    graded, pending = Attempt.objects.order_by("pk")
    Job.objects.all().delete()
    User.objects.filter(enrollments__attempts=graded).update(name="Somebody else")
    make_person("Of after the backup")

    restored = restore(backup, replaces=True)

    assert everything() == before
    assert restored == manifest
    assert {name: len(rows) for name, rows in before.items()} == {
        name: contents.rows for name, contents in restored.tables.items()
    }
    assert Attempt.objects.get(pk=pending.pk).graded_at is None
    sweep(inline=True, at=database_now() + timedelta(seconds=schedule().inline_after + 1))
    assert Attempt.objects.get(pk=pending.pk).graded_at is not None
    assert Job.objects.exclude(state=JobState.DONE).count() == 0
    lost = Attempt.objects.filter(graded_at=None).count()
    reached(f"{len(before)} tables with equal counts and checksums, {lost} lost")
    assert GradingEvent.objects.count() == 4
    for rebuild in (rebuild_cards, rebuild_progress, rebuild_results, rebuild_statistics):
        assert rebuild(check=True) == []


def test_a_database_with_people_is_refused_unless_told(backup: Path) -> None:
    before = everything()
    with pytest.raises(NotRestorable, match="To lose them for the backup, say --replace"):
        restore(backup)
    assert everything() == before


def test_a_database_without_people_takes_it(backup: Path) -> None:
    before = everything()
    call_command("flush", interactive=False, verbosity=0)
    restore(backup)
    assert everything() == before


def test_a_backup_of_a_later_version_is_refused(backup: Path, tmp_path: Path) -> None:
    before = everything()
    later = rewritten(
        backup, tmp_path / "later", migrations=[*check(backup).migrations, ["quizzes", "9999_what_nobody_knows_yet"]]
    )
    for ask in (check, lambda path: restore(path, replaces=True)):
        with pytest.raises(NotRestorable, match=r"later version of Postil, with quizzes\.9999_what_nobody_knows_yet"):
            ask(later)
    assert everything() == before


def test_tables_of_another_version_are_refused(backup: Path, tmp_path: Path) -> None:
    steps = [step for step in check(backup).migrations if step != ["jobs", REQUEST_ID]]
    earlier = rewritten(backup, tmp_path / "earlier", migrations=steps)
    with pytest.raises(NotRestorable, match="into a new, empty database"):
        restore(earlier, replaces=True)


def test_other_columns_than_the_migrations_make_are_refused(backup: Path, tmp_path: Path) -> None:
    before = everything()
    odd = rewritten(backup, tmp_path / "odd", skips=("jobs_job", "request_id"))
    with pytest.raises(NotRestorable, match="other tables or columns"):
        restore(odd, replaces=True)
    assert everything() == before


def test_a_damaged_backup_changes_nothing(backup: Path, tmp_path: Path) -> None:
    before = everything()
    whole = backup.read_bytes()
    middle = len(whole) // 2
    wrong = tmp_path / "wrong"
    wrong.write_bytes(whole[:middle] + bytes(200) + whole[middle + 200 :])
    with pytest.raises(BackupError):
        restore(wrong, replaces=True)
    assert everything() == before


def test_rows_that_do_not_come_back_as_they_were_change_nothing(backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()

    def count_up() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE accounts_user SET name = 'Somebody else'")

    monkeypatch.setattr("config.backups.restore.go_on_counting", lambda _: count_up())
    with pytest.raises(BackupDamaged, match="The table accounts_user did not come back as it was"):
        restore(backup, replaces=True)
    assert everything() == before


def test_the_commands_say_what_they_did(tmp_path: Path) -> None:
    a_course_with_answers()
    out, file = StringIO(), tmp_path / "b"
    call_command("backup", str(file), stdout=out)
    call_command("restore", str(file), "--check", stdout=out)
    call_command("restore", str(file), "--replace", stdout=out)
    rows = sum(len(lines) for lines in everything().values())
    made, checked, restored, then = out.getvalue().splitlines()
    assert made == f"{file}: {rows} rows of {len(everything())} tables. Keep the secret key beside it."
    assert checked.endswith(f"is whole: {rows} rows of {len(everything())} tables.")
    assert restored.endswith(f"is restored: {rows} rows of {len(everything())} tables.")
    assert then == "Start the sweeper: it sees to whatever was pending. Then: manage.py rebuild all --check"


@pytest.mark.parametrize(
    ("command", "file", "words"),
    [
        ("backup", "no/such/folder", "No backup was written to .*, and what was there still is: .*No such file"),
        ("restore", "nothing", "nothing is no backup of Postil, or not a whole one"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_code_2(tmp_path: Path, command: str, file: str, words: str) -> None:
    with pytest.raises(CommandError, match=words) as refused:
        call_command(command, str(tmp_path / file))
    assert refused.value.returncode == 2


@pytest.mark.slow
@pytest.mark.once
def test_an_earlier_backup_is_brought_up_to_date_in_a_new_database(backup: Path, tmp_path: Path) -> None:
    steps = [step for step in check(backup).migrations if step != ["jobs", REQUEST_ID]]
    earlier = rewritten(backup, tmp_path / "earlier", skips=("jobs_job", "request_id"), migrations=steps)
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "new"), "REDIS_URL": "redis://127.0.0.1:1/0"}
    command = [sys.executable, "manage.py", "restore", str(earlier)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(tmp_path / "new" / "postil.sqlite3") as new:
        found = new.execute("SELECT count(*), max(request_id) FROM jobs_job").fetchone()
        triggers = new.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()
    assert found == (Job.objects.count(), "")
    assert triggers[0] > 5
