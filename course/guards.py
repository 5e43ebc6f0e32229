"""Database triggers that freeze what must never change, on SQLite and PostgreSQL alike.

They are installed after every migrate, because altering a column on SQLite rebuilds the table and drops its triggers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Guard:
    """A row of `table` refuses an UPDATE while `condition` (SQL over OLD and NEW) holds, with `message`."""

    table: str
    condition: str
    message: str

    @property
    def name(self) -> str:
        return f"{self.table}_guard"


def install(connection: BaseDatabaseWrapper, guards: Sequence[Guard]) -> None:
    """Every guard whose table exists stands once; running it again changes nothing."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in guards:
            if guard.table in tables:
                for statement in _statements(connection.vendor, guard):
                    cursor.execute(statement)


def _statements(vendor: str, guard: Guard) -> list[str]:
    name, table, refusal = guard.name, guard.table, guard.message
    create = f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({guard.condition})"
    if vendor == "sqlite":
        return [
            f"DROP TRIGGER IF EXISTS {name}",
            f"{create} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
        ]
    raising = f"BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'check_violation'; END"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {raising} $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"{create} EXECUTE FUNCTION {name}()",
    ]


def columns_changed(*columns: str) -> str:
    """An SQL condition that holds when any of the columns differs between OLD and NEW; JSON compares as text."""
    return " OR ".join(
        f'CAST(OLD."{column}" AS text) <> CAST(NEW."{column}" AS text) '
        f'OR (OLD."{column}" IS NULL) <> (NEW."{column}" IS NULL)'
        for column in columns
    )


COURSE_GUARDS = (
    Guard(
        "course_revision", columns_changed("article_id", "number", "text", "text_hash"), "A revision is never updated."
    ),
    Guard(
        "course_anchor",
        columns_changed("revision_id", "start", "end", "quote"),
        "An anchor is never moved; a new revision gets a new row.",
    ),
    Guard(
        "course_textedit",
        columns_changed("course_id", "number", "kind", "subject", "before", "undoes_id"),
        "A text edit is never changed; append another.",
    ),
    # The log stands below courses, and what installs guards does not: so they are installed for it here.
    Guard(
        "accounts_auditentry",
        columns_changed("verb", "subject", "course", "at", "detail")
        + " OR (NEW.actor_id IS NOT NULL AND (OLD.actor_id IS NULL OR OLD.actor_id <> NEW.actor_id))",
        "The audit log is never changed; record one more entry.",
    ),
)


def install_course_guards(using: str, **_: Any) -> None:
    install(connections[using], COURSE_GUARDS)
