"""Edits are numbered, nobody overwrites what they have not seen, and taking all of them back restores everything."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import HealthCheck, given, settings

from authoring.domain.lessons import rename_lesson
from authoring.domain.text_edits import Editor, edition, last_edit, undo_last_edit
from course.errors import CannotRearrange, NothingToUndo, TextEdited
from course.models import Course, EditKind, Lesson, TextEdit
from tests.authoring.domain.cuts import editor_of, lesson_of, make_cut_course, state_of
from tests.authoring.domain.random_edits import STEPS, Step, do
from tests.factories import NOW, make_person, make_revision
from tests.web.studio.drafts import make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def rename(course: Course, title: str = "The lake") -> TextEdit:
    edit = rename_lesson(course, lesson=lesson_of(course, 1).uuid, title=title, editor=editor_of(course))
    assert edit is not None
    return edit


def test_edits_are_numbered_and_an_undo_is_one_too() -> None:
    course = make_cut_course()
    rename(course)
    undo_last_edit(course, editor=editor_of(course))
    rename(course, "The wall")
    edits = list(TextEdit.objects.filter(course=course).values_list("number", "kind", "undoes__number"))
    assert edits == [(1, "rename", None), (2, "undo", 1), (3, "rename", None)]
    assert edition(course) == 3


def test_the_last_edit_is_the_newest_that_stands() -> None:
    course = make_cut_course()
    first, second = rename(course, "One"), rename(course, "Two")
    assert last_edit(course) == second
    assert undo_last_edit(course, editor=editor_of(course)) == second
    assert last_edit(course) == first
    undo_last_edit(course, editor=editor_of(course))
    assert last_edit(course) is None
    with pytest.raises(NothingToUndo):
        undo_last_edit(course, editor=editor_of(course))


def test_an_undo_needs_to_have_seen_the_last_edit() -> None:
    course = make_cut_course()
    rename(course)
    with pytest.raises(TextEdited):
        undo_last_edit(course, editor=Editor(None, 0))
    assert lesson_of(course, 1).title == "The lake"


def test_who_came_first_is_named_to_the_other_and_not_to_oneself() -> None:
    course = make_cut_course()
    ada = make_author("Ada")
    stale = Editor(ada, edition(course))
    rename_lesson(course, lesson=lesson_of(course, 1).uuid, title="The lake", editor=stale)
    with pytest.raises(TextEdited, match=r"^Ada has changed this text since you opened it \(“Part 1”\)"):
        undo_last_edit(course, editor=Editor(make_person(), 0))
    with pytest.raises(TextEdited, match=r"^This text has changed since you opened it"):
        undo_last_edit(course, editor=stale)


def test_an_edit_of_a_text_that_is_read_no_more_is_not_taken_back() -> None:
    course = make_cut_course()
    rename(course)
    Lesson.objects.filter(course=course).update(revision=make_revision("Another text.\nOf two lines."))
    with pytest.raises(CannotRearrange, match="another text by now"):
        undo_last_edit(course, editor=editor_of(course))


def test_edits_of_one_course_say_nothing_of_another() -> None:
    course, other = make_cut_course(), make_cut_course()
    rename(course)
    assert (edition(course), edition(other), last_edit(other)) == (1, 0, None)


@pytest.mark.parametrize("fields", [{"subject": "Another"}, {"number": 9}, {"kind": "move"}, {"before": {}}])
def test_an_edit_is_never_changed(fields: dict[str, object]) -> None:
    course = make_cut_course()
    rename(course)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        TextEdit.objects.update(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"number": 1}, id="a number twice"),
        pytest.param({"kind": "burn"}, id="an unknown kind"),
        pytest.param({"kind": EditKind.UNDO}, id="an undo of nothing"),
    ],
)
def test_the_database_refuses(fields: dict[str, object]) -> None:
    course = make_cut_course()
    rename(course)
    whole = {"course": course, "number": 2, "kind": EditKind.MOVE, "subject": "Part 1", "made_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        TextEdit.objects.create(**{**whole, **fields})


def test_only_an_undo_undoes_and_nothing_is_undone_twice() -> None:
    course = make_cut_course()
    edit = rename(course)
    row = {"course": course, "subject": "Part 1", "made_at": NOW, "undoes": edit}
    with pytest.raises(IntegrityError), transaction.atomic():
        TextEdit.objects.create(number=2, kind=EditKind.MOVE, **row)
    undo_last_edit(course, editor=editor_of(course))
    with pytest.raises(IntegrityError), transaction.atomic():
        TextEdit.objects.create(number=3, kind=EditKind.UNDO, **row)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_taking_every_edit_back_restores_every_state_on_the_way(steps: list[Step]) -> None:
    with transaction.atomic():
        course = make_cut_course()
        states = [state_of(course)]
        for step in steps:
            before = edition(course)
            do(course, step)
            if edition(course) > before:
                states.append(state_of(course))
        for state in reversed(states[:-1]):
            undo_last_edit(course, editor=editor_of(course))
            assert state_of(course) == state
        assert last_edit(course) is None
        transaction.set_rollback(True)
