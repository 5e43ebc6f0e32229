from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import OperationalError, ProgrammingError, connection
from django.db.utils import DatabaseError

from jobs.domain.connections import drop_broken_connections

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def only_postgresql(test: Callable[[], None]) -> Callable[[], None]:
    reason = "SQLite has no server that could hang up"
    return pytest.mark.postgres(pytest.mark.skipif(connection.vendor != "postgresql", reason=reason)(test))


def answer() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return int(cursor.fetchone()[0])


def test_a_healthy_connection_is_kept() -> None:
    answer()
    before = connection.connection
    drop_broken_connections()
    assert connection.connection is before


def test_a_connection_that_works_after_an_error_is_kept() -> None:
    answer()
    before = connection.connection
    with pytest.raises((OperationalError, ProgrammingError)), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nowhere")
    drop_broken_connections()
    assert connection.connection is before
    assert not connection.errors_occurred


@only_postgresql
def test_a_connection_that_is_broken_is_replaced() -> None:
    answer()
    connection.connection.close()
    with pytest.raises(DatabaseError):
        answer()
    drop_broken_connections()
    assert answer() == 1


@only_postgresql
def test_a_connection_that_the_server_closed_while_idle_is_replaced_without_an_error() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    other.close()
    drop_broken_connections()
    assert answer() == 1
