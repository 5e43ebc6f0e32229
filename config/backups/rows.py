"""Rows as lines of JSON, the same from SQLite and PostgreSQL, and lines as rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models.functions import Cast

BATCH = 1_000
_AS_TEXT = (Decimal, UUID)


@dataclass(frozen=True)
class Table:
    """A model's table: how its rows are read and written, with the columns in that `order` where there is one."""

    model: Any
    order: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return str(self.model._meta.db_table)  # noqa: SLF001 -- Django documents _meta as public

    @property
    def fields(self) -> Sequence[Any]:
        declared = {field.column: field for field in self.model._meta.concrete_fields}  # noqa: SLF001 -- as above
        return [declared[column] for column in self.order or declared]

    @property
    def columns(self) -> list[str]:
        return [field.column for field in self.fields]

    def lines(self) -> Iterator[bytes]:
        """Each row in the order of its key as a JSON list of its columns, with a line break.

        A JSON column is its text: read as values, an empty one and one that holds `null` would be the same.
        """
        raw = {
            f"raw_{field.attname}": Cast(field.attname, models.TextField()) for field in self.fields if _is_json(field)
        }
        names = [f"raw_{field.attname}" if _is_json(field) else field.attname for field in self.fields]
        rows = self.model._base_manager.annotate(**raw).order_by("pk").values_list(*names)  # noqa: SLF001 -- every row
        for row in rows.iterator(chunk_size=BATCH):
            yield json.dumps(row, default=_plain, ensure_ascii=False).encode() + b"\n"

    def insert(self, lines: Iterable[bytes]) -> None:
        """A row for each line, as it was: nothing is filled in, hashed or stamped anew."""
        quoted = ", ".join(connection.ops.quote_name(column) for column in self.columns)
        statement = f"INSERT INTO {connection.ops.quote_name(self.name)} ({quoted}) VALUES ({self._places()})"  # noqa: S608 -- names of our own models
        coming = iter(lines)
        with connection.cursor() as cursor:
            while batch := list(islice(coming, BATCH)):
                cursor.executemany(statement, [self._stored(json.loads(line)) for line in batch])

    def _places(self) -> str:
        json_place = "%s::jsonb" if connection.vendor == "postgresql" else "%s"
        return ", ".join(json_place if _is_json(field) else "%s" for field in self.fields)

    def _stored(self, row: Sequence[Any]) -> list[Any]:
        return [
            value if value is None or _is_json(field) else field.get_db_prep_save(field.to_python(value), connection)
            for field, value in zip(self.fields, row, strict=True)
        ]


def tables_of(apps: Apps) -> list[Table]:
    """Every table that a model stands for, by name."""
    found = (model for model in apps.get_models(include_auto_created=True) if _has_table(model))
    return sorted((Table(model) for model in found), key=lambda table: table.name)


def _has_table(model: Any) -> bool:
    return bool(model._meta.managed) and not model._meta.proxy  # noqa: SLF001 -- Django documents _meta as public


def _is_json(field: Any) -> bool:
    return isinstance(field, models.JSONField)


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, _AS_TEXT):
        return str(value)
    raise TypeError(f"A backup cannot hold {type(value).__name__}.")


def digest_of(table: Table, lines: Iterable[bytes]) -> str:
    """A digest of what the lines say, the same wherever they come from.

    PostgreSQL writes the JSON it keeps with spaces, an order of keys and figures of its own.
    """
    digest = hashlib.sha256()
    at_json = [place for place, field in enumerate(table.fields) if _is_json(field)]
    for line in lines:
        row = json.loads(line)
        for place in at_json:
            if row[place] is not None:
                row[place] = [json.loads(row[place], parse_float=_number)]
        digest.update(json.dumps(row, sort_keys=True).encode())
    return digest.hexdigest()


def _number(figures: str) -> int | float:
    value = float(figures)
    return int(value) if value.is_integer() else value


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is as it was at one moment, and nobody who writes waits for it."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            # Django's own transactions begin as writers here.
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def empty(tables: Sequence[Table]) -> None:
    """No table has a row."""
    names = [table.name for table in tables]
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), names):
            cursor.execute(statement)


def go_on_counting(tables: Sequence[Table]) -> None:
    """The next row of each table gets a key that none has."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
            cursor.execute(statement)
