"""Database connections that live longer than a task, and the database that may die in between."""

from __future__ import annotations

import select

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


def drop_broken_connections() -> None:
    """Every connection of this thread that is kept works; a broken one is closed and opened anew when needed.

    A healthy connection costs one system call and no query, which is why this is not Django's own check: that one
    would close what has outlived CONN_MAX_AGE, and asks the server. Inside a transaction nothing is touched.
    """
    for connection in connections.all(initialized_only=True):
        if connection.connection is None or connection.in_atomic_block or not _is_suspect(connection):
            continue
        if connection.is_usable():
            connection.errors_occurred = False
        else:
            connection.close()


def _is_suspect(connection: BaseDatabaseWrapper) -> bool:
    """An error came by, or the server said something on an idle connection: that is its goodbye."""
    if connection.errors_occurred or connection.vendor != "postgresql":
        return connection.errors_occurred
    raw = connection.connection
    return bool(raw.closed or select.select([raw.fileno()], [], [], 0)[0])
