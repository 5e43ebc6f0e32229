"""Courses that go over from one revision of their article to another."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from course.models.articles import Revision
from course.models.courses import Course


class TextChangeState(models.TextChoices):
    PLANNING = "planning"
    PLANNED = "planned"
    APPLIED = "applied"
    UNDONE = "undone"
    DISCARDED = "discarded"


UNDECIDED = (TextChangeState.PLANNING, TextChangeState.PLANNED)


class TextChange(models.Model):
    """A course going over to a changed text: planned first, with nothing live, then applied, perhaps undone.

    `kept` is what both texts share: [[from in old, from in new, characters], …], rising in both. `lessons` is where
    each lesson lay before and after: {"old" | "new": {lesson's uuid: [start, end, words, title, cleaner]}}; empty until
    it is applied.
    """

    TRANSITIONS = {
        TextChangeState.PLANNING: {TextChangeState.PLANNED, TextChangeState.DISCARDED},
        TextChangeState.PLANNED: {TextChangeState.APPLIED, TextChangeState.DISCARDED},
        TextChangeState.APPLIED: {TextChangeState.UNDONE},
        TextChangeState.UNDONE: set(),
        TextChangeState.DISCARDED: set(),
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="text_changes")
    old = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    new = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=TextChangeState.choices, default=TextChangeState.PLANNING)
    kept = models.JSONField(default=list)
    lessons = models.JSONField(default=dict)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TextChangeState.values), name="text_change_state_known"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="text_change_changes_the_text"),
            models.CheckConstraint(
                condition=~Q(state__in=[TextChangeState.APPLIED, TextChangeState.UNDONE]) | Q(applied_at__isnull=False),
                name="applied_text_change_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=TextChangeState.UNDONE) | Q(undone_at__isnull=False),
                name="undone_text_change_has_a_date",
            ),
            models.UniqueConstraint(
                fields=["course"], condition=Q(state__in=UNDECIDED), name="one_text_change_to_decide"
            ),
        ]

    def __str__(self) -> str:
        return f"text change, {self.state}"
