"""Somebody who looks at an attempt again and again until its grade has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def after_looks(most: int, do: Callable[[], Any]) -> Iterator[list[str]]:
    """`do` has happened before the attempt's own row is asked for the time after `most`; yields those questions."""
    looks: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT") and '"graded_at"' in sql and " JOIN " not in sql:
            looks.append(sql)
            if len(looks) == most:
                do()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield looks
