"""One clock for every process: the database's wall clock, not the transaction's start and not the worker's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Func, Value
from django.db.models.expressions import Combinable

# SQLite compares times as text, so its milliseconds are written with the six digits that Django writes.
_SQLITE_NOW = "strftime('%%Y-%%m-%%d %%H:%%M:%%f000', 'now', %s)"
_POSTGRESQL_NOW = "(clock_timestamp() + make_interval(secs => %s))"


class DatabaseClock(Func):
    """The wall clock of the database at the moment the statement runs, `seconds` later (or earlier, when negative)."""

    output_field = DateTimeField()

    def __init__(self, *, seconds: float = 0.0) -> None:
        super().__init__()
        self.seconds = seconds

    def as_sqlite(  # type: ignore[override]  # -- its parameters may be floats and texts, whatever the stub says
        self, *_: object, **__: object
    ) -> tuple[str, list[Any]]:
        return _SQLITE_NOW, [f"{self.seconds:+.3f} seconds"]

    def as_postgresql(self, *_: object, **__: object) -> tuple[str, list[Any]]:
        return _POSTGRESQL_NOW, [self.seconds]


def instant(at: datetime | None = None, *, seconds: float = 0.0) -> Combinable:
    """An expression for `at`, or for the database's clock when `at` is None, moved by `seconds`."""
    if at is None:
        return DatabaseClock(seconds=seconds)
    return Value(at + timedelta(seconds=seconds), output_field=DateTimeField())


def database_now() -> datetime:
    """The database's wall clock, aware and in UTC. One query; two calls in one transaction differ."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"SELECT {_SQLITE_NOW}", ["+0 seconds"])
            return datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=UTC)
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
        return now.astimezone(UTC)
