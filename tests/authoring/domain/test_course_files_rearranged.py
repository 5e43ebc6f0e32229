"""A course file keeps what an instructor decided: the order of the parts, and every line that is kept or left out."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from authoring.domain.course_export import export_course
from authoring.domain.course_import import import_course
from authoring.domain.lessons import move_lesson
from authoring.domain.passages import decide_passage, seen_passages
from course.models import Course, Lesson
from course.reading.outline import PassageKind
from quizzes.formats.course_file import CourseFile, check, parse, write
from tests.authoring.domain.cuts import editor_of, lesson_of, make_cut_course, read_in
from tests.authoring.domain.random_edits import STEPS, Step, do
from tests.factories import NOW
from tests.web.studio.drafts import drop

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def brought_back(course: Course) -> Course:
    """Another course, made of the course's file."""
    text = write(export_course(course))
    course.slug = f"{course.slug}-before"
    course.save()
    return import_course(parse(text), at=NOW)


def move(course: Course, position: int, to: int) -> None:
    move_lesson(course, lesson=lesson_of(course, position).uuid, to=to, editor=editor_of(course))


def decide(course: Course, number: int, kind: PassageKind | None) -> None:
    decide_passage(course, number=number, kind=kind, editor=editor_of(course))


def positions(file: CourseFile) -> list[tuple[str, int | None]]:
    return [(lesson.slug, lesson.position) for lesson in file.lessons]


def dropped_first(reason: str = "donation", *, kind: PassageKind = PassageKind.BOILERPLATE) -> Course:
    """A course of one part whose first line the cleaner left out."""
    course = make_cut_course(cuts=(0,))
    passage = drop(course, position=0, reason=reason)
    type(passage).objects.filter(pk=passage.pk).update(kind=kind)
    return course


def test_parts_in_the_order_of_their_text_say_no_position() -> None:
    course = make_cut_course(cuts=(0, 2, 4))
    assert positions(export_course(course)) == [("part-1", None), ("part-2", None), ("part-3", None)]
    assert "position:" not in write(export_course(course))


def test_moved_parts_say_their_position_and_the_text_stays_in_order() -> None:
    course = make_cut_course(cuts=(0, 2, 4))
    move(course, 3, 1)
    file = export_course(course)
    assert positions(file) == [("part-1", 2), ("part-2", 3), ("part-3", 1)]
    assert [lesson.slug for lesson in file.lessons_as_read] == ["part-3", "part-1", "part-2"]
    assert [problem for problem in check(write(file)) if not problem.warning] == []


def test_moved_parts_are_read_in_their_order_after_an_import() -> None:
    course = make_cut_course(cuts=(0, 2, 4))
    move(course, 1, 3)
    again = brought_back(course)
    assert read_in(again) == [("Part 2", [3, 4], 18), ("Part 3", [5, 6], 18), ("Part 1", [1, 2], 18)]


@pytest.mark.parametrize("kind", [None, PassageKind.QUOTE, PassageKind.HEADING, PassageKind.FIGURE])
def test_a_line_that_an_instructor_keeps_is_kept_after_an_import(kind: PassageKind | None) -> None:
    course = dropped_first()
    decide(course, 1, kind)
    again = brought_back(course)
    assert read_in(again) == read_in(course)
    first = seen_passages(again)[0]
    assert (first.kind, first.is_read, first.is_dropped) == (kind or PassageKind.PARAGRAPH, True, False)


def test_a_line_that_the_cleaner_left_out_is_left_out_with_its_reason_after_an_import() -> None:
    again = brought_back(dropped_first("donation"))
    first = seen_passages(again)[0]
    assert (first.kind, first.is_read, first.passage.reason) == (PassageKind.BOILERPLATE, False, "donation")


def test_a_line_that_an_instructor_left_out_is_left_out_after_an_import() -> None:
    course = make_cut_course()
    decide(course, 2, PassageKind.BOILERPLATE)
    assert read_in(brought_back(course)) == [("Part 1", [1, 3], 18), ("Part 2", [4, 5, 6], 27)]


@pytest.mark.parametrize(
    ("found", "reason"), [(PassageKind.FIGURE, "caption"), (PassageKind.HEADING, "title"), (PassageKind.QUOTE, "x")]
)
def test_a_line_left_out_by_its_reason_can_be_kept_as_what_it_is(found: PassageKind, reason: str) -> None:
    course = dropped_first(reason, kind=found)
    assert not seen_passages(course)[0].is_read
    decide(course, 1, found)
    first = seen_passages(course)[0]
    assert (first.kind, first.is_decided, first.is_read) == (found, True, True)
    assert seen_passages(brought_back(course))[0].is_read


def test_an_imported_part_counts_the_words_that_are_read() -> None:
    course = dropped_first()
    Lesson.objects.filter(course=course).update(words=45)
    assert brought_back(course).lessons.get().words == 45


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_edited_a_course_file_brings_it_back_as_it_is_read(steps: list[Step]) -> None:
    with transaction.atomic():
        course = make_cut_course(cuts=(0, 2, 4))
        for step in steps:
            do(course, step)
        file = export_course(course)
        again = brought_back(course)
        assert read_in(again) == read_in(course)
        assert export_course(again) == file
        transaction.set_rollback(True)
