"""Rows go into lines and come back as what they were, on either database."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import JSONField, TextField
from django.db.models.functions import Cast

from accounts.models import User
from config.backups.rows import Table, _plain, digest_of, empty, go_on_counting, one_moment, tables_of
from jobs.domain import enqueue
from jobs.models import Beat, Job, Tally
from quizzes.models import AnswerEvent
from tests.config.backups.scenes import a_course_with_answers
from tests.jobs.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def text_of(model: Any, field: str) -> list[str | None]:
    return list(model.objects.order_by("pk").values_list(Cast(field, TextField()), flat=True))


def test_every_table_there_is_has_a_model() -> None:
    there = set(connection.introspection.table_names()) - {"django_migrations"}
    assert {table.name for table in tables_of(apps)} == there


def test_a_row_is_a_line_of_its_columns() -> None:
    moment = datetime(2026, 11, 27, 8, 0, 0, 250_000, tzinfo=UTC)
    row = Beat.objects.create(name="sweeper\n“ü”", last_success_at=moment)
    assert [json.loads(line) for line in Table(Beat).lines()] == [
        [row.pk, "sweeper\n“ü”", "2026-11-27T08:00:00.250000+00:00"]
    ]
    assert all(line.count(b"\n") == 1 for line in Table(Beat).lines())


def test_every_table_comes_back_as_it_was() -> None:
    a_course_with_answers()
    for table in tables_of(apps):
        lines = list(table.lines())
        assert digest_of(table, lines) == digest_of(table, list(table.lines()))
        if table.model in (Beat, Tally, AnswerEvent):
            table.model.objects.all().delete()
            table.insert(lines)
            assert list(table.lines()) == lines


@pytest.mark.parametrize(
    "payload",
    [{}, {"a": None}, {"zwj": "👩‍👩‍👧", "n": 1.5, "deep": [[[1]]]}, {"big": 12345678901234567890, "e": 1e-07}],
)
def test_json_comes_back_to_the_last_figure(payload: dict[str, Any]) -> None:
    Job.objects.all().delete()
    enqueue("grade_attempt", payload=payload, hint=False)
    before, lines = text_of(Job, "payload"), list(Table(Job).lines())
    Job.objects.all().delete()
    Table(Job).insert(lines)
    assert text_of(Job, "payload") == before


def test_an_empty_column_and_a_json_null_stay_apart() -> None:
    a_course_with_answers()
    first, second = AnswerEvent.objects.order_by("pk")[:2]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE quizzes_answerevent SET answer = 'null' WHERE id = %s", [first.pk])
        cursor.execute("DELETE FROM quizzes_answerevent WHERE id = %s", [second.pk])
    second.answer = None
    second.save(force_insert=True)
    before, lines = text_of(AnswerEvent, "answer"), list(Table(AnswerEvent).lines())
    assert {"null", None} <= set(before)
    AnswerEvent.objects.all().delete()
    Table(AnswerEvent).insert(lines)
    assert text_of(AnswerEvent, "answer") == before


def test_a_password_is_not_hashed_again_and_a_date_not_stamped_anew() -> None:
    person = User.objects.create_user("person@example.org", "three words do", name="Person")
    lines = list(Table(User).lines())
    User.objects.all().delete()
    Table(User).insert(lines)
    again = User.objects.get(pk=person.pk)
    assert (again.password, again.uuid, list(Table(User).lines())) == (person.password, person.uuid, lines)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ('{"a": 1, "b": 2}', '{"b":2,"a":1}', True),
        ("1e2", "100", True),
        ("1.50", "1.5", True),
        ('"1"', "1", False),
        ("[1, 2]", "[2, 1]", False),
        ("1", "2", False),
        ("null", None, False),
    ],
)
def test_json_is_compared_by_what_it_says(one: str | None, other: str | None, is_same: bool) -> None:
    table = Table(Job)
    place = next(place for place, field in enumerate(table.fields) if isinstance(field, JSONField))

    def line(value: str | None) -> bytes:
        row: list[Any] = [None] * len(table.fields)
        row[place] = value
        return json.dumps(row).encode()

    assert (digest_of(table, [line(one)]) == digest_of(table, [line(other)])) is is_same


def test_numbers_that_are_no_json_are_not_compared_as_one() -> None:
    table = Table(Tally)
    assert digest_of(table, [b'[1, "a", 1]']) != digest_of(table, [b'[1, "a", 1.5]'])


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_in_it_and_waits_for_nobody() -> None:
    Beat.objects.create(name="before", last_success_at=datetime(2026, 11, 27, tzinfo=UTC))
    with one_moment():
        first = list(Table(Beat).lines())
        written = at_once(lambda: Tally.objects.create(name="meanwhile").pk, times=1)
        assert len(written) == 1
        assert list(Table(Tally).lines()) == []
        assert list(Table(Beat).lines()) == first
    assert len(list(Table(Tally).lines())) == 1


@pytest.mark.django_db(transaction=True)
def test_counting_goes_on_behind_the_last_key() -> None:
    Table(Tally).insert([b'[41, "fenced", 3]\n'])
    go_on_counting([Table(Tally)])
    assert Tally.objects.create(name="expired").pk > 41


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_has_no_row() -> None:
    a_course_with_answers()
    empty(tables_of(apps))
    assert [table.name for table in tables_of(apps) if list(table.lines())] == []


@pytest.mark.parametrize("value", [{1}, object(), b"bytes"])
def test_a_value_that_no_backup_knows_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match=f"A backup cannot hold {type(value).__name__}."):
        _plain(value)
