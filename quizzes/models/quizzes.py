"""Quizzes and the seats of questions in them."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from course.models import Course, Lesson
from quizzes.models.json_shapes import is_json
from quizzes.models.questions import Question


class QuizMode(models.TextChoices):
    PRACTICE = "practice"
    CHECK = "check"
    EXAM = "exam"


class ResultRule(models.TextChoices):
    BEST = "best"
    LAST = "last"
    FIRST = "first"
    MEAN = "mean"


class Navigation(models.TextChoices):
    FREE = "free"
    SEQUENTIAL = "sequential"


class Quiz(models.Model):
    """A set of items to answer and the rules of answering them. An empty feedback_policy means the mode's preset.

    Each try after the first and each hint costs its penalty of a question's fraction; `tries_allowed` None is no limit.
    Mastered is who has `mastery_right` of the last `mastery_of` answers right. `late_credit` is a timeline:
    [{"hours": after closing, "credit": 0..1}, …] with rising hours and falling credit; empty accepts nothing late.
    An archived quiz is offered to nobody; what was done in it stays.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="quizzes")
    lesson = models.ForeignKey(Lesson, null=True, on_delete=models.SET_NULL, related_name="quizzes")
    slug = models.SlugField(max_length=80)
    position = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=300)
    mode = models.CharField(max_length=8, choices=QuizMode.choices, default=QuizMode.PRACTICE)
    feedback_policy = models.JSONField(default=dict)
    navigation = models.CharField(max_length=10, choices=Navigation.choices, default=Navigation.FREE)
    one_by_one = models.BooleanField(default=False)
    shuffle = models.BooleanField(default=False)
    article_open = models.BooleanField(default=True)
    ask_confidence = models.BooleanField(default=False)
    tries_allowed = models.PositiveSmallIntegerField(null=True)
    try_penalty = models.DecimalField(max_digits=7, decimal_places=6, default=Decimal(0))
    hint_penalty = models.DecimalField(max_digits=7, decimal_places=6, default=Decimal(0))
    mastery_right = models.PositiveSmallIntegerField(null=True)
    mastery_of = models.PositiveSmallIntegerField(null=True)
    build_on_last = models.BooleanField(default=False)
    late_credit = models.JSONField(default=list)
    practice_after_close = models.BooleanField(default=False)
    attempts_allowed = models.PositiveSmallIntegerField(null=True)
    delay_seconds = models.PositiveIntegerField(default=0)
    time_limit_seconds = models.PositiveIntegerField(null=True)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    pass_fraction = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    result_rule = models.CharField(max_length=5, choices=ResultRule.choices, default=ResultRule.BEST)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="one_quiz_slug_per_course"),
            models.CheckConstraint(condition=Q(mode__in=QuizMode.values), name="quiz_mode_known"),
            models.CheckConstraint(condition=Q(result_rule__in=ResultRule.values), name="result_rule_known"),
            models.CheckConstraint(condition=Q(navigation__in=Navigation.values), name="quiz_navigation_known"),
            models.CheckConstraint(
                condition=Q(pass_fraction__isnull=True) | Q(pass_fraction__gte=0, pass_fraction__lte=1),
                name="pass_fraction_between_0_and_1",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(opens_at__lt=F("closes_at")),
                name="quiz_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=Q(time_limit_seconds__isnull=True) | Q(time_limit_seconds__gt=0), name="time_limit_positive"
            ),
            models.CheckConstraint(
                condition=Q(attempts_allowed__isnull=True) | Q(attempts_allowed__gt=0), name="attempts_allowed_positive"
            ),
            models.CheckConstraint(
                condition=Q(tries_allowed__isnull=True) | Q(tries_allowed__gt=0), name="tries_allowed_positive"
            ),
            models.CheckConstraint(
                condition=Q(try_penalty__gte=0, try_penalty__lte=1, hint_penalty__gte=0, hint_penalty__lte=1),
                name="penalties_between_0_and_1",
            ),
            models.CheckConstraint(
                condition=Q(mastery_right__isnull=True, mastery_of__isnull=True)
                | Q(mastery_right__gt=0, mastery_of__gte=F("mastery_right")),
                name="mastery_is_m_of_n",
            ),
            models.CheckConstraint(condition=is_json("feedback_policy", "object"), name="feedback_policy_is_an_object"),
            models.CheckConstraint(condition=is_json("late_credit", "array"), name="late_credit_is_a_list"),
        ]

    def __str__(self) -> str:
        return self.title


class QuizItem(models.Model):
    """A seat in a quiz: a question, or a rule that draws some from a pool."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey(Question, null=True, on_delete=models.CASCADE, related_name="items")
    pool = models.JSONField(null=True)
    position = models.PositiveIntegerField()
    max_points = models.DecimalField(max_digits=6, decimal_places=2, default=Decimal(1))

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "position"], name="one_item_per_position"),
            models.CheckConstraint(condition=Q(max_points__gt=0), name="item_points_positive"),
            models.CheckConstraint(
                condition=Q(question__isnull=False, pool__isnull=True) | Q(question__isnull=True, pool__isnull=False),
                name="item_is_a_question_or_a_pool",
            ),
            models.CheckConstraint(
                condition=Q(pool__isnull=True)
                | Q(Q(pool__has_key="tag") ^ Q(pool__has_key="concept"), pool__has_key="take"),
                name="pool_takes_by_tag_or_concept",
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.position} of {self.quiz_id}"
