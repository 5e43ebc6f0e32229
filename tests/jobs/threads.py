"""Several threads that do the same at the same instant, each on a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def at_once(call: Callable[[], T], *, times: int) -> list[T]:
    """What each call returned, in no order; one that raised is missing. More than a pool holds cannot meet."""
    barrier, returned = Barrier(times), list[T]()

    def run() -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=10)
            returned.append(call())
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return returned
