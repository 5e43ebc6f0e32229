"""Column by column, what the database keeps from changing in courses and in the log, and what may still change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, models, transaction

from accounts.models import AuditEntry
from course.guards import COURSE_GUARDS, Guard, columns_changed, install
from course.models import Anchor, Article, Course, Mention, Revision, TextEdit
from tests.factories import NOW, make_concept, make_course, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LATER = NOW + timedelta(days=1)
REVISED = "A revision is never updated."
MOVED = "An anchor is never moved; a new revision gets a new row."
EDITED = "A text edit is never changed; append another."
LOGGED = "The audit log is never changed; record one more entry."


def called(value: object) -> str:
    """The id of one of the columns of a table below."""
    if isinstance(value, type):
        return value.__name__
    return ", ".join(value) if isinstance(value, dict) else ""


@pytest.fixture(autouse=True)
def history() -> None:
    """A course with a mention and its anchor, an edit and an undo of it, and an entry of the log."""
    course = make_course()
    revision = course.lessons.get().revision
    mention = Mention.objects.create(concept=make_concept(course))
    Anchor.objects.create(mention=mention, revision=revision, start=0, end=6, quote="A lake", prefix="", suffix=" is")
    edit = TextEdit.objects.create(course=course, number=1, kind="drop", subject="A line", made_at=NOW)
    TextEdit.objects.create(course=course, number=2, kind="undo", subject="A line", undoes=edit, made_at=NOW)
    AuditEntry.objects.create(verb="course.published", subject="A lake", course=course.uuid, at=NOW, detail={"n": 1})
    Article.objects.create(title="Another", created_at=NOW)
    make_course()


def changed(model: type[models.Model], /, **fields: Any) -> None:
    """The first row of the model, changed by hand."""
    with transaction.atomic():
        row = model._default_manager.order_by("pk")[0]
        model._default_manager.filter(pk=row.pk).update(**fields)


@pytest.mark.parametrize(
    ("model", "fields", "message"),
    [
        (Revision, {"text": "Another text."}, REVISED),
        (Revision, {"text_hash": "0" * 64}, REVISED),
        (Revision, {"number": 7}, REVISED),
        (Anchor, {"start": 1}, MOVED),
        (Anchor, {"end": 7}, MOVED),
        (Anchor, {"quote": "A sea"}, MOVED),
        (TextEdit, {"kind": "keep"}, EDITED),
        (TextEdit, {"number": 7}, EDITED),
        (TextEdit, {"subject": "Another line"}, EDITED),
        (TextEdit, {"before": {"kept": []}}, EDITED),
        (AuditEntry, {"verb": "course.archived"}, LOGGED),
        (AuditEntry, {"subject": "A sea"}, LOGGED),
        (AuditEntry, {"course": UUID(int=7)}, LOGGED),
        (AuditEntry, {"at": LATER}, LOGGED),
        (AuditEntry, {"detail": {}}, LOGGED),
    ],
    ids=called,
)
def test_a_kept_column_is_not_changed(model: type[models.Model], fields: dict[str, Any], message: str) -> None:
    before = list(model._default_manager.order_by("pk").values())

    with pytest.raises(DatabaseError, match=message):
        changed(model, **fields)

    assert list(model._default_manager.order_by("pk").values()) == before


def test_a_revision_stays_with_its_article_and_an_anchor_with_its_revision() -> None:
    with pytest.raises(DatabaseError, match=REVISED):
        changed(Revision, article=Article.objects.get(title="Another"), number=9)
    with pytest.raises(DatabaseError, match=MOVED):
        changed(Anchor, revision=Revision.objects.order_by("-pk")[0])


def test_an_edit_stays_with_its_course_and_an_undo_with_what_it_undoes() -> None:
    with pytest.raises(DatabaseError, match=EDITED):
        changed(TextEdit, course=Course.objects.order_by("-pk")[0])
    with pytest.raises(DatabaseError, match=EDITED), transaction.atomic():
        TextEdit.objects.filter(number=2).update(undoes=None, kind="keep")


def test_nobody_is_put_into_the_log_afterwards_and_who_leaves_is_taken_out() -> None:
    person, other = make_person(), make_person()
    entry = AuditEntry.objects.create(verb="course.published", subject="A sea", at=NOW, detail={}, actor=person)

    for whom in (other, make_person()):
        with pytest.raises(DatabaseError, match=LOGGED), transaction.atomic():
            AuditEntry.objects.filter(pk=entry.pk).update(actor=whom)
    with pytest.raises(DatabaseError, match=LOGGED):
        changed(AuditEntry, actor=other)
    person.delete()

    entry.refresh_from_db()
    assert (entry.actor, entry.subject) == (None, "A sea")


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Anchor, {"status": "moved"}),
        (Anchor, {"status": "orphaned"}),
        (Anchor, {"prefix": "before "}),
        (Anchor, {"suffix": ""}),
        (TextEdit, {"made_by": None}),
        (AuditEntry, {"actor": None}),
    ],
    ids=called,
)
def test_what_may_change_does(model: type[models.Model], fields: dict[str, Any]) -> None:
    changed(model, **fields)

    row = model._default_manager.order_by("pk")[0]
    assert {name: getattr(row, name) for name in fields} == fields


def test_the_same_values_again_are_no_change() -> None:
    revision = Revision.objects.order_by("pk")[0]

    changed(Revision, text=revision.text, text_hash=revision.text_hash, number=revision.number)

    assert Revision.objects.get(pk=revision.pk).text == revision.text


def test_guards_stand_once_however_often_they_are_installed() -> None:
    for _ in range(3):
        install(connection, COURSE_GUARDS)

    with pytest.raises(DatabaseError, match=REVISED):
        changed(Revision, number=7)


def test_a_guard_of_a_table_that_is_not_there_yet_waits_for_it() -> None:
    install(connection, [Guard("course_nowhere", columns_changed("text"), "Nothing is here.")])

    with connection.cursor() as cursor:
        assert "course_nowhere" not in connection.introspection.table_names(cursor)


def test_every_guard_names_a_table_of_its_own_and_refuses_in_a_sentence() -> None:
    tables = connection.introspection.table_names()

    assert len({guard.name for guard in COURSE_GUARDS}) == len(COURSE_GUARDS)
    assert {guard.table for guard in COURSE_GUARDS} <= set(tables)
    assert all(guard.message.endswith(".") and "'" not in guard.message for guard in COURSE_GUARDS)


@pytest.mark.parametrize("empty", [None, ""])
def test_an_empty_value_is_one_that_can_change(empty: Any) -> None:
    """NULL is neither equal nor unequal to anything in SQL: a guard has to see it all the same."""
    entry = AuditEntry.objects.create(verb="x", subject="A sea", at=NOW, detail={}, course=empty or None)

    with pytest.raises(DatabaseError, match=LOGGED), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(course=UUID(int=3))
    with pytest.raises(DatabaseError, match=LOGGED):
        changed(AuditEntry, course=None)
