"""What waits for a person: questions, groups of answers that say the same, and a grade for all of a group."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from web.api.serializers.attempts import PlaceSerializer
from web.api.serializers.rubrics import RubricItemSerializer, SavedCommentSerializer

LONGEST_COMMENT = 1_000
MOST_VARIANTS = 10_000
DIGEST = 64


class WaitingQuestionSerializer(serializers.Serializer[Any]):
    question = serializers.UUIDField(source="question.uuid")
    title = serializers.CharField(allow_blank=True)
    waiting = serializers.IntegerField(help_text="Answers without a grade.")
    audits = serializers.IntegerField(help_text="Automatic grades to look at.")
    oldest = serializers.DateTimeField(help_text="When the one that waits longest was submitted.")
    graders = serializers.ListField(child=serializers.CharField(), help_text="Who graded it, the last first.")


class VariantSerializer(serializers.Serializer[Any]):
    digest = serializers.CharField(source="variant.digest", help_text="Names it when it is graded.")
    answer = serializers.JSONField(source="variant.answer", allow_null=True)
    text = serializers.CharField(allow_blank=True, help_text="The answer in words.")
    count = serializers.IntegerField(help_text="How many put it so.")


class SuggestionSerializer(serializers.Serializer[Any]):
    fraction = serializers.FloatField()
    path = serializers.ListField(child=serializers.CharField())


class AnswerGroupSerializer(serializers.Serializer[Any]):
    digest = serializers.CharField(source="group.digest")
    version = serializers.UUIDField(source="version.uuid", help_text="The wording that was answered.")
    is_audit = serializers.BooleanField(source="group.is_audit", help_text="A grade stands, and is to be looked at.")
    standing = serializers.FloatField(source="group.standing", allow_null=True, help_text="That grade, 0 to 1.")
    max_points = serializers.FloatField(source="group.max_points")
    size = serializers.IntegerField(source="group.size", help_text="How many answers it holds.")
    oldest = serializers.DateTimeField(source="group.oldest")
    variants = VariantSerializer(many=True)


class SettledSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField(source="version.uuid")
    kind = serializers.CharField(source="version.kind")
    stem = serializers.CharField(allow_blank=True)
    model_answer = serializers.CharField(allow_blank=True)
    explanation = serializers.CharField(allow_blank=True)
    evidence = PlaceSerializer(many=True)


class NextAnswerQuerySerializer(serializers.Serializer[Any]):
    start = serializers.CharField(
        default="", allow_blank=True, max_length=DIGEST, help_text="The group of this digest, or the next one after it."
    )
    names = serializers.BooleanField(default=False, help_text="Say who gave these answers. Nobody is named otherwise.")


class NextAnswerSerializer(serializers.Serializer[Any]):
    waiting = serializers.IntegerField(help_text="Answers to this question that wait.")
    groups = serializers.IntegerField(help_text="Groups of them.")
    group = AnswerGroupSerializer(allow_null=True, help_text="None when nothing waits.")
    asked = SettledSerializer(allow_null=True, help_text="The wording, and what settles it.")
    suggestion = SuggestionSerializer(allow_null=True, help_text="What the grader would give. Never a grade alone.")
    rubric = RubricItemSerializer(many=True)
    comments = SavedCommentSerializer(many=True)
    learners = serializers.ListField(child=serializers.CharField(), help_text="Twelve names at most, when asked for.")


class VariantsSerializer(serializers.Serializer[Any]):
    variants = serializers.ListField(
        child=serializers.CharField(max_length=DIGEST), min_length=1, max_length=MOST_VARIANTS, help_text="Digests."
    )


class GradeSerializer(VariantsSerializer):
    items = serializers.ListField(
        child=serializers.UUIDField(), default=list, max_length=100, help_text="Items of the rubric that apply."
    )
    fraction = serializers.DecimalField(
        max_digits=7, decimal_places=6, min_value=0, max_value=1, allow_null=True, default=None,
        help_text="In place of what the items come to.",
    )  # fmt: skip
    comment = serializers.CharField(default="", allow_blank=True, max_length=LONGEST_COMMENT)
    said = serializers.ListField(
        child=serializers.UUIDField(),
        default=list,
        max_length=100,
        help_text="Saved comments, told first.",
    )
    keep = serializers.BooleanField(default=False, help_text="Save the comment, to be used again.")


class GradedSerializer(serializers.Serializer[Any]):
    answers = serializers.IntegerField(help_text="How many. 0 when you did the same before.")
