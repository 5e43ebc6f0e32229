"""Databases as the migrations leave them, made once for a run and copied by every process that tests on one.

Without a run that made them, as when a single test is started, each process migrates a database of its own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

SQLITE_VARIABLE, POSTGRES_VARIABLE = "TEST_SQLITE_TEMPLATE", "TEST_POSTGRES_TEMPLATE"
NAME = "postil_template"


def sqlite_template() -> Path | None:
    """The migrated file of this run, if it made one."""
    named = os.environ.get(SQLITE_VARIABLE)
    return Path(named) if named else None


def postgres_template() -> str | None:
    """The name of the migrated database of this run, if it made one."""
    return os.environ.get(POSTGRES_VARIABLE) or None


def lay_out(path: Path) -> None:
    """The SQLite file at `path` is migrated where this run has a template, and is left to `migrate` otherwise."""
    if template := sqlite_template():
        shutil.copyfile(template, path)


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
