"""Why an answer has its grade, and a learner's word against it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from quizzes.models import Appeal, AppealState
from web.api.serializers.attempts import ReviewedItemSerializer


class OwnAppealSerializer(serializers.ModelSerializer[Appeal]):
    state = serializers.ChoiceField(choices=AppealState.choices, read_only=True)

    class Meta:
        model = Appeal
        fields = ("uuid", "text", "state", "created_at")
        read_only_fields = fields


class GradingToldSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    cause = serializers.CharField(help_text="What it came from, in words.")
    fraction = serializers.FloatField(allow_null=True, help_text="None while a person has to look.")
    feedback = serializers.CharField(allow_blank=True)
    by_person = serializers.BooleanField()


class ExplainedSerializer(serializers.Serializer[Any]):
    review = ReviewedItemSerializer(source="item")
    gradings = GradingToldSerializer(source="entries", many=True, help_text="Every grading that may be known of.")
    appeal = OwnAppealSerializer(allow_null=True)


class RaiseAppealSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=1_000, help_text="Why the grade is not right.")


class SightingSerializer(serializers.Serializer[Any]):
    found_at = serializers.DateTimeField(source="at")
