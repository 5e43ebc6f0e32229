"""Attempts at a quiz, one response for each question in it, and every answer ever saved."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import Q

from course.models import Enrollment, Revision
from quizzes.models.questions import QuestionVersion
from quizzes.models.quizzes import Quiz, QuizItem


class AttemptState(models.TextChoices):
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    VOID = "void"


class Grading(models.TextChoices):
    NOT_READY = "not_ready"
    PENDING = "pending"
    PENDING_MANUAL = "pending_manual"
    FAILED = "failed"
    GRADED = "graded"


class Attempt(models.Model):
    """One go at a quiz, pinning the revision and policy it began with; `fraction` and `graded_at` are caches.

    `credit` is what of its fraction counts when it was submitted late. `extra_seconds` of its time came by extensions
    and are in `deadline_at`. One that does not count, practice after the
    close or a preview, never becomes a result.
    """

    TRANSITIONS = {
        AttemptState.IN_PROGRESS: {AttemptState.SUBMITTED, AttemptState.VOID},
        AttemptState.SUBMITTED: {AttemptState.VOID},
        AttemptState.VOID: set(),
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    enrollment = models.ForeignKey(Enrollment, null=True, on_delete=models.PROTECT, related_name="attempts")
    anonymous_key = models.UUIDField(null=True)
    number = models.PositiveIntegerField()
    seed = models.PositiveBigIntegerField()
    state = models.CharField(max_length=11, choices=AttemptState.choices, default=AttemptState.IN_PROGRESS)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.PROTECT, related_name="+")
    policy = models.JSONField()
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)
    extra_seconds = models.PositiveIntegerField(db_default=0, default=0)
    submitted_at = models.DateTimeField(null=True)
    submit_cause = models.UUIDField(null=True)
    built_on = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    counts = models.BooleanField(default=True)
    credit = models.DecimalField(max_digits=7, decimal_places=6, default=Decimal(1))
    fraction = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    graded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at"]
        indexes = [
            models.Index(
                fields=["deadline_at"],
                condition=Q(state=AttemptState.IN_PROGRESS, deadline_at__isnull=False),
                name="running_attempts_by_deadline",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AttemptState.values), name="attempt_state_known"),
            models.CheckConstraint(
                condition=Q(enrollment__isnull=False, anonymous_key__isnull=True)
                | Q(enrollment__isnull=True, anonymous_key__isnull=False),
                name="attempt_has_one_learner",
            ),
            models.UniqueConstraint(
                fields=["quiz", "enrollment"], condition=Q(state=AttemptState.IN_PROGRESS), name="one_open_attempt"
            ),
            models.UniqueConstraint(
                fields=["quiz", "anonymous_key"],
                condition=Q(state=AttemptState.IN_PROGRESS),
                name="one_open_anonymous_attempt",
            ),
            models.UniqueConstraint(fields=["quiz", "enrollment", "number"], name="one_attempt_number_per_learner"),
            models.CheckConstraint(
                condition=Q(state=AttemptState.IN_PROGRESS, submitted_at__isnull=True)
                | Q(state=AttemptState.SUBMITTED, submitted_at__isnull=False)
                | Q(state=AttemptState.VOID),
                name="submitted_attempt_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(fraction__isnull=True) | Q(fraction__gte=0, fraction__lte=1),
                name="attempt_fraction_between_0_and_1",
            ),
            models.CheckConstraint(condition=Q(credit__gte=0, credit__lte=1), name="attempt_credit_between_0_and_1"),
        ]

    def __str__(self) -> str:
        return f"attempt {self.number} at {self.quiz_id}"


class Response(models.Model):
    """The answer to one question of an attempt. The row exists from the start; `sequence` counts saves.

    `tries` counts how often it was checked before submitting, `tried` is the answer that was checked last, `hints`
    counts those that were opened. A settled answer no longer changes: it was right, its tries are used up, or the
    learner has gone on to the next question.
    """

    TRANSITIONS = {
        Grading.NOT_READY: {Grading.PENDING},
        Grading.PENDING: {Grading.GRADED, Grading.PENDING_MANUAL, Grading.FAILED},
        Grading.PENDING_MANUAL: {Grading.GRADED, Grading.PENDING},
        Grading.FAILED: {Grading.PENDING, Grading.GRADED},
        Grading.GRADED: {Grading.PENDING, Grading.PENDING_MANUAL, Grading.GRADED},
    }

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="responses")
    position = models.PositiveIntegerField()
    item = models.ForeignKey(QuizItem, null=True, on_delete=models.SET_NULL, related_name="responses")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="responses")
    max_points = models.DecimalField(max_digits=6, decimal_places=2)
    answer = models.JSONField(null=True)
    confidence = models.PositiveSmallIntegerField(null=True)
    flagged = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    tried = models.JSONField(null=True)
    hints = models.PositiveSmallIntegerField(default=0)
    is_settled = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    grading = models.CharField(max_length=14, choices=Grading.choices, default=Grading.NOT_READY)
    fraction = models.DecimalField(max_digits=7, decimal_places=6, null=True)

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["attempt"], condition=Q(grading=Grading.PENDING), name="responses_awaiting_grading"),
            models.Index(
                fields=["version"], condition=Q(grading=Grading.PENDING_MANUAL), name="responses_awaiting_a_person"
            ),
            models.Index(fields=["attempt"], condition=Q(grading=Grading.FAILED), name="responses_not_gradable"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="one_response_per_position"),
            models.CheckConstraint(condition=Q(grading__in=Grading.values), name="response_grading_known"),
            models.CheckConstraint(
                condition=Q(grading=Grading.GRADED, fraction__isnull=False, fraction__gte=0, fraction__lte=1)
                | (~Q(grading=Grading.GRADED) & Q(fraction__isnull=True)),
                name="graded_response_has_a_fraction",
            ),
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__gte=1, confidence__lte=3),
                name="confidence_between_1_and_3",
            ),
            models.CheckConstraint(
                condition=Q(tries=0, tried__isnull=True) | Q(tries__gt=0, tried__isnull=False),
                name="what_was_tried_is_kept",
            ),
        ]

    def __str__(self) -> str:
        return f"response {self.position} of {self.attempt_id}"


class AnswerEvent(models.Model):
    """One save of an answer: append-only, the history behind Response.answer and the lock against overwriting."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answer_events")
    sequence = models.PositiveIntegerField()
    answer = models.JSONField(null=True)
    client_key = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["response", "sequence"], name="one_answer_per_sequence"),
            models.UniqueConstraint(fields=["response", "client_key"], name="one_answer_per_client_key"),
        ]

    def __str__(self) -> str:
        return f"answer {self.sequence} of {self.response_id}"
