"""Lists of people and of grades: as they come in, and line by line what they do."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from quizzes.models import ImportLine, LineFate, ListImport
from web.api.serializers.jobs import AcceptedSerializer

MOST_CHARACTERS = 1_000_000


class NewListSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(
        max_length=MOST_CHARACTERS,
        trim_whitespace=False,
        help_text="The list as CSV; its first line names the columns.",
    )
    reason = serializers.CharField(
        default="", allow_blank=True, max_length=300, help_text="Why these grades are given, where a line says nothing."
    )


class NewGradeListSerializer(NewListSerializer):
    reason = serializers.CharField(
        max_length=300, help_text="Why these grades are given, where a line says nothing. Learners read it."
    )


class ListImportSerializer(serializers.ModelSerializer[ListImport]):
    class Meta:
        model = ListImport
        fields = ("uuid", "kind", "state", "reason", "ignored", "is_outdated", "created_at", "applied_at", "undone_at")
        read_only_fields = fields


class TallySerializer(serializers.Serializer[Any]):
    fate = serializers.ChoiceField(choices=LineFate.choices, help_text="What the lines would do.")
    state = serializers.CharField(help_text="What became of them.")
    lines = serializers.IntegerField(help_text="How many.")


class PlannedListSerializer(serializers.Serializer[Any]):
    list = ListImportSerializer()
    job = serializers.UUIDField(allow_null=True, help_text="What is at work on it now.")
    tally = TallySerializer(many=True)


class ImportLineQuerySerializer(serializers.Serializer[Any]):
    fate = serializers.ChoiceField(default="", choices=LineFate.choices, help_text="Only these lines.")


class ImportLineSerializer(serializers.ModelSerializer[ImportLine]):
    quiz = serializers.SlugField(source="quiz.slug", allow_null=True, default=None)
    state = serializers.CharField(help_text="What became of it.")

    class Meta:
        model = ImportLine
        fields = (
            *("number", "line", "address", "name", "quiz", "fate", "state", "before", "after", "because", "said"),
            "done_at",
        )
        read_only_fields = fields


class AcceptedListSerializer(AcceptedSerializer):
    """A list that is being worked on."""

    list = serializers.UUIDField()
