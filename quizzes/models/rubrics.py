"""What people grade with: the rubric of a question, which of its items stand on a response, and saved comments."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from course.models import Course
from quizzes.models.attempts import Response
from quizzes.models.questions import Question


class RubricItem(models.Model):
    """One reason to give or take points, over all versions of a question; `fraction` is its share, -1..1.

    A retired item is offered no more and still explains the grades that were given with it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="rubric")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    feedback = models.CharField(max_length=1000, blank=True)
    fraction = models.DecimalField(max_digits=7, decimal_places=6)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "position"],
                condition=Q(retired_at__isnull=True),
                name="one_rubric_item_per_position",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="rubric_item_says_something"),
            models.CheckConstraint(
                condition=Q(fraction__gte=-1, fraction__lte=1), name="rubric_fraction_between_minus_1_and_1"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class RubricMark(models.Model):
    """That an item of the rubric stands on a response now; grading events keep how it stood before."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="rubric_marks")
    item = models.ForeignKey(RubricItem, on_delete=models.PROTECT, related_name="marks")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "item"], name="one_mark_per_response_and_item")]

    def __str__(self) -> str:
        return f"{self.item_id} on {self.response_id}"


class SavedComment(models.Model):
    """A comment that graders of a course use again; about one question, or any."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="saved_comments")
    question = models.ForeignKey(Question, null=True, on_delete=models.CASCADE, related_name="saved_comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.CharField(max_length=1000)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "question", "text"], name="one_saved_comment_per_text"),
            models.CheckConstraint(condition=~Q(text=""), name="saved_comment_says_something"),
        ]

    def __str__(self) -> str:
        return self.text
