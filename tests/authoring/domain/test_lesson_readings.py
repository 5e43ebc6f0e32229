"""Who has read what stays true, however parts are cut, and whoever has left meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authoring.domain import lesson_readings
from authoring.domain.lessons import merge_lessons, split_lesson
from authoring.domain.text_edits import edition, undo_last_edit
from course.domain.progress import mark_read
from course.models import Course, Enrollment, Lesson, LessonReading
from tests.authoring.domain.cuts import editor_of, lesson_of, make_cut_course
from tests.authoring.domain.random_edits import STEPS, Step, do
from tests.factories import NOW, make_enrollment

pytestmark = [pytest.mark.django_db, pytest.mark.database]

Kept = set[tuple[UUID, int, datetime]]


def who_read(course: Course, *positions: int) -> Enrollment:
    """Somebody new who has read these parts, each in the minute of its number."""
    part = make_enrollment(course)
    for position in positions:
        mark_read(lesson_of(course, position), enrollment=part, at=NOW + timedelta(minutes=position))
    return part


def kept(course: Course) -> Kept:
    rows = LessonReading.objects.filter(lesson__course=course)
    return set(rows.values_list("lesson__uuid", "enrollment", "read_at"))


def join(course: Course, position: int = 1) -> None:
    merge_lessons(course, lesson=lesson_of(course, position).uuid, editor=editor_of(course))


def undo(course: Course) -> None:
    undo_last_edit(course, editor=editor_of(course))


def test_a_joined_part_was_read_when_the_last_of_its_parts_was() -> None:
    course = make_cut_course(cuts=(0, 2, 4))
    part = who_read(course, 1, 2, 3)
    first, third = lesson_of(course, 1).uuid, lesson_of(course, 3).uuid
    join(course)
    minutes = {(lesson, at - NOW) for lesson, who, at in kept(course) if who == part.pk}
    assert minutes == {(first, timedelta(minutes=1)), (third, timedelta(minutes=3))}
    # The heir keeps the row that it had: a reading is never moved to a later moment.
    assert LessonReading.objects.get(lesson__uuid=first).read_at == NOW + timedelta(minutes=1)


def test_a_part_cut_from_a_read_one_was_read_at_the_same_moment() -> None:
    course = make_cut_course()
    part = who_read(course, 1)
    split_lesson(course, number=2, editor=editor_of(course))
    moments = {(lesson_of(course, position).uuid, part.pk, NOW + timedelta(minutes=1)) for position in (1, 2)}
    assert kept(course) == moments


@pytest.mark.parametrize("gone", ["who read the first", "who read both", "everybody"])
def test_taking_a_join_back_forgets_who_has_left_the_course_and_nobody_else(gone: str) -> None:
    course = make_cut_course()
    people = {"who read the first": who_read(course, 1), "who read both": who_read(course, 1, 2)}
    before = kept(course)
    join(course)
    leaving = [part for name, part in people.items() if gone in (name, "everybody")]
    left = {part.pk for part in leaving}
    for part in leaving:
        part.delete()
    undo(course)
    connection.check_constraints()
    assert kept(course) == {each for each in before if each[1] not in left}


def test_what_is_brought_back_stands_beside_what_came_since_and_is_not_doubled() -> None:
    course = make_cut_course()
    part, other = who_read(course, 1), who_read(course)
    join(course)
    assert kept(course) == set()
    late = NOW + timedelta(days=1)
    for each in (part, other):
        mark_read(lesson_of(course, 1), enrollment=each, at=late)
    undo(course)
    first, second = lesson_of(course, 1).uuid, lesson_of(course, 2).uuid
    assert kept(course) == {
        (first, part.pk, NOW + timedelta(minutes=1)),
        (second, part.pk, late),
        (first, other.pk, late),
        (second, other.pk, late),
    }


def test_a_reading_comes_back_with_the_moment_that_it_had() -> None:
    course = make_cut_course()
    part = who_read(course, 1, 2)
    before = kept(course)
    join(course)
    LessonReading.objects.filter(enrollment=part).update(read_at=NOW + timedelta(days=1))
    undo(course)
    assert kept(course) == before


def test_readings_of_parts_that_are_not_there_are_left_out() -> None:
    course = make_cut_course()
    part, lesson = who_read(course), lesson_of(course, 1)
    for _ in range(2):
        lesson_readings.bring_back({lesson.uuid: lesson}, [(uuid4(), part.pk, NOW), (lesson.uuid, part.pk, NOW)])
        assert kept(course) == {(lesson.uuid, part.pk, NOW)}


def statements_of_a_join(readers: int) -> tuple[int, int]:
    """How many statements it takes to join two parts that so many have read, and to take it back."""
    course = make_cut_course()
    rows = [make_enrollment(course) for _ in range(readers)]
    LessonReading.objects.bulk_create(
        LessonReading(lesson=lesson, enrollment=row, read_at=NOW) for lesson in course.lessons.all() for row in rows
    )
    with CaptureQueriesContext(connection) as joining:
        join(course)
    with CaptureQueriesContext(connection) as undoing:
        undo(course)
    assert len(kept(course)) == 2 * readers
    return len(joining), len(undoing)


def test_many_readers_take_as_many_statements_as_one() -> None:
    assert statements_of_a_join(60) == statements_of_a_join(1)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.lists(st.sets(st.integers(1, 3)), min_size=1, max_size=4))
def test_whatever_is_edited_taking_it_all_back_gives_everybody_what_they_had_read(
    steps: list[Step], read: list[set[int]]
) -> None:
    with transaction.atomic():
        course = make_cut_course(cuts=(0, 2, 4))
        for positions in read:
            who_read(course, *sorted(positions))
        before = kept(course)
        for step in steps:
            do(course, step)
            assert {who for _, who, _ in kept(course)} <= {who for _, who, _ in before}
        for _ in range(edition(course)):
            undo(course)
        assert kept(course) == before
        transaction.set_rollback(True)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_who_has_read_everything_has_read_every_part_and_who_read_nothing_none(steps: list[Step]) -> None:
    with transaction.atomic():
        course = make_cut_course(cuts=(0, 2, 4))
        everything, _nothing = who_read(course, 1, 2, 3), who_read(course)
        for step in steps:
            do(course, step)
            parts = set(Lesson.objects.filter(course=course).values_list("uuid", flat=True))
            assert {(lesson, who) for lesson, who, _ in kept(course)} == {(lesson, everything.pk) for lesson in parts}
        transaction.set_rollback(True)
