"""Quizzes as their instructors have them: settings, what they ask in which order, and what a learner would see."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from quizzes.domain.quiz_settings import SETTINGS
from quizzes.models import Navigation, Quiz, QuizItem, QuizMode, ResultRule
from quizzes.pools import MOST_TAKEN

A_YEAR = 60 * 60 * 24 * 366


class QuizSettingsSerializer(serializers.ModelSerializer[Quiz]):
    lesson = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True, allow_null=True)

    class Meta:
        model = Quiz
        fields = ("uuid", "slug", "position", "lesson", "archived_at", *SETTINGS)
        read_only_fields = fields


class NewQuizSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=300)
    mode = serializers.ChoiceField(choices=QuizMode.choices)
    lesson = serializers.SlugField(required=False, max_length=80, help_text="Else it is one of the whole course.")


def _number(most: int = 1_000, **more: Any) -> serializers.IntegerField:
    return serializers.IntegerField(required=False, min_value=1, max_value=most, allow_null=True, **more)


def _fraction(**more: Any) -> serializers.DecimalField:
    return serializers.DecimalField(
        required=False, max_digits=7, decimal_places=6, min_value=Decimal(0), max_value=Decimal(1), **more
    )


class QuizChangesSerializer(serializers.Serializer[Any]):
    """What is to be otherwise; what is not sent stays. Null where a setting says so is no limit."""

    title = serializers.CharField(required=False, max_length=300)
    mode = serializers.ChoiceField(required=False, choices=QuizMode.choices)
    feedback_policy = serializers.JSONField(
        required=False, help_text="By moment, what is shown from then on; {} for the mode's own."
    )
    navigation = serializers.ChoiceField(required=False, choices=Navigation.choices)
    one_by_one = serializers.BooleanField(required=False)
    shuffle = serializers.BooleanField(required=False)
    article_open = serializers.BooleanField(required=False)
    ask_confidence = serializers.BooleanField(required=False)
    tries_allowed = _number()
    try_penalty = _fraction()
    hint_penalty = _fraction()
    mastery_right = _number()
    mastery_of = _number()
    build_on_last = serializers.BooleanField(required=False)
    late_credit = serializers.JSONField(required=False, help_text='Steps such as [{"hours": 24, "credit": 0.5}].')
    practice_after_close = serializers.BooleanField(required=False)
    attempts_allowed = _number()
    delay_seconds = serializers.IntegerField(required=False, min_value=0, max_value=A_YEAR)
    time_limit_seconds = _number(A_YEAR)
    opens_at = serializers.DateTimeField(required=False, allow_null=True)
    closes_at = serializers.DateTimeField(required=False, allow_null=True)
    pass_fraction = _fraction(allow_null=True)
    result_rule = serializers.ChoiceField(required=False, choices=ResultRule.choices)


class PoolSerializer(serializers.Serializer[Any]):
    """So many questions drawn for each attempt, by a tag or by a concept: one of the two."""

    take = serializers.IntegerField(min_value=1, max_value=MOST_TAKEN)
    tag = serializers.CharField(required=False, max_length=60)
    concept = serializers.SlugField(required=False, max_length=80)


def _points(**more: Any) -> serializers.DecimalField:
    return serializers.DecimalField(
        required=False, max_digits=6, decimal_places=2, min_value=Decimal("0.01"), max_value=Decimal(1000), **more
    )


class QuizItemSerializer(serializers.ModelSerializer[QuizItem]):
    question = serializers.UUIDField(source="question.uuid", default=None, allow_null=True)
    pool = PoolSerializer(allow_null=True)

    class Meta:
        model = QuizItem
        fields = ("uuid", "position", "question", "pool", "max_points")
        read_only_fields = fields


class QuizItemsSerializer(serializers.Serializer[Any]):
    items = QuizItemSerializer(many=True)
    last = serializers.CharField(allow_null=True, help_text="What the next undo takes back, of settings too.")


class AddItemsSerializer(serializers.Serializer[Any]):
    """Questions of the bank, or a pool, at the end of the quiz."""

    questions = serializers.ListField(required=False, child=serializers.UUIDField(), max_length=1_000)
    pool = PoolSerializer(required=False)
    max_points = _points(default=Decimal(1))


class ChangeItemSerializer(serializers.Serializer[Any]):
    to = serializers.IntegerField(required=False, min_value=1, max_value=10**5, help_text="Its new place.")
    max_points = _points()


class AskableSerializer(serializers.Serializer[Any]):
    question = serializers.UUIDField(source="question.uuid")
    version = serializers.UUIDField(source="uuid")
    kind = serializers.CharField()
    seats = serializers.IntegerField(help_text="In how many other quizzes it is asked.")


class PreviewQuerySerializer(serializers.Serializer[Any]):
    learner = serializers.UUIDField(required=False, help_text="Somebody's part in the course; else somebody new.")
    at = serializers.DateTimeField(required=False, help_text="Else now.")
    seed = serializers.IntegerField(required=False, min_value=1, max_value=10**6, help_text="Which draw; else 1.")


class PreviewedQuestionSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField()
    control = serializers.CharField(source="presentation.control")
    presentation = serializers.JSONField(help_text="As an attempt shows it, without a key.")
    max_points = serializers.FloatField()


class QuizPreviewSerializer(serializers.Serializer[Any]):
    """What this learner would see at this moment."""

    at = serializers.DateTimeField()
    finds_course = serializers.BooleanField(source="seen.finds_course")
    refusal = serializers.CharField(source="seen.refusal", help_text="Why no attempt can begin; empty when one can.")
    is_practice = serializers.BooleanField(source="seen.is_practice")
    deadline = serializers.DateTimeField(source="seen.deadline", allow_null=True)
    has_closed = serializers.BooleanField(source="seen.has_closed")
    lessons_read = serializers.IntegerField(source="seen.lessons_read")
    lessons = serializers.IntegerField(source="seen.lessons")
    problem = serializers.CharField(source="seen.problem", help_text="Why its questions cannot be drawn, if so.")
    questions = PreviewedQuestionSerializer(many=True)
    shown = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), help_text="By moment, what the review would hold."
    )


class GivenOutSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    text = serializers.CharField(source="written.text", help_text="As GIFT; empty where that has no such question.")
    lost = serializers.ListField(source="written.lost", child=serializers.CharField())
