"""Databases as the migrations leave them, made once for a run and copied by every process that tests on one.

Without a run that made them, as when a single test is started, the first process to migrate a SQLite file keeps a copy
for later ones, as long as nothing that makes tables has changed; a database on PostgreSQL is migrated each time.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

SQLITE_VARIABLE, POSTGRES_VARIABLE = "TEST_SQLITE_TEMPLATE", "TEST_POSTGRES_TEMPLATE"
SAMPLE_VARIABLE = "TEST_SAMPLE_TEMPLATE"
"""A migrated SQLite file that holds the sample course with its people."""
NAME = "postil_template"
ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "migrated"
SHAPING = ("uv.lock", "*/migrations/*.py", "*/models.py", "*/models/*.py", "*/guards.py", "*/apps.py")
"""What decides how an empty database looks once it is migrated."""


def sqlite_template() -> Path | None:
    """The migrated file of this run, if it made one, else the one that an earlier process kept."""
    if named := os.environ.get(SQLITE_VARIABLE):
        return Path(named)
    kept = kept_template()
    return kept if kept.exists() else None


def kept_template() -> Path:
    """Where a migrated file is kept, by a name of its own for each state of what makes tables."""
    digest = hashlib.sha256()
    for path in sorted(each for pattern in SHAPING for each in ROOT.glob(pattern)):
        digest.update(path.read_bytes())
    return KEPT / f"{digest.hexdigest()[:16]}.sqlite3"


def keep(migrated: Path) -> None:
    """Later processes start from a copy of this file, and those that were kept before are gone."""
    kept = kept_template()
    KEPT.mkdir(parents=True, exist_ok=True)
    being_made = kept.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(migrated)) as connection:
        connection.execute("VACUUM INTO ?", [str(being_made)])
    being_made.replace(kept)
    for other in set(KEPT.glob("*.sqlite3")) - {kept}:
        other.unlink(missing_ok=True)


def postgres_template() -> str | None:
    """The name of the migrated database of this run, if it made one."""
    return os.environ.get(POSTGRES_VARIABLE) or None


def lay_out(path: Path) -> None:
    """The SQLite file at `path` is migrated where there is a template, and is left to `migrate` otherwise."""
    if template := sqlite_template():
        shutil.copyfile(template, path)


def lay_out_sample(path: Path) -> None:
    """The SQLite file at `path` holds the sample course where this run has loaded it; else it is only laid out.

    Whoever loads the course has it either way: loaded again, it only changes passwords.
    """
    if named := os.environ.get(SAMPLE_VARIABLE):
        shutil.copyfile(named, path)
    else:
        lay_out(path)


@contextmanager
def empty_template(server_url: str) -> Iterator[str]:
    """The URL of a new database of the server, to be migrated; gone at the end."""
    place, _, query = server_url.partition("?")
    url = f"{place.rpartition('/')[0]}/{NAME}{'?' * bool(query)}{query}"
    _run(server_url, "DROP DATABASE IF EXISTS {}", "CREATE DATABASE {}")
    try:
        yield url
    finally:
        _run(server_url, "DROP DATABASE IF EXISTS {} WITH (FORCE)")


def _run(server_url: str, *statements: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(sql.SQL(statement).format(sql.Identifier(NAME)))
