"""Grading again and questioning a grade: runs with what they would change, and appeals."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from course.models import Course
from quizzes.models.attempts import Grading, Response
from quizzes.models.questions import Question, QuestionVersion
from quizzes.models.quizzes import Quiz


class RunState(models.TextChoices):
    PLANNING = "planning"
    PLANNED = "planned"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"
    DISCARDED = "discarded"


class RegradeRun(models.Model):
    """One grading again of many responses: planned first (the dry run), then applied, perhaps undone.

    Its uuid is the cause of the events it appends. `quiz` or `question` say what it covers; with neither, the responses
    named in its lines. `total`, `changed`, `kept` count lines: all, those whose fraction changes, and those that stay
    because a person decided or because only higher grades were wanted.
    """

    TRANSITIONS = {
        RunState.PLANNING: {RunState.PLANNED, RunState.DISCARDED},
        RunState.PLANNED: {RunState.APPLYING, RunState.DISCARDED, RunState.PLANNING},
        RunState.APPLYING: {RunState.APPLIED},
        RunState.APPLIED: {RunState.UNDOING},
        RunState.UNDOING: {RunState.UNDONE},
        RunState.UNDONE: set(),
        RunState.DISCARDED: set(),
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="regrade_runs")
    quiz = models.ForeignKey(Quiz, null=True, on_delete=models.CASCADE, related_name="regrade_runs")
    question = models.ForeignKey(Question, null=True, on_delete=models.CASCADE, related_name="regrade_runs")
    state = models.CharField(max_length=9, choices=RunState.choices, default=RunState.PLANNING)
    only_if_higher = models.BooleanField(default=False)
    reason = models.CharField(max_length=500)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    total = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    planned_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="regrade_run_state_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="regrade_run_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(state=RunState.APPLIED) | Q(applied_at__isnull=False), name="applied_run_has_a_date"
            ),
            models.CheckConstraint(
                condition=~Q(state=RunState.UNDONE) | Q(undone_at__isnull=False), name="undone_run_has_a_date"
            ),
        ]

    def __str__(self) -> str:
        return f"regrade run, {self.state}"


class LineState(models.TextChoices):
    WAITING = "waiting"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    KEPT_BY_PERSON = "kept_by_person"
    KEPT_LOWER = "kept_lower"
    FAILED = "failed"


class RegradeLine(models.Model):
    """What a run makes of one response: its grade before, and the grade that it would have or has now.

    `before_event` is the number of the newest grading event when it was planned: a line whose response was graded
    since is out of date. `outcome` is {"grader", "feedback", "detail", "inputs_hash"} of the new grading.
    """

    run = models.ForeignKey(RegradeRun, on_delete=models.CASCADE, related_name="lines")
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="regrade_lines")
    state = models.CharField(max_length=14, choices=LineState.choices, default=LineState.WAITING)
    version = models.ForeignKey(QuestionVersion, null=True, on_delete=models.PROTECT, related_name="+")
    before_event = models.PositiveIntegerField(default=0)
    before_grading = models.CharField(max_length=14, choices=Grading.choices)
    before_fraction = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    after_fraction = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    outcome = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["run", "state"], name="regrade_lines_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["run", "response"], name="one_line_per_run_and_response"),
            models.CheckConstraint(condition=Q(state__in=LineState.values), name="regrade_line_state_known"),
            models.CheckConstraint(condition=Q(before_grading__in=Grading.values), name="regrade_line_grading_known"),
            models.CheckConstraint(
                condition=Q(
                    before_grading=Grading.GRADED,
                    before_fraction__isnull=False,
                    before_fraction__gte=0,
                    before_fraction__lte=1,
                )
                | (~Q(before_grading=Grading.GRADED) & Q(before_fraction__isnull=True)),
                name="regrade_line_keeps_what_was_graded",
            ),
            models.CheckConstraint(
                condition=Q(after_fraction__isnull=True) | Q(after_fraction__gte=0, after_fraction__lte=1),
                name="regrade_line_fraction_between_0_and_1",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before_fraction} to {self.after_fraction}"


class AppealState(models.TextChoices):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Appeal(models.Model):
    """A learner says that a grade is not right. Appeals with the same `bucket` gave the same answer to a question."""

    TRANSITIONS = {
        AppealState.OPEN: {AppealState.ACCEPTED, AppealState.DECLINED},
        AppealState.ACCEPTED: set(),
        AppealState.DECLINED: set(),
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="appeals")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="appeals")
    bucket = models.CharField(max_length=200)
    text = models.CharField(max_length=1000)
    state = models.CharField(max_length=8, choices=AppealState.choices, default=AppealState.OPEN)
    created_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=1000, blank=True)
    run = models.ForeignKey(RegradeRun, null=True, on_delete=models.SET_NULL, related_name="appeals")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AppealState.values), name="appeal_state_known"),
            models.CheckConstraint(condition=~Q(text=""), name="appeal_says_why"),
            models.UniqueConstraint(
                fields=["response"], condition=Q(state=AppealState.OPEN), name="one_open_appeal_per_response"
            ),
            models.CheckConstraint(
                condition=Q(state=AppealState.OPEN, decided_at__isnull=True)
                | (~Q(state=AppealState.OPEN) & Q(decided_at__isnull=False)),
                name="decided_appeal_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"appeal, {self.state}"
