"""A response's ledger: every grading of it, and a person's word above all of them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

LONGEST_REASON = 1_000


class LedgerEntrySerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    cause = serializers.CharField(help_text="In words.")
    cause_kind = serializers.CharField()
    grader = serializers.CharField(help_text="With its version: `short_text@3`.")
    version = serializers.IntegerField(source="version.number", help_text="The wording that was graded.")
    fraction = serializers.FloatField(allow_null=True)
    feedback = serializers.CharField(allow_blank=True)
    path = serializers.ListField(child=serializers.CharField(), help_text="How the grader came to it, in sentences.")
    reason = serializers.CharField(allow_blank=True)
    who = serializers.CharField(allow_blank=True, help_text="The person who decided; empty for a grader.")
    by_person = serializers.BooleanField(help_text="It stands against every regrade.")
    same_inputs = serializers.BooleanField(help_text="Wording and answer still are what was graded.")
    has_learned = serializers.BooleanField(help_text="Its grader has been told more since.")


class LedgerSerializer(serializers.Serializer[Any]):
    attempt = serializers.UUIDField(source="response.attempt.uuid")
    position = serializers.IntegerField(source="response.position")
    learner = serializers.UUIDField(source="response.attempt.enrollment.uuid", allow_null=True, default=None)
    quiz = serializers.SlugField(source="response.attempt.quiz.slug")
    question = serializers.UUIDField(source="response.version.question.uuid")
    kind = serializers.CharField(source="response.version.kind")
    max_points = serializers.FloatField(source="response.max_points")
    answer = serializers.JSONField(source="response.answer", allow_null=True)
    grading = serializers.CharField(source="response.grading")
    fraction = serializers.FloatField(source="response.fraction", allow_null=True)
    entries = LedgerEntrySerializer(many=True, help_text="The oldest first; the last one stands.")


class ReproducedSerializer(serializers.Serializer[Any]):
    fraction = serializers.FloatField(allow_null=True)
    is_same = serializers.BooleanField()
    said = serializers.CharField()


class TraceSerializer(serializers.Serializer[Any]):
    entry = LedgerEntrySerializer(help_text="The grading that stands.")
    again = ReproducedSerializer(allow_null=True, help_text="It done once more, now; None where a person decided.")


class OverrideSerializer(serializers.Serializer[Any]):
    fraction = serializers.DecimalField(max_digits=7, decimal_places=6, min_value=0, max_value=1)
    reason = serializers.CharField(max_length=LONGEST_REASON, help_text="The learner reads this.")
