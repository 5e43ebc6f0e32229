"""What kind of JSON a column holds, in words that SQLite and PostgreSQL both use: object or array."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Func
from django.db.models.lookups import Exact


class JsonType(Func):
    """The type of a JSON column's value."""

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, function="JSON_TYPE", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, function="jsonb_typeof", **extra)


def is_json(column: str, kind: str) -> Any:
    """The condition that the column holds an "object" or an "array"."""
    return Exact(JsonType(column), kind)
