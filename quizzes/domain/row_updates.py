"""One statement for many rows with a value each.

`bulk_update` builds a CASE for every cell and costs twice as much; `bulk_create` makes a model and an expression for
every cell, and costs thrice as much.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connections, models, router

Row = tuple[Any, ...]


def update_each(model: type[models.Model], fields: Sequence[str], rows: Sequence[Row]) -> int:
    """Sets `fields` of each row of the model; a row is (pk, value, value, …). Returns how many rows changed.

    One statement whatever the number of rows, up to some hundreds: it is UPDATE … FROM (VALUES …), which SQLite and
    PostgreSQL both know.
    """
    if not rows:
        return 0
    connection = connections[router.db_for_write(model)]
    meta = model._meta  # noqa: SLF001 -- Django documents _meta as public
    columns: list[Any] = [meta.get_field(name) for name in fields]
    quote = connection.ops.quote_name
    casts = [_cast(column, connection, f"v.column{number}") for number, column in enumerate(columns, 2)]
    assignments = ", ".join(f"{quote(column.column)} = {cast}" for column, cast in zip(columns, casts, strict=True))
    placeholders = ", ".join(["(" + ", ".join(["%s"] * (len(fields) + 1)) + ")"] * len(rows))
    table = quote(meta.db_table)
    values = f"FROM (VALUES {placeholders}) AS v WHERE {table}.{quote('id')} = v.column1"
    statement = f"UPDATE {table} SET {assignments} {values}"  # noqa: S608 -- names are the model's, values parameters
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in rows for value in _prepared(row, columns, connection)])
        return int(cursor.rowcount)


def insert_each(model: type[models.Model], fields: Sequence[str], rows: Sequence[Row]) -> int:
    """The rows, values of `fields` each, are stored; returns how many. Raises IntegrityError, then none of them is.

    One statement, up to some hundreds of rows. Only the columns named are filled: nobody asks the model for defaults,
    and the new keys are not told.
    """
    return _inserted(model, fields, rows, ending="")


def insert_new(model: type[models.Model], fields: Sequence[str], rows: Sequence[Row]) -> int:
    """As insert_each, but for rows that have to be unique and are there already: those are left as they are."""
    return _inserted(model, fields, rows, ending=" ON CONFLICT DO NOTHING")


def _inserted(model: type[models.Model], fields: Sequence[str], rows: Sequence[Row], *, ending: str) -> int:
    if not rows:
        return 0
    connection = connections[router.db_for_write(model)]
    meta = model._meta  # noqa: SLF001 -- Django documents _meta as public
    columns: list[Any] = [meta.get_field(name) for name in fields]
    quote = connection.ops.quote_name
    into = f"{quote(meta.db_table)} ({', '.join(quote(column.column) for column in columns)})"
    placeholders = ", ".join(["(" + ", ".join(["%s"] * len(fields)) + ")"] * len(rows))
    statement = f"INSERT INTO {into} VALUES {placeholders}{ending}"  # noqa: S608 -- as above
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in rows for value in _converted(row, columns, connection)])
        return int(cursor.rowcount)


def _prepared(row: Row, columns: Sequence[Any], connection: Any) -> list[Any]:
    return [row[0], *_converted(row[1:], columns, connection)]


def _converted(values: Row, columns: Sequence[Any], connection: Any) -> list[Any]:
    return [column.get_db_prep_save(value, connection) for column, value in zip(columns, values, strict=True)]


def _cast(column: Any, connection: Any, expression: str) -> str:
    if connection.vendor == "postgresql":
        return f"CAST({expression} AS {column.db_type(connection)})"
    return expression
