"""How far a learner has read, and what they wrote in the margin."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

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


LONGEST_NOTE = 4_000
"""Characters."""
MOST_NOTES = 500
"""Of one learner in one course: parts are joined and split, so a limit for each of them could lose a note."""


class Note(models.Model):
    """A learner's own note or highlight; private to them. Its place is its anchor, its `uuid` may come from a device.

    A deleted one can be put back until it is forgotten. `sequence` counts how often its words were saved; `is_joined`
    says that it holds what was written in two places at once, until its learner keeps it once more.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="notes")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="notes")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=9, choices=NoteKind.choices, default=NoteKind.NOTE)
    text = models.TextField(blank=True)
    sequence = models.PositiveIntegerField(default=1, db_default=1)
    is_joined = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="notes_to_be_forgotten")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NoteKind.values), name="note_kind_known"),
            models.CheckConstraint(
                condition=~(Q(kind=NoteKind.NOTE, text="") | (Q(kind=NoteKind.HIGHLIGHT) & ~Q(text=""))),
                name="a_note_says_something_a_highlight_nothing",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("text"), LONGEST_NOTE), name="note_is_no_longer_than_a_page"
            ),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=MOST_NOTES), name="notes_have_an_end"),
            models.UniqueConstraint(fields=["enrollment", "number"], name="one_note_for_each_number"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="saves_of_a_note_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.enrollment_id}"
