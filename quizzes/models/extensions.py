"""More time that was given to several learners of a quiz in one go."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from quizzes.models.json_shapes import is_json
from quizzes.models.quizzes import Quiz


class Extension(models.Model):
    """Seconds for attempts that ran, and days for their learners; standing or taken back.

    `gained` is what everybody really got, by public id: {"days": {enrolment: days}, "attempts": {attempt: [extra
    seconds, seconds by which its end moved]}}.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="extensions")
    seconds = models.PositiveIntegerField()
    days = models.PositiveSmallIntegerField()
    gained = models.JSONField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(seconds__gt=0) | Q(days__gt=0), name="extension_gives_time"),
            models.CheckConstraint(condition=is_json("gained", "object"), name="extension_gained_is_an_object"),
        ]

    def __str__(self) -> str:
        return f"{self.seconds} s and {self.days} days more"
