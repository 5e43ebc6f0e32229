"""Queries whose SQL is put together once for each process, not once for each request.

To build a statement with a few joins and subqueries, the ORM needs a hundred times what the database needs to run it:
6 ms of CPU against 0.05 for a learner's own attempt. It stands here, beside the clock, for all above.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import QuerySet

from jobs.domain.rows import Plan, plan_of

Find = Callable[[dict[str, Any]], Any]
Marks = dict[Any, Find]
Parameters = tuple[tuple[Any, Find | None], ...]
# A query is built twice, with other values from one of these ranges each time: what differs is what a call fills in.
# They fit the smallest integer column, where Django would take a larger value for one that no row can have.
_RANGES = (31_000, 31_500)


class NotPlain(TypeError):
    """A value does not reach the statement as it is, so it cannot be filled in later."""


@dataclass(frozen=True)
class Statement:
    """A compiled query; `slots` say for each parameter how to find its value, None where it is always the same.

    Of those only what has no literal of its own, such as a moment, is still a parameter.
    """

    database: str
    sql: str
    parameters: tuple[Any, ...]
    slots: tuple[Find | None, ...]
    plan: Plan

    def rows(self, values: dict[str, Any]) -> list[Any]:
        """The query's rows for these values."""
        filled = tuple(
            constant if find is None else find(values)
            for constant, find in zip(self.parameters, self.slots, strict=True)
        )
        connection = connections[self.database]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            return self.plan.rows(cursor.fetchall(), connection)


def prepared(build: Callable[..., QuerySet[Any]]) -> Callable[..., list[Any]]:
    """`build(name=value, …)` makes a queryset; what is returned takes the same arguments and gives its rows.

    Values are int, str or UUID, or sequences of them, and must reach the statement as parameters, unchanged: not as
    slices, not through arithmetic. Any other value, such as None or a flag, becomes part of the statement, of which
    there is one for each combination of those, of types and of lengths.
    """
    statements: dict[Any, Statement] = {}

    @wraps(build)
    def rows(**values: Any) -> list[Any]:
        shape = tuple((name, _shape(value)) for name, value in sorted(values.items()))
        if shape not in statements:
            statements[shape] = _compiled(build, values)
        return statements[shape].rows(values)

    return rows


def _shape(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [type(each) for each in value].__repr__()
    return type(value) if _is_marked(value) else (value,)


def _is_marked(value: Any) -> bool:
    return isinstance(value, int | str | UUID) and not isinstance(value, bool)


def _compiled(build: Callable[..., QuerySet[Any]], values: dict[str, Any]) -> Statement:
    (queryset, compiler, sql, parameters, marks), (_, _, again, others, _) = (
        _built(build, values, start) for start in _RANGES
    )
    if sql != again:
        raise NotPlain(f"{build.__qualname__} makes another statement for other values.")
    slots = tuple(
        None if one == other else _slot(one, marks, build) for one, other in zip(parameters, others, strict=True)
    )
    written, left = with_literals(sql, tuple(zip(parameters, slots, strict=True)))
    return Statement(
        queryset.db,
        written,
        tuple(parameter for parameter, _ in left),
        tuple(slot for _, slot in left),
        plan_of(queryset, compiler),
    )


def with_literals(sql: str, parameters: Parameters) -> tuple[str, Parameters]:
    """The statement with every text and number in it that is always the same, and the parameters that are left.

    A parameter that decides whether a partial index serves makes SQLite plan anew at each run, which took most of the
    time of a learner's own attempt; PostgreSQL's kept plans cannot use such an index at all.
    """
    coming, left = iter(parameters), []

    def written(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%%"
        parameter, slot = next(coming)
        if slot is None and isinstance(parameter, str | int) and not isinstance(parameter, bool):
            return literal(parameter)
        left.append((parameter, slot))
        return "%s"

    return re.sub("%[%s]", written, sql), tuple(left)


def literal(value: str | int) -> str:
    """The value as SQL has it, for a statement in which a percent sign is written twice."""
    return str(int(value)) if isinstance(value, int) else "'{}'".format(value.replace("'", "''").replace("%", "%%"))


def _built(
    build: Callable[..., QuerySet[Any]], values: dict[str, Any], start: int
) -> tuple[QuerySet[Any], Any, str, tuple[Any, ...], Marks]:
    marks: Marks = {}
    queryset = build(**{name: _marked(name, value, marks, start) for name, value in values.items()})
    compiler = queryset.query.get_compiler(using=queryset.db)
    sql, parameters = compiler.as_sql()
    return queryset, compiler, sql, tuple(parameters), marks


def _slot(parameter: Any, marks: Marks, build: Callable[..., QuerySet[Any]]) -> Find:
    if parameter not in marks:
        raise NotPlain(f"{build.__qualname__} changes a value on its way into the statement.")
    return marks[parameter]


def _marked(name: str, value: Any, marks: Marks, start: int) -> Any:
    """The value with marks in the place of what changes from call to call."""
    if isinstance(value, list | tuple):
        return [_mark(each, _at(name, at), marks, start) for at, each in enumerate(value)]
    return _mark(value, lambda values: values[name], marks, start) if _is_marked(value) else value


def _at(name: str, at: int) -> Find:
    return lambda values: values[name][at]


def _mark(value: Any, find: Find, marks: Marks, start: int) -> Any:
    number = start + len(marks)
    mark: Any = number
    if isinstance(value, UUID):
        mark = UUID(int=number)
        # SQLite is given the digits.
        marks[mark.hex] = lambda values: find(values).hex
    elif isinstance(value, str):
        mark = f"\ue000{number}"
    marks[mark] = find
    return mark


def first(rows: Sequence[Any]) -> Any:
    """The first row, or None."""
    return rows[0] if rows else None
