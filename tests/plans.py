"""How a database would find the rows of a statement: by which indexes, and over which tables it would go row by row."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

GONE_OVER = {
    # By name of the table, or of what stands for it in the statement.
    "sqlite": re.compile(r"SCAN (?:TABLE )?(\w+)"),
    "postgresql": re.compile(r"Seq Scan on (\w+)"),
}


def use_indexes_for_few_rows() -> None:
    """PostgreSQL goes over a table of a few rows only where no index serves, until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")


def plan_of(statement: str) -> str:
    """How the database would find the rows of a statement that was captured with its values in it."""
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {statement}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def gone_over(plan: str) -> list[str]:
    """The tables that the plan goes over row by row, by the names that the statement gives them."""
    return GONE_OVER[connection.vendor].findall(plan)


def largest_statement(do: Callable[[], object], *, about: str) -> str:
    """The longest statement that names a table of the app `about`, of all that are made."""
    with CaptureQueriesContext(connection) as captured:
        do()
    return max((query["sql"] for query in captured if f"{about}_" in query["sql"]), key=len)
