"""What was answered: to a question, in groups that say the same, and by one learner, in order."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from quizzes.domain.verdicts import Verdict
from quizzes.statistics.quiz import Which


class AnswersQuerySerializer(serializers.Serializer[Any]):
    which = serializers.ChoiceField(
        default=Which.FIRST.value, choices=[each.value for each in Which], help_text="Of each learner's attempts."
    )
    quiz = serializers.SlugField(default="", help_text="Only in the quiz of this slug.")
    cohort = serializers.UUIDField(default=None, help_text="Only of this cohort.")
    version = serializers.IntegerField(
        default=None, min_value=1, max_value=2**31 - 1, help_text="Only to the wording of this number."
    )
    verdict = serializers.ChoiceField(default="", choices=[each.value for each in Verdict])


class NamedAnswersQuerySerializer(AnswersQuerySerializer):
    names = serializers.BooleanField(default=False, help_text="Say who answered. Nobody is named otherwise.")


class GivenVariantSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(allow_blank=True, help_text="In words.")
    answer = serializers.JSONField(source="variant.answer", allow_null=True)
    count = serializers.IntegerField(source="variant.count")


class GivenGroupSerializer(serializers.Serializer[Any]):
    digest = serializers.CharField(source="group.digest")
    version = serializers.UUIDField(source="group.version.uuid")
    verdict = serializers.CharField(source="group.verdict")
    fraction = serializers.FloatField(source="group.fraction", allow_null=True)
    bucket = serializers.CharField(source="group.bucket", allow_blank=True)
    count = serializers.IntegerField(source="group.count")
    variants = GivenVariantSerializer(many=True)


class GivenAnswerSerializer(serializers.Serializer[Any]):
    attempt = serializers.UUIDField(source="response.attempt.uuid")
    position = serializers.IntegerField(source="response.position")
    quiz = serializers.SlugField(source="response.attempt.quiz.slug")
    number = serializers.IntegerField(source="response.attempt.number", help_text="Of the learner's attempts.")
    submitted_at = serializers.DateTimeField(source="response.attempt.submitted_at", allow_null=True)
    text = serializers.CharField(allow_blank=True)
    answer = serializers.JSONField(source="response.answer", allow_null=True)
    name = serializers.CharField(allow_null=True, help_text="Who answered, when asked for.")


class LearnerAnswerSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField(source="told.response.position")
    question = serializers.UUIDField(source="told.response.version.question.uuid")
    title = serializers.CharField(source="told.title", allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    answer = serializers.JSONField(source="told.response.answer", allow_null=True)
    verdict = serializers.CharField(source="told.verdict", allow_null=True, help_text="None while the attempt goes on.")
    fraction = serializers.FloatField(source="told.response.fraction", allow_null=True)
    max_points = serializers.FloatField(source="told.response.max_points")


class MomentSerializer(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    position = serializers.IntegerField(allow_null=True, help_text="None: the whole attempt.")
    what = serializers.CharField(help_text="Such as “answered” or “graded again”.")
    fraction = serializers.FloatField(allow_null=True)
    who = serializers.CharField(allow_blank=True)


class LearnerAttemptSerializer(serializers.Serializer[Any]):
    attempt = serializers.UUIDField(source="told.attempt.uuid")
    quiz = serializers.SlugField(source="told.attempt.quiz.slug")
    number = serializers.IntegerField(source="told.attempt.number")
    state = serializers.CharField(source="told.attempt.state")
    started_at = serializers.DateTimeField(source="told.attempt.started_at")
    submitted_at = serializers.DateTimeField(source="told.attempt.submitted_at", allow_null=True)
    fraction = serializers.FloatField(source="told.attempt.fraction", allow_null=True)
    answers = LearnerAnswerSerializer(many=True)
    moments = MomentSerializer(source="told.moments", many=True)
