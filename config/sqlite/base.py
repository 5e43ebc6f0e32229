"""The backend Django loads for SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base, features

_TAKES_MANY = (3, 32)
"""The first SQLite whose limit is 32,766 values for one statement; before it the limit was 999."""


class DatabaseFeatures(features.DatabaseFeatures):
    """Django cuts an insert at 999 values, where the responses of a quiz of 200 questions have more."""

    max_query_params = 30_000 if sqlite3.sqlite_version_info >= _TAKES_MANY else 999


class SQLiteCursorWrapper(base.SQLiteCursorWrapper):
    """Django's cursor, which writes a statement the way SQLite wants it once, not each time it is sent.

    To look through the two kilobytes of a longer one took as long as to run it.
    """

    def convert_query(self, query: str, *, param_names: Sequence[str] | None = None) -> str:
        """The statement with SQLite's marks for its parameters."""
        return _with_own_marks(query) if param_names is None else super().convert_query(query, param_names=param_names)


@lru_cache(maxsize=512)
def _with_own_marks(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection to SQLite, with those features and that cursor."""

    features_class = DatabaseFeatures

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor; `name` means nothing to SQLite."""
        return self.connection.cursor(factory=SQLiteCursorWrapper)
