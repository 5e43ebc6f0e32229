"""Questions asked for practice: of a concept, of a section, or to be remembered. Nothing of it counts."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from quizzes.memory import Rating
from web.api.serializers.attempts import PresentationSerializer, ReviewedItemSerializer

LARGEST = 2**31 - 1


class PosedSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField(source="version.kind")
    control = serializers.CharField(source="presentation.control")
    presentation = PresentationSerializer()


class PracticeSerializer(serializers.Serializer[Any]):
    turn = serializers.IntegerField(help_text="Send it with the answer, and one more for the next question.")
    total = serializers.IntegerField(help_text="How many questions there are.")
    question = PosedSerializer(allow_null=True, help_text="None where there is nothing to ask now.")


class AnswerSerializer(serializers.Serializer[Any]):
    answer = serializers.JSONField(allow_null=True)


class CardSerializer(serializers.Serializer[Any]):
    question = serializers.UUIDField(source="question.uuid")
    concept = serializers.SlugField(source="question.concept.slug", default="", help_text="What it is about, or empty.")
    due_at = serializers.DateTimeField()
    number = serializers.IntegerField(help_text="Which recall the next one is. Send it with the rating.")
    is_set_aside = serializers.BooleanField()


class DeckSerializer(serializers.Serializer[Any]):
    due = CardSerializer(many=True, help_text="What is due now, longest first.")
    cards = CardSerializer(many=True, help_text="Everything that comes back.")
    set_aside = CardSerializer(many=True)
    next_due_at = serializers.DateTimeField(allow_null=True)


class AskedCardSerializer(serializers.Serializer[Any]):
    card = CardSerializer()
    posed = PosedSerializer()
    intervals = serializers.DictField(
        child=serializers.DurationField(), help_text="By rating, 1 to 4: when it would come back."
    )


class JudgedCardSerializer(serializers.Serializer[Any]):
    card = CardSerializer()
    review = ReviewedItemSerializer()


class RecallSerializer(serializers.Serializer[Any]):
    rating = serializers.ChoiceField(choices=[(int(rating), rating.name.lower()) for rating in Rating])
    number = serializers.IntegerField(min_value=1, max_value=LARGEST)
