from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.domain.audit import history, record
from accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_history_of_a_thing_is_newest_first_and_its_own(person: User) -> None:
    record("made", subject="course:1")
    record("published", subject="course:1", actor=person, detail={"questions": 12})
    record("made", subject="course:2")
    assert [(entry.verb, entry.actor, entry.detail) for entry in history("course:1")] == [
        ("published", person, {"questions": 12}),
        ("made", None, {}),
    ]


def test_the_history_costs_one_query(person: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(5):
        record("published", subject="course:1", actor=person)
    with django_assert_num_queries(1):
        assert {str(entry.actor) for entry in history("course:1")} == {"Ana Moravec"}
