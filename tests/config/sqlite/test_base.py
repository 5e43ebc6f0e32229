from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connections

from config.benchmarks.statements import counted


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 999, 1000, 3000])
def test_rows_with_more_than_999_values_go_in_with_one_statement(rows: int) -> None:
    with counted() as found:
        Group.objects.bulk_create(Group(id=n, name=f"{n}") for n in range(1, rows + 1))
    assert found.count == 1
    assert Group.objects.count() == rows


@pytest.mark.django_db
def test_a_condition_takes_more_than_999_values() -> None:
    Group.objects.bulk_create(Group(id=n, name=f"{n}") for n in range(1, 2001))
    assert Group.objects.filter(pk__in=range(1, 1501)).count() == 1500
    assert len(Group.objects.in_bulk(range(1, 1501))) == 1500


@pytest.mark.django_db
def test_it_is_the_backend_of_sqlite() -> None:
    connection = connections["default"]
    if connection.vendor == "sqlite":
        assert type(connection).__module__ == "config.sqlite.base"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "params", "row"),
    [
        ("SELECT %s, '100 %%', %s", ("x", 2), ("x", "100 %", 2)),
        ("SELECT %(b)s, %(a)s", {"a": 1, "b": 2}, (2, 1)),
        ("SELECT '%s'", None, ("%s",)),
        ("SELECT '%%s', %s", ("%s",), ("%s", "%s")),
    ],
)
def test_a_statement_is_sent_as_django_sends_it_however_often(query: str, params: Any, row: tuple[Any, ...]) -> None:
    connection = connections["default"]
    if connection.vendor != "sqlite":
        pytest.skip("The cursor is SQLite's.")
    with connection.cursor() as cursor:
        for _ in range(3):
            assert cursor.execute(query, params).fetchone() == row
        cursor.executemany("INSERT INTO auth_group (name) VALUES (%s)", [("50 %",), ("%s",)])
    assert set(Group.objects.values_list("name", flat=True)) == {"50 %", "%s"}
