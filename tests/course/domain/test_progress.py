"""What was read before its reader was known becomes theirs, once, and overwrites nothing."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course.domain.enrolment import enrol
from course.domain.progress import mark_read, take_over_readings
from course.models import Course, CourseState, Enrollment, Lesson, LessonReading, Visibility
from tests.factories import NOW, make_course, make_person
from tests.web.learner.books import make_book

pytestmark = [pytest.mark.django_db, pytest.mark.database]

EARLIER = NOW - timedelta(days=3)


def lessons_of(course: Course) -> list[Lesson]:
    return list(course.lessons.order_by("position"))


def test_the_person_takes_part_and_has_read_what_they_read() -> None:
    person, course = make_person(), make_book(lessons=3)
    first, second, _ = lessons_of(course)
    take_over_readings(person, read={first.uuid: EARLIER, second.uuid: NOW})
    part = Enrollment.objects.get(course=course, user=person)
    assert list(LessonReading.objects.order_by("pk").values_list("enrollment", "lesson", "read_at")) == [
        (part.pk, first.pk, EARLIER),
        (part.pk, second.pk, NOW),
    ]


def test_what_they_had_read_before_keeps_its_moment_and_again_changes_nothing() -> None:
    person, course = make_person(), make_book()
    first, second = lessons_of(course)
    part = enrol(course, person=person)
    mark_read(first, enrollment=part, at=NOW)
    for _ in range(2):
        take_over_readings(person, read={first.uuid: EARLIER, second.uuid: EARLIER})
    assert list(LessonReading.objects.order_by("lesson").values_list("lesson", "read_at")) == [
        (first.pk, NOW),
        (second.pk, EARLIER),
    ]


@pytest.mark.parametrize(
    "closed",
    [
        {"state": CourseState.DRAFT},
        {"state": CourseState.ARCHIVED},
        {"visibility": Visibility.ENROLLED},
    ],
    ids=["a draft", "archived", "for the enrolled"],
)
def test_a_course_that_was_closed_since_is_passed_over(closed: dict[str, str]) -> None:
    person, course, other = make_person(), make_course(), make_course()
    Course.objects.filter(pk=course.pk).update(**closed)
    take_over_readings(person, read={each.lessons.get().uuid: NOW for each in (course, other)})
    assert [reading.lesson.course for reading in LessonReading.objects.all()] == [other]


def test_a_part_that_is_over_is_not_begun_again() -> None:
    person, course = make_person(), make_course()
    part = enrol(course, person=person)
    Enrollment.objects.filter(pk=part.pk).update(left_at=EARLIER)
    take_over_readings(person, read={course.lessons.get().uuid: NOW})
    assert not LessonReading.objects.exists()


def test_lessons_that_are_gone_are_passed_over() -> None:
    take_over_readings(make_person(), read={UUID(int=9): NOW})
    assert not Enrollment.objects.exists()


def test_the_number_of_lessons_adds_no_statement() -> None:
    counts = []
    for number in (1, 9):
        read = {lesson.uuid: NOW for lesson in lessons_of(make_book(lessons=number))}
        with CaptureQueriesContext(connection) as asked:
            take_over_readings(make_person(), read=read)
        counts.append(len(asked))
    assert counts[0] == counts[1]
