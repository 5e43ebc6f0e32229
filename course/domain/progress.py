"""What a learner has read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from accounts.models import User
from course.domain.enrolment import enrol_oneself
from course.errors import MayNotEnrol
from course.models import Course, Enrollment, Lesson, LessonReading
from course.rules import courses_readable_by
from jobs.domain.clock import database_now


def mark_read(lesson: Lesson, *, enrollment: Enrollment, at: datetime | None = None) -> None:
    """The learner has read the lesson; the first time counts. Idempotent."""
    LessonReading.objects.get_or_create(
        enrollment=enrollment, lesson=lesson, defaults={"read_at": at or database_now()}
    )


def take_over_readings(person: User, *, read: Mapping[UUID, datetime]) -> None:
    """The person has read these lessons (by uuid) at these moments, where they had not; they take part in the courses.

    What they had read before keeps its moment. Lessons that are gone, and courses that do not let them in, are passed
    over. Idempotent; a constant number of queries and a few for each course.
    """
    lessons = Lesson.objects.filter(uuid__in=list(read), course__in=courses_readable_by(person))
    found = list(lessons.select_related("course").order_by("course", "position"))
    parts = {course.pk: _part_in(course, person) for course in {lesson.course for lesson in found}}
    LessonReading.objects.bulk_create(
        (
            LessonReading(enrollment=part, lesson=lesson, read_at=read[lesson.uuid])
            for lesson in found
            if (part := parts[lesson.course_id])
        ),
        ignore_conflicts=True,
    )


def _part_in(course: Course, person: User) -> Enrollment | None:
    try:
        return enrol_oneself(course, person=person)
    except MayNotEnrol:
        return None
