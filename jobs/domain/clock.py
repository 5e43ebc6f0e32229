"""One clock for every process: the database's wall clock, not the transaction's start and not the worker's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Func, Value
from django.db.models.expressions import Combinable


@dataclass(frozen=True)
class Dialect:
    """How a database says what time it is.

    `now` is the wall clock, `given` the place of a time that is a parameter; `later` moves the time `{start}`, which
    may be `start`, by `{by}`, a number of seconds as `seconds` puts it.
    """

    now: str
    given: str
    start: str
    later: str
    seconds: Callable[[float], Any]


# SQLite compares times as text, so its milliseconds are written with the six digits that Django writes.
SQLITE = Dialect(
    now="strftime('%%Y-%%m-%%d %%H:%%M:%%f000', 'now')",
    given="%s",
    start="'now'",
    later="strftime('%%Y-%%m-%%d %%H:%%M:%%f000', {start}, {by})",
    seconds=lambda seconds: f"{seconds:+.3f} seconds",
)
POSTGRESQL = Dialect(
    now="clock_timestamp()",
    given="CAST(%s AS timestamptz)",
    start="clock_timestamp()",
    later="({start} + make_interval(secs => {by}))",
    seconds=float,
)


def dialect() -> Dialect:
    """That of the database in use. There are two: whatever is not SQLite is spoken to as PostgreSQL."""
    return SQLITE if connection.vendor == "sqlite" else POSTGRESQL


class DatabaseClock(Func):
    """The wall clock of the database at the moment the statement runs, `seconds` later (or earlier, when negative)."""

    output_field = DateTimeField()

    def __init__(self, *, seconds: float = 0.0) -> None:
        super().__init__()
        self.seconds = seconds

    def as_sql(self, *_: object, **__: object) -> tuple[str, list[Any]]:  # type: ignore[override]  # -- no template
        """The database's own words for the moment."""
        if not self.seconds:
            return dialect().now, []
        return dialect().later.format(start=dialect().start, by="%s"), [dialect().seconds(self.seconds)]


def instant(at: datetime | None = None, *, seconds: float = 0.0) -> Combinable:
    """An expression for `at`, or for the database's clock when `at` is None, moved by `seconds`."""
    if at is None:
        return DatabaseClock(seconds=seconds)
    return Value(at + timedelta(seconds=seconds), output_field=DateTimeField())


def database_now() -> datetime:
    """The database's wall clock, aware and in UTC. One query; two calls in one transaction differ."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {dialect().now}", [])
        return moment(cursor.fetchone()[0])


def moment(said: datetime | str) -> datetime:
    """A time as a cursor gives it, aware and in UTC: SQLite says it as text."""
    if isinstance(said, str):
        return datetime.fromisoformat(said).replace(tzinfo=UTC)
    return said.astimezone(UTC)
