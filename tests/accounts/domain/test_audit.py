from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from pytest_django import DjangoAssertNumQueries

from accounts.domain.audit import history, history_of_course, record, verbs_in
from accounts.models import AuditEntry, User

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


def test_a_course_has_its_own_log_that_can_be_narrowed(person: User) -> None:
    course, other = uuid4(), uuid4()
    record("made a code", subject="code:1", course=course, actor=person)
    record("ended a part", subject="enrollment:1", course=course)
    record("made a code", subject="code:2", course=other)

    assert [entry.subject for entry in history_of_course(course)] == ["enrollment:1", "code:1"]
    assert [entry.subject for entry in history_of_course(course, verb="ended a part")] == ["enrollment:1"]
    assert [entry.subject for entry in history_of_course(course, actor="ana")] == ["code:1"]
    assert verbs_in(course) == ["ended a part", "made a code"]


@pytest.mark.parametrize(
    "change", [{"verb": "unmade"}, {"subject": "course:2"}, {"detail": {}}, {"course": uuid4()}, {"actor": None}]
)
def test_the_database_keeps_an_entry_as_it_was_but_for_who_is_forgotten(
    person: User, change: dict[str, object]
) -> None:
    record("made", subject="course:1", actor=person, detail={"questions": 12})
    if "actor" in change:
        assert AuditEntry.objects.update(**change) == 1
        change = {"actor": person}
    with pytest.raises(DatabaseError, match="record one more entry"), transaction.atomic():
        AuditEntry.objects.update(**change)
