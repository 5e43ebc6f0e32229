"""Every grading ever done, and what turned out to be wrong with a question."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from quizzes.models.attempts import Response
from quizzes.models.questions import QuestionVersion


class CauseKind(models.TextChoices):
    TRY = "try"
    SUBMIT = "submit"
    MANUAL = "manual"
    REGRADE = "regrade"
    OVERRIDE = "override"
    APPEAL = "appeal"


class GradingEvent(models.Model):
    """One grading of one response: append-only. What is shown is the fold over these, the newest number wins."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="grading_events")
    number = models.PositiveIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    grader = models.CharField(max_length=60)
    cause = models.UUIDField()
    cause_kind = models.CharField(max_length=8, choices=CauseKind.choices, default=CauseKind.SUBMIT)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    inputs_hash = models.CharField(max_length=64)
    fraction = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    feedback = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        # Few gradings of a question are by people, and every page of the graders asks for those.
        indexes = [models.Index(fields=["version", "cause_kind"], name="gradings_by_cause")]
        constraints = [
            models.UniqueConstraint(fields=["response", "number"], name="one_grading_per_number"),
            models.UniqueConstraint(fields=["response", "cause"], name="one_grading_per_cause"),
            models.CheckConstraint(condition=Q(cause_kind__in=CauseKind.values), name="grading_cause_known"),
            models.CheckConstraint(
                condition=Q(fraction__isnull=True) | Q(fraction__gte=0, fraction__lte=1),
                name="grading_fraction_between_0_and_1",
            ),
        ]

    def __str__(self) -> str:
        return f"grading {self.number} of {self.response_id}"


class IssueState(models.TextChoices):
    OPEN = "open"
    CLOSED = "closed"


class Issue(models.Model):
    """A broken question, told to its author; it never costs the learner anything."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="issues")
    response = models.ForeignKey(Response, null=True, on_delete=models.SET_NULL, related_name="issues")
    message = models.CharField(max_length=500)
    state = models.CharField(max_length=6, choices=IssueState.choices, default=IssueState.OPEN)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IssueState.values), name="issue_state_known"),
            models.UniqueConstraint(
                fields=["version"], condition=Q(state=IssueState.OPEN), name="one_open_issue_per_version"
            ),
        ]

    def __str__(self) -> str:
        return self.message
