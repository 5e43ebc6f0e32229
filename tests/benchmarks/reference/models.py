"""Four tables with foreign keys."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class Lesson(models.Model):
    title = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        app_label = "reference"

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """`options` are strings; `key` is the position of the right one, from 0."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    stem = models.TextField()
    options: models.JSONField[Any, Any] = models.JSONField()
    key = models.PositiveSmallIntegerField()

    class Meta:
        app_label = "reference"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.stem


class Attempt(models.Model):
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    started_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)
    right = models.PositiveSmallIntegerField(null=True)

    class Meta:
        app_label = "reference"

    def __str__(self) -> str:
        return f"attempt {self.pk}"


class Answer(models.Model):
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE)
    choice = models.PositiveSmallIntegerField()
    is_right = models.BooleanField(null=True)

    class Meta:
        app_label = "reference"
        constraints = [models.UniqueConstraint(fields=["attempt", "question"], name="one_answer_per_question")]

    def __str__(self) -> str:
        return f"answer {self.pk}"
