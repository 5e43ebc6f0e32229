"""Attempts: what is asked, what was answered, and how it was graded."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class PresentationSerializer(serializers.Serializer[Any]):
    stem = serializers.CharField()
    data = serializers.JSONField(  # type: ignore[assignment]  # -- the wire's name for it, which Serializer uses too
        help_text="What the control needs: options, gaps or sentences, with opaque ids."
    )


class PlaceSerializer(serializers.Serializer[Any]):
    quote = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    lesson = serializers.CharField(source="lesson_slug")


class ReviewedItemSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField()
    kind = serializers.CharField()
    max_points = serializers.FloatField()
    grading = serializers.CharField()
    verdict = serializers.CharField(allow_blank=True)
    fraction = serializers.FloatField(allow_null=True)
    feedback = serializers.CharField(allow_blank=True)
    review = serializers.JSONField(source="parts", allow_null=True, help_text="Each part with its key, once shown.")
    explanation = serializers.CharField(allow_blank=True)
    concept = serializers.CharField(source="concept_slug", allow_blank=True)
    evidence = PlaceSerializer(many=True)


class AttemptItemSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField()
    kind = serializers.CharField()
    control = serializers.CharField(source="presentation.control")
    max_points = serializers.FloatField()
    presentation = PresentationSerializer()
    answer = serializers.JSONField(allow_null=True)
    sequence = serializers.IntegerField(help_text="Send it with the next save of this answer.")
    saved_at = serializers.DateTimeField(allow_null=True)
    warning = serializers.CharField(allow_blank=True, help_text="Why the answer would not count as it stands.")
    is_settled = serializers.BooleanField(help_text="It no longer changes.")
    may_check = serializers.BooleanField(help_text="Whether it can be checked before submitting.")
    tries = serializers.IntegerField(help_text="How often it was checked.")
    tries_left = serializers.IntegerField(allow_null=True, help_text="None without a limit.")
    hints = serializers.ListField(child=serializers.CharField(), help_text="Those that are open.")
    hints_left = serializers.IntegerField()
    checked = ReviewedItemSerializer(allow_null=True, help_text="What its last check shows, while it stands.")


class GoneOnSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField(allow_null=True, help_text="The question asked now; None after the last.")


class StartAttemptSerializer(serializers.Serializer[Any]):
    answers = serializers.DictField(
        child=serializers.JSONField(allow_null=True), required=False, help_text="Answers by position."
    )
    submit = serializers.BooleanField(required=False, default=False)


class StartedAttemptSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()
    state = serializers.CharField()
    deadline_at = serializers.DateTimeField(allow_null=True)
    status = serializers.URLField()
    items = AttemptItemSerializer(many=True)


class SaveAnswerSerializer(serializers.Serializer[Any]):
    answer = serializers.JSONField(allow_null=True)
    sequence = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    client_key = serializers.UUIDField(required=False, help_text="Makes sending the same save again harmless.")
    confidence = serializers.IntegerField(required=False, min_value=1, max_value=3)


class SavedAnswerSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField()
    sequence = serializers.IntegerField()
    saved_at = serializers.DateTimeField()
    warning = serializers.CharField(allow_blank=True)


class SubmittedSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()
    state = serializers.CharField()
    status = serializers.URLField()


class AttemptSerializer(serializers.Serializer[Any]):
    """An attempt as far as its policy shows it now. `items` are there before submitting, `review` after."""

    uuid = serializers.UUIDField(source="attempt.uuid")
    quiz = serializers.UUIDField(source="attempt.quiz.uuid")
    number = serializers.IntegerField(source="attempt.number")
    state = serializers.CharField(source="attempt.state")
    grading = serializers.CharField()
    started_at = serializers.DateTimeField(source="attempt.started_at")
    deadline_at = serializers.DateTimeField(source="attempt.deadline_at", allow_null=True)
    submitted_at = serializers.DateTimeField(source="attempt.submitted_at", allow_null=True)
    counts = serializers.BooleanField(source="attempt.counts", help_text="False for practice after the close.")
    credit = serializers.FloatField(source="attempt.credit", help_text="What the fraction was multiplied by when late.")
    fraction = serializers.FloatField(allow_null=True)
    points = serializers.FloatField(allow_null=True)
    max_points = serializers.FloatField()
    items = AttemptItemSerializer(many=True)
    review = ReviewedItemSerializer(many=True)
