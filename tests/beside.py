"""Something that goes on beside the test's own transaction, on a connection of its own, as another request would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import TypeVar

from django.db import connection

T = TypeVar("T")
never = Event()


class Beside:
    """A thread that does one thing after the other."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._pid: int | None = None

    def begins(self, call: Callable[[], T]) -> Future[T]:
        """`call` has begun, and has ended or waits for a lock that somebody holds.

        SQLite lets nobody look at who waits: there it has only been told to begin.
        """
        going = self._pool.submit(self._on_own_connection, call)
        while connection.vendor == "postgresql" and not going.done() and not self._waits():
            never.wait(0.005)
        return going

    def _on_own_connection(self, call: Callable[[], T]) -> T:
        try:
            connection.ensure_connection()
            if connection.vendor == "postgresql":
                self._pid = connection.connection.info.backend_pid
            return call()
        finally:
            self._pid = None
            connection.close()

    def _waits(self) -> bool:
        if self._pid is None:
            return False
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_blocking_pids(%s) <> '{}'", [self._pid])
            return bool(cursor.fetchone()[0])


@contextmanager
def somebody_beside() -> Iterator[Beside]:
    """Somebody who has come to an end when the block has."""
    with ThreadPoolExecutor(1) as pool:
        yield Beside(pool)
