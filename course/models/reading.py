"""How far a learner has read, and what they wrote in the margin."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from course.models.courses import Lesson
from course.models.enrolment import Enrollment


class LessonReading(models.Model):
    """A lesson a learner has read to its end."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="readings")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="readings")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "lesson"], name="one_reading_per_learner_and_lesson")
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id} read {self.lesson_id}"


class NoteKind(models.TextChoices):
    NOTE = "note"
    HIGHLIGHT = "highlight"


class Note(models.Model):
    """A learner's own note or highlight; private to them. Its place is its anchor."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="notes")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=9, choices=NoteKind.choices, default=NoteKind.NOTE)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=NoteKind.values), name="note_kind_known")]

    def __str__(self) -> str:
        return f"{self.kind} by {self.enrollment_id}"
