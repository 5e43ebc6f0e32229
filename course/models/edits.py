"""What instructors changed in how a course reads its text and cuts it into lessons."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from course.models.courses import Course


class EditKind(models.TextChoices):
    KEEP = "keep"
    DROP = "drop"
    RECAST = "recast"
    SPLIT = "split"
    MERGE = "merge"
    RENAME = "rename"
    MOVE = "move"
    BREAK = "break"
    UNDO = "undo"


class TextEdit(models.Model):
    """One change to a course's reading of its text or to its lessons; appended, never changed.

    `subject` is the title or the first words of what was changed, `before` what it takes to take it back
    (`authoring.domain.arrangement.Arrangement`). An undo is an edit too, and names the one that it `undoes`.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="text_edits")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=6, choices=EditKind.choices)
    subject = models.CharField(max_length=300)
    before = models.JSONField(default=dict)
    undoes = models.OneToOneField("self", null=True, on_delete=models.CASCADE, related_name="undone_by")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["course", "number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="one_text_edit_per_number"),
            models.CheckConstraint(condition=Q(kind__in=EditKind.values), name="text_edit_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=EditKind.UNDO, undoes__isnull=False)
                | (~Q(kind=EditKind.UNDO) & Q(undoes__isnull=True)),
                name="only_an_undo_undoes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.kind}: {self.subject}"
