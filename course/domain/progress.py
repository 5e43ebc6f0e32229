"""What a learner has read."""

from __future__ import annotations

from datetime import datetime

from course.models import Enrollment, Lesson, LessonReading
from jobs.domain.clock import database_now


def mark_read(lesson: Lesson, *, enrollment: Enrollment, at: datetime | None = None) -> None:
    """The learner has read the lesson; the first time counts. Idempotent."""
    LessonReading.objects.get_or_create(
        enrollment=enrollment, lesson=lesson, defaults={"read_at": at or database_now()}
    )
