"""Questions under review: what they say with their key, what proves them, and what the rules find."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from authoring.domain.review import Decision
from web.api.serializers.concepts import ProofSerializer

DECISIONS = [(each.value, each.value) for each in Decision]
DECIDED = [("accepted", "accepted"), ("rejected", "rejected"), ("undecided", "undecided")]


class FindingSerializer(serializers.Serializer[Any]):
    rule = serializers.CharField()
    message = serializers.CharField()


class WaivedSerializer(serializers.Serializer[Any]):
    waiver = serializers.UUIDField(source="waiver.uuid", help_text="Takes it back.")
    rule = serializers.CharField(source="finding.rule")
    message = serializers.CharField(source="finding.message")
    reason = serializers.CharField(source="waiver.reason")
    by = serializers.CharField(source="waiver.waived_by.name", default=None, allow_null=True)


class DraftSerializer(serializers.Serializer[Any]):
    version = serializers.UUIDField(source="version.uuid", help_text="Names this wording of the question.")
    question = serializers.UUIDField(source="version.question.uuid")
    number = serializers.IntegerField(help_text="Its place in the order of reading.")
    kind = serializers.CharField(source="version.kind")
    title = serializers.CharField()
    content = serializers.JSONField(source="version.content", help_text="With its key, as its kind has it.")
    concept = serializers.SlugField(source="version.question.concept.slug", default=None, allow_null=True)
    lesson = serializers.SlugField(source="lesson.slug", default=None, allow_null=True)
    decision = serializers.ChoiceField(choices=DECISIONS)
    review_note = serializers.CharField(source="version.review_note", help_text="Why it was rejected.")
    origin = serializers.CharField(source="version.origin")
    drafter = serializers.CharField(source="version.drafter")
    evidence = ProofSerializer(many=True)
    findings = FindingSerializer(many=True, help_text="What the rules find and nobody waived.")
    waived = WaivedSerializer(many=True)


class DraftQuerySerializer(serializers.Serializer[Any]):
    decision = serializers.ChoiceField(required=False, choices=DECISIONS)
    lesson = serializers.SlugField(required=False, max_length=80)


class WriteQuestionSerializer(serializers.Serializer[Any]):
    """A question by hand. Ids in the content are given anew."""

    kind = serializers.CharField(max_length=40)
    content = serializers.DictField()
    concept = serializers.SlugField(required=False, max_length=80)
    proof = serializers.ListField(
        child=serializers.CharField(max_length=5_000, trim_whitespace=False),
        required=False,
        default=list,
        max_length=20,
        help_text="Words of the text that prove the key, letter by letter.",
    )
    tags = serializers.ListField(
        child=serializers.CharField(max_length=60), required=False, default=list, max_length=50
    )


class ChangeQuestionSerializer(serializers.Serializer[Any]):
    """What is to be otherwise; what is not sent stays. The wording comes first, then what is decided about it."""

    content = serializers.DictField(required=False)
    proof = serializers.ListField(
        child=serializers.CharField(max_length=5_000, trim_whitespace=False), required=False, max_length=20
    )
    tags = serializers.ListField(child=serializers.CharField(max_length=60), required=False, max_length=50)
    decision = serializers.ChoiceField(required=False, choices=DECIDED)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=300, help_text="For rejected.")


class FixSerializer(serializers.Serializer[Any]):
    rule = serializers.CharField(max_length=60)


class WaiveSerializer(FixSerializer):
    reason = serializers.CharField(max_length=300)


class TryAnswerSerializer(serializers.Serializer[Any]):
    """An answer as learners send it, to the wording or to other content of its kind."""

    answer = serializers.JSONField(allow_null=True)
    content = serializers.DictField(required=False)


class TriedAnswerSerializer(serializers.Serializer[Any]):
    fraction = serializers.FloatField(allow_null=True, help_text="Null where a person decides.")
    feedback = serializers.CharField(allow_blank=True)
    detail = serializers.JSONField(help_text="How the answer was read, part by part.")


class AcceptedCleanSerializer(serializers.Serializer[Any]):
    accepted = serializers.IntegerField()


class GiftSerializer(serializers.Serializer[Any]):
    """Questions as GIFT; `keep` makes drafts of those that can be read."""

    text = serializers.CharField(max_length=1_000_000, trim_whitespace=False, allow_blank=True)
    keep = serializers.BooleanField(required=False, default=False)


class GiftQuestionSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    kind = serializers.CharField()
    content = serializers.JSONField()
    tags = serializers.ListField(child=serializers.CharField())
    notes = serializers.ListField(child=serializers.CharField(), help_text="What of it is lost.")


class GiftProblemSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    message = serializers.CharField()


class GiftReadSerializer(serializers.Serializer[Any]):
    questions = GiftQuestionSerializer(many=True)
    problems = GiftProblemSerializer(many=True)
    left = serializers.CharField(help_text="The text that could not be read.")
    kept = serializers.ListField(child=serializers.UUIDField(), help_text="The drafts that were made.")
