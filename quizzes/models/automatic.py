"""How far a grader of free text is trusted with one question, and the grades that are looked at to know it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from quizzes.models.attempts import Response
from quizzes.models.questions import Question


class AutomaticAccept(models.Model):
    """Whether a question's free answers may be accepted without a person; a cache over its grading events.

    `compared` counts answers that a person graded and the grader had a suggestion for, `agreed` those where both said
    the same, `overrides` automatic grades that a person changed since it was switched on.
    """

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="automatic_accept")
    is_on = models.BooleanField(default=False)
    compared = models.PositiveIntegerField(default=0)
    agreed = models.PositiveIntegerField(default=0)
    overrides = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(agreed__lte=F("compared")), name="no_more_agreed_than_compared"),
        ]

    def __str__(self) -> str:
        return f"{self.agreed} of {self.compared} agreed"


class AuditState(models.TextChoices):
    OPEN = "open"
    CONFIRMED = "confirmed"
    OVERRIDDEN = "overridden"


class Audit(models.Model):
    """An automatic grade drawn for a person to look at."""

    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="audit")
    state = models.CharField(max_length=10, choices=AuditState.choices, default=AuditState.OPEN)
    created_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["response"], condition=Q(state=AuditState.OPEN), name="open_audits")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AuditState.values), name="audit_state_known"),
            models.CheckConstraint(
                condition=Q(state=AuditState.OPEN, decided_at__isnull=True)
                | (~Q(state=AuditState.OPEN) & Q(decided_at__isnull=False)),
                name="decided_audit_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"audit, {self.state}"
