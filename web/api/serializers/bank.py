"""The bank: every question of a course, where it is used and how it does."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from authoring.domain.bank import Usage
from quizzes.pools import MOST_TAKEN
from web.api.serializers.questions import DECISIONS


class SearchSerializer(serializers.Serializer[Any]):
    """What is looked for; nothing asks for all that is neither rejected nor archived."""

    text = serializers.CharField(required=False, allow_blank=True, max_length=200, help_text='Words, or "phrases".')
    state = serializers.ChoiceField(required=False, allow_blank=True, choices=DECISIONS)
    kind = serializers.CharField(required=False, allow_blank=True, max_length=40)
    concept = serializers.CharField(required=False, allow_blank=True, max_length=80)
    tag = serializers.CharField(required=False, allow_blank=True, max_length=60)
    lesson = serializers.CharField(required=False, allow_blank=True, max_length=80)
    quiz = serializers.CharField(required=False, allow_blank=True, max_length=80)
    usage = serializers.ChoiceField(
        required=False, allow_blank=True, choices=[(each.value, each.value) for each in Usage]
    )


class AskingQuizSerializer(serializers.Serializer[Any]):
    slug = serializers.SlugField()
    title = serializers.CharField()


class BankRowSerializer(serializers.Serializer[Any]):
    question = serializers.UUIDField(source="version.question.uuid")
    version = serializers.UUIDField(source="version.uuid", help_text="The wording that stands for it.")
    kind = serializers.CharField(source="version.kind")
    title = serializers.CharField()
    decision = serializers.ChoiceField(choices=DECISIONS)
    concept = serializers.SlugField(source="version.question.concept.slug", default=None, allow_null=True)
    tags = serializers.ListField(child=serializers.CharField())
    quizzes = AskingQuizSerializer(many=True, help_text="Those that have a seat for it.")
    answers = serializers.IntegerField(help_text="First answers.")
    fraction = serializers.FloatField(allow_null=True, help_text="Their mean; null below ten.")


class BankChangeSerializer(serializers.Serializer[Any]):
    """What is done with the chosen questions, or with all that the query of the address finds."""

    do = serializers.ChoiceField(choices=[(deed, deed) for deed in ("tag", "untag", "archive", "restore")])
    tag = serializers.CharField(required=False, max_length=60)
    questions = serializers.ListField(required=False, child=serializers.UUIDField(), max_length=5_000)
    all = serializers.BooleanField(required=False, default=False)


class BankChangedSerializer(serializers.Serializer[Any]):
    changed = serializers.IntegerField(help_text="How many questions are otherwise now.")


class WordingSerializer(serializers.Serializer[Any]):
    version = serializers.UUIDField(source="version.uuid")
    number = serializers.IntegerField(source="version.number")
    title = serializers.CharField()
    decision = serializers.ChoiceField(choices=DECISIONS)
    published_at = serializers.DateTimeField(source="version.published_at", allow_null=True)
    answers = serializers.IntegerField()
    fraction = serializers.FloatField(allow_null=True)


class DifferenceWordsSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    mark = serializers.CharField(help_text="Whether both wordings say it, or only the old or the new one.")


class WordingDifferenceSerializer(serializers.Serializer[Any]):
    what = serializers.CharField()
    words = DifferenceWordsSerializer(many=True)


class BankQuestionSerializer(serializers.Serializer[Any]):
    """One question over all its wordings, the newest first."""

    question = serializers.UUIDField(source="history.question.uuid")
    kind = serializers.CharField(source="history.newest.version.kind")
    is_archived = serializers.BooleanField(source="history.is_archived")
    tags = serializers.ListField(source="history.tags", child=serializers.CharField())
    quizzes = AskingQuizSerializer(source="history.quizzes", many=True)
    wordings = WordingSerializer(source="history.wordings", many=True)
    differences = WordingDifferenceSerializer(
        many=True, help_text="Between `old` and `new`; else between the last two."
    )


class ComparedSerializer(serializers.Serializer[Any]):
    old = serializers.IntegerField(required=False, min_value=1, max_value=10**6)
    new = serializers.IntegerField(required=False, min_value=1, max_value=10**6)


class TagsSerializer(serializers.Serializer[Any]):
    tags = serializers.ListField(child=serializers.CharField(max_length=60), max_length=50)


class AlikeSerializer(serializers.Serializer[Any]):
    version = serializers.UUIDField(source="wording.version.uuid")
    title = serializers.CharField(source="wording.title")
    likeness = serializers.FloatField(help_text="To the first of its group, 0..1.")


class DuplicateGroupSerializer(serializers.Serializer[Any]):
    questions = AlikeSerializer(many=True)


class PoolReachSerializer(serializers.Serializer[Any]):
    quiz = serializers.SlugField(source="quiz.slug")
    position = serializers.IntegerField()
    take = serializers.IntegerField(source="pool.take")
    tag = serializers.CharField(source="pool.tag", allow_blank=True)
    concept = serializers.CharField(source="pool.concept", allow_blank=True)
    reached = serializers.IntegerField(help_text="From how many published questions it draws.")
    is_short = serializers.BooleanField()


class FoundPoolSerializer(serializers.Serializer[Any]):
    """A pool of what the query of the address finds, at the end of a quiz."""

    quiz = serializers.SlugField(max_length=80)
    take = serializers.IntegerField(min_value=1, max_value=MOST_TAKEN)
    tag = serializers.CharField(required=False, max_length=60, help_text="Given to what was found, if it needs one.")
