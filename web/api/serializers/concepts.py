"""Concepts under review, each with why it was suggested and what hangs on it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from course.models import ConceptState

DECISIONS = [(state.value, state.value) for state in ConceptState if state != ConceptState.MERGED]


class ReviewedConceptSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField(source="concept.uuid")
    slug = serializers.SlugField(source="concept.slug")
    term = serializers.CharField(source="concept.term")
    definition = serializers.CharField(source="concept.definition", allow_blank=True)
    kind = serializers.CharField(source="concept.kind")
    state = serializers.CharField(source="concept.state")
    rank = serializers.IntegerField(source="concept.rank")
    reasons = serializers.ListField(source="concept.reasons", child=serializers.CharField())
    undrafted = serializers.CharField(source="concept.undrafted", help_text="Why nothing asks about it, if so.")
    line = serializers.IntegerField(
        source="home", allow_null=True, help_text="The line of the text that names it first."
    )
    places = serializers.IntegerField(help_text="How many places name it.")
    questions = serializers.IntegerField(help_text="How many questions ask about it.")
    synonyms = serializers.ListField(child=serializers.CharField(), help_text="The terms that were merged into it.")


class DeedSerializer(serializers.Serializer[Any]):
    deed = serializers.UUIDField(allow_null=True, help_text="Takes it back; null when all was so already.")


class ConceptReviewSerializer(serializers.Serializer[Any]):
    concepts = ReviewedConceptSerializer(many=True)
    last = serializers.UUIDField(allow_null=True, help_text="What you did last to them and have not taken back.")


class PickSerializer(serializers.Serializer[Any]):
    """Words of the text that are to be a concept."""

    line = serializers.IntegerField(min_value=1, max_value=10**6)
    phrase = serializers.CharField(max_length=200, help_text="Letter by letter as the line has it.")
    nth = serializers.IntegerField(required=False, default=1, min_value=1, max_value=10**5)


class PickedSerializer(DeedSerializer):
    slug = serializers.SlugField(source="concept.slug")
    term = serializers.CharField(source="concept.term")


class ProofSerializer(serializers.Serializer[Any]):
    quote = serializers.CharField()
    start = serializers.IntegerField(help_text="Half-open, in characters of the article.")
    end = serializers.IntegerField()


class AskingQuestionSerializer(serializers.Serializer[Any]):
    version = serializers.UUIDField(source="version.uuid")
    title = serializers.CharField()
    decision = serializers.CharField()


class MergeSerializer(serializers.Serializer[Any]):
    deed = serializers.UUIDField(help_text="Takes it apart again.")
    term = serializers.CharField(source="concept.term")


class NamingLineSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField(source="passage.number")
    text = serializers.CharField(source="passage.text")


class ConceptHubSerializer(serializers.Serializer[Any]):
    """A concept with all that hangs on it."""

    uuid = serializers.UUIDField(source="concept.uuid")
    slug = serializers.SlugField(source="concept.slug")
    term = serializers.CharField(source="concept.term")
    definition = serializers.CharField(source="concept.definition", allow_blank=True)
    kind = serializers.CharField(source="concept.kind")
    state = serializers.CharField(source="concept.state")
    merged_into = serializers.SlugField(source="concept.merged_into.slug", default=None, allow_null=True)
    proof = ProofSerializer(allow_null=True, help_text="What the definition rests on.")
    lines = NamingLineSerializer(source="passages", many=True, help_text="The lines that name it.")
    questions = AskingQuestionSerializer(many=True)
    merges = MergeSerializer(many=True, help_text="The terms that were merged into it.")


class ConceptChangesSerializer(serializers.Serializer[Any]):
    """What is to be otherwise; what is not sent stays. A definition may rest on words of the text."""

    state = serializers.ChoiceField(required=False, choices=DECISIONS)
    term = serializers.CharField(required=False, max_length=200)
    definition = serializers.CharField(required=False, allow_blank=True, max_length=2_000)
    quote = serializers.CharField(required=False, allow_blank=True, max_length=2_000, default="")


class MergeIntoSerializer(serializers.Serializer[Any]):
    into = serializers.SlugField(max_length=80)


class GroupDecisionSerializer(serializers.Serializer[Any]):
    concepts = serializers.ListField(child=serializers.SlugField(max_length=80), max_length=1_000)
    state = serializers.ChoiceField(choices=DECISIONS)


class UndoSerializer(serializers.Serializer[Any]):
    deed = serializers.UUIDField()


class TakenBackSerializer(serializers.Serializer[Any]):
    changes = serializers.IntegerField(help_text="How many changes were taken back; 0 the second time.")
