"""The codes that let people into a course."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from course.models.courses import Course
from course.models.enrolment import Cohort


class JoinCode(models.Model):
    """A code that makes whoever types it, or opens its link, a learner of the course.

    `uses` counts who came in by it, `most_uses` is where it ends; NULL for no end. A withdrawn code lets nobody in.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="join_codes")
    cohort = models.ForeignKey(Cohort, null=True, on_delete=models.SET_NULL, related_name="join_codes")
    code = models.CharField(max_length=12, unique=True)
    uses = models.PositiveIntegerField(default=0)
    most_uses = models.PositiveIntegerField(null=True)
    expires_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="join_code_is_not_empty"),
            models.CheckConstraint(
                condition=Q(most_uses__isnull=True) | Q(uses__lte=F("most_uses")), name="join_code_used_within_limit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code[:5]}-{self.code[5:]}"
