"""Findings of the lint rules that a person set aside, with a reason."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from quizzes.models.questions import Question

UNWAIVABLE = ("evidence_verbatim", "one_key")
"""Rules that nobody sets aside: without them a question cannot be graded or proved."""


class Waiver(models.Model):
    """A finding that does not count for its question, because somebody said why; taken back or standing.

    `said` is what the rule said, shortened: another finding of the same rule is not waived with it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="waivers")
    rule = models.CharField(max_length=60)
    said = models.CharField(max_length=400)
    reason = models.CharField(max_length=300)
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    waived_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "rule", "said"],
                condition=Q(taken_back_at__isnull=True),
                name="one_standing_waiver_per_finding",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_a_reason"),
            models.CheckConstraint(condition=~Q(rule__in=UNWAIVABLE), name="key_and_proof_are_not_waived"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} waived"
