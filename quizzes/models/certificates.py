"""A certificate that somebody completed a course; anybody who has its code can check it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from course.models import Enrollment


class Certificate(models.Model):
    """Name, title and what it took are those of the day of issue, whatever they become. One for each enrolment."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrollment = models.OneToOneField(Enrollment, on_delete=models.CASCADE, related_name="certificate")
    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=150)
    title = models.CharField(max_length=300)
    lessons = models.PositiveSmallIntegerField()
    quizzes = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(title=""), name="certificate_names_who_and_what"),
            models.CheckConstraint(condition=~Q(code=""), name="certificate_has_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"
