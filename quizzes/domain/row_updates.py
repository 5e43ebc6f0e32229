"""One statement for many rows with a value each; its text is put together once for each number of rows.

`bulk_update` builds a CASE for every cell and costs twice as much; `bulk_create` makes a model and an expression for
every cell, and costs thrice as much.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connections, models, router

Row = tuple[Any, ...]
Model = type[models.Model]
MOST_VALUES = 50
"""So many values with one statement psycopg takes for one that may come again, and remembers how it is cut up."""
_AS_TEXT = frozenset({"DateTimeField", "DecimalField", "UUIDField"})
BATCH = 1_000
"""Rows of a statement, for callers that may have more: PostgreSQL takes 65,535 values with one, SQLite 32,766."""


def update_each(model: Model, fields: Sequence[str], rows: Sequence[Row]) -> int:
    """Sets `fields` of each row of the model; a row is (pk, value, value, …). Returns how many rows changed.

    One statement whatever the number of rows, up to some hundreds: it is UPDATE … FROM (VALUES …), which SQLite and
    PostgreSQL both know.
    """
    if not rows:
        return 0
    database = router.db_for_write(model)
    statement = _update(database, model, tuple(fields), len(rows))
    columns, connection = _columns(model, tuple(fields)), connections[database]
    values = [value for row in rows for value in (row[0], *_converted(row[1:], columns, connection))]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def insert_each(model: Model, fields: Sequence[str], rows: Sequence[Row]) -> int:
    """The rows, values of `fields` each, are stored; returns how many. Raises IntegrityError, then none of them is.

    One statement, up to some hundreds of rows. Only the columns named are filled: nobody asks the model for defaults,
    and the new keys are not told.
    """
    return _inserted(model, fields, rows, ending="")[0]


def insert_new(model: Model, fields: Sequence[str], rows: Sequence[Row]) -> int:
    """As insert_each, but for rows that have to be unique and are there already: those are left as they are."""
    return _inserted(model, fields, rows, ending=" ON CONFLICT DO NOTHING")[0]


def insert_told(model: Model, fields: Sequence[str], rows: Sequence[Row]) -> list[int]:
    """As insert_each; returns the keys of the new rows, in their order."""
    return _inserted(model, fields, rows, ending=" RETURNING id")[1]


def replace_each(model: Model, fields: Sequence[str], rows: Sequence[Row], *, unique: Sequence[str]) -> int:
    """As insert_each, but a row that is there already, the same in the `unique` fields, gets the new values."""
    there = ", ".join(_name(model, name) for name in unique)
    news = ", ".join(f"{_name(model, name)} = EXCLUDED.{_name(model, name)}" for name in fields if name not in unique)
    return _inserted(model, fields, rows, ending=f" ON CONFLICT ({there}) DO UPDATE SET {news}")[0]


def _inserted(model: Model, fields: Sequence[str], rows: Sequence[Row], *, ending: str) -> tuple[int, list[int]]:
    """How many rows were stored, and their keys if the statement's ending tells them."""
    if not rows:
        return 0, []
    connection, columns = connections[router.db_for_write(model)], _columns(model, tuple(fields))
    if connection.vendor == "postgresql" and len(rows) * len(fields) > MOST_VALUES:
        statement, values = _insert_of_document(model, tuple(fields), ending), [_document(rows, columns)]
    else:
        statement = _insert(model, tuple(fields), len(rows), ending)
        values = [value for row in rows for value in _converted(row, columns, connection)]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        told = [key for (key,) in cursor.fetchall()] if cursor.description else []
        return int(cursor.rowcount), told


@lru_cache(maxsize=128)
def _update(database: str, model: Model, fields: tuple[str, ...], rows: int) -> str:
    connection, table = connections[database], _quoted(model._meta.db_table)  # noqa: SLF001 -- Django documents _meta as public
    assignments = ", ".join(
        f"{_quoted(column.column)} = {_cast(column, connection, f'v.column{number}')}"
        for number, column in enumerate(_columns(model, fields), 2)
    )
    values = f"FROM (VALUES {_places(len(fields) + 1, rows)}) AS v WHERE {table}.{_quoted('id')} = v.column1"
    return f"UPDATE {table} SET {assignments} {values}"  # noqa: S608 -- names are the model's, values parameters


@lru_cache(maxsize=128)
def _insert(model: Model, fields: tuple[str, ...], rows: int, ending: str) -> str:
    into = f"{_quoted(model._meta.db_table)} ({', '.join(_name(model, name) for name in fields)})"  # noqa: SLF001 -- as above
    return f"INSERT INTO {into} VALUES {_places(len(fields), rows)}{ending}"  # noqa: S608 -- as above


@lru_cache(maxsize=128)
def _insert_of_document(model: Model, fields: tuple[str, ...], ending: str) -> str:
    """The rows come as one JSON document: psycopg looks through a statement with more values anew at each call."""
    connection, names = connections[router.db_for_write(model)], ", ".join(_name(model, name) for name in fields)
    columns = ", ".join(f"{_quoted(each.column)} {each.db_type(connection)}" for each in _columns(model, fields))
    rows = f"SELECT {names} FROM json_to_recordset(CAST(%s AS json)) AS v({columns})"  # noqa: S608 -- as above
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({names}) {rows}{ending}"  # noqa: SLF001 -- as above


def _document(rows: Sequence[Row], columns: Sequence[Any]) -> str:
    named = [(each.column, each.get_internal_type() in _AS_TEXT) for each in columns]
    return json.dumps(
        [
            {
                name: str(value) if as_text and value is not None else value
                for (name, as_text), value in zip(named, row, strict=True)
            }
            for row in rows
        ]
    )


@lru_cache(maxsize=128)
def _columns(model: Model, fields: tuple[str, ...]) -> list[Any]:
    return [model._meta.get_field(name) for name in fields]  # noqa: SLF001 -- as above


def _places(values: int, rows: int) -> str:
    return ", ".join(["(" + ", ".join(["%s"] * values) + ")"] * rows)


def _name(model: Model, field: str) -> str:
    return _quoted(_columns(model, (field,))[0].column)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _converted(values: Row, columns: Sequence[Any], connection: Any) -> list[Any]:
    return [column.get_db_prep_save(value, connection) for column, value in zip(columns, values, strict=True)]


def _cast(column: Any, connection: Any, expression: str) -> str:
    if connection.vendor == "postgresql":
        return f"CAST({expression} AS {column.db_type(connection)})"
    return expression
