"""What people grade with: rubric items, saved comments, and how far graders agree."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from quizzes.models import RubricItem, SavedComment


class RubricItemSerializer(serializers.ModelSerializer[RubricItem]):
    fraction = serializers.FloatField(help_text="Its share of the question, -1 to 1.")

    class Meta:
        model = RubricItem
        fields = ("uuid", "position", "text", "feedback", "fraction", "retired_at")
        read_only_fields = fields


class WordsSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=300)
    feedback = serializers.CharField(max_length=1_000, allow_blank=True, help_text="What learners are told with it.")


class ShareSerializer(serializers.Serializer[Any]):
    fraction = serializers.DecimalField(max_digits=7, decimal_places=6, min_value=-1, max_value=1)


class NewRubricItemSerializer(ShareSerializer):
    text = serializers.CharField(max_length=300)
    feedback = serializers.CharField(max_length=1_000, default="", allow_blank=True)


class MoveSerializer(serializers.Serializer[Any]):
    up = serializers.BooleanField(help_text="One place earlier; else one later.")


class RegradedSerializer(serializers.Serializer[Any]):
    item = RubricItemSerializer()
    regraded = serializers.IntegerField(help_text="How many grades that rest on it are new.")


class SavedCommentSerializer(serializers.ModelSerializer[SavedComment]):
    class Meta:
        model = SavedComment
        fields = ("uuid", "text", "created_at")
        read_only_fields = fields


class NewCommentSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=1_000)


class GraderMeanSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    count = serializers.IntegerField()
    mean = serializers.FloatField(help_text="Of the fractions they gave.")
    others_count = serializers.IntegerField()
    others = serializers.FloatField(allow_null=True)
    difference = serializers.FloatField(allow_null=True, help_text="None where too little was graded to say.")


class GraderDaySerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    day = serializers.DateField()
    count = serializers.IntegerField()
    mean = serializers.FloatField()


class AgreementSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField(source="drift.count")
    mean = serializers.FloatField(source="drift.mean", allow_null=True)
    graders = GraderMeanSerializer(source="drift.graders", many=True)
    days = GraderDaySerializer(source="drift.days", many=True)
    agreed = serializers.IntegerField(help_text="Automatic grades that people looked at and confirmed …")
    compared = serializers.IntegerField(help_text="… of so many.")
