"""Who has which part in a course."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from course.models.courses import Course


class Role(models.TextChoices):
    OWNER = "owner"
    EDITOR = "editor"
    GRADER = "grader"
    ASSISTANT = "assistant"
    LEARNER = "learner"
    OBSERVER = "observer"


class Cohort(models.Model):
    """A group of learners who take a course together."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="cohorts")
    name = models.CharField(max_length=120)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "name"], name="one_cohort_name_per_course")]

    def __str__(self) -> str:
        return self.name


def ended_since_erased(end: str) -> Q:
    """That nothing was erased of a part since this end of it, the name of a moment."""
    return Q(answers_erased_at__isnull=True) | Q(answers_erased_at__lt=F(end))


class Enrollment(models.Model):
    """A person's part in a course. `time_factor` and `extra_days` are their accommodation, for every quiz of it.

    It counts from `starts_at` until `ends_at`, half-open, where they are set, and never once it is left.
    `invited_at` is when its person was last sent an invitation, `answers_erased_at` when its answers were last past
    the time for which they are kept.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="enrollments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrollments")
    role = models.CharField(max_length=9, choices=Role.choices, default=Role.LEARNER)
    cohort = models.ForeignKey(Cohort, null=True, on_delete=models.SET_NULL, related_name="enrollments")
    time_factor = models.DecimalField(max_digits=4, decimal_places=2, default=Decimal("1.00"))
    extra_days = models.PositiveSmallIntegerField(default=0)
    enrolled_at = models.DateTimeField()
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    invited_at = models.DateTimeField(null=True)
    answers_erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["course", "left_at"],
                condition=Q(left_at__isnull=False) & ended_since_erased("left_at"),
                name="left_parts_with_answers",
            ),
            models.Index(
                fields=["course", "ends_at"],
                condition=Q(ends_at__isnull=False) & ended_since_erased("ends_at"),
                name="ended_parts_with_answers",
            ),
            models.Index(fields=["course", "answers_erased_at"], name="parts_by_what_was_erased"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["course", "user"], name="one_enrollment_per_person_and_course"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="enrollment_role_known"),
            models.CheckConstraint(condition=Q(time_factor__gte=1), name="time_factor_never_shortens"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(starts_at__lt=F("ends_at")),
                name="enrollment_starts_before_it_ends",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.OWNER) | Q(starts_at__isnull=True, ends_at__isnull=True),
                name="an_owner_owns_without_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}, {self.role} of {self.course_id}"
