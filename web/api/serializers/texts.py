"""A course's text and lessons under the hands of those who edit it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from course.models import Article, EditKind, TextChange, TextChangeState
from course.models.articles import PASSAGE_KINDS


class EditSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=EditKind.choices)
    subject = serializers.CharField(help_text="What was edited, by its first words.")
    by = serializers.CharField(source="made_by.name", default=None, allow_null=True)
    made_at = serializers.DateTimeField()


class LineSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField(help_text="Names the line in edits, from 1.")
    text = serializers.CharField()
    kind = serializers.ChoiceField(choices=PASSAGE_KINDS, help_text="What it is read as.")
    found = serializers.ChoiceField(choices=PASSAGE_KINDS, help_text="What the cleaner took it for.")
    reason = serializers.CharField(source="passage.reason", allow_blank=True, help_text="Why it was left out.")
    is_read = serializers.BooleanField(help_text="Whether learners read it.")
    is_decided = serializers.BooleanField(help_text="Whether a person decided otherwise than the cleaner.")
    lesson = serializers.UUIDField(source="lesson.uuid", default=None, allow_null=True)
    start = serializers.IntegerField(source="span.start", help_text="Half-open, in characters of the article.")
    end = serializers.IntegerField(source="span.end")


class EditedTextSerializer(serializers.Serializer[Any]):
    edition = serializers.IntegerField(help_text="Send it as `seen` with the next edit.")
    last = EditSerializer(allow_null=True, help_text="What the next undo takes back.")
    lines = LineSerializer(many=True)


class LevelSerializer(serializers.Serializer[Any]):
    formula = serializers.CharField()
    value = serializers.IntegerField()
    meaning = serializers.CharField()


class LessonFactsSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField(source="lesson.uuid")
    slug = serializers.SlugField(source="lesson.slug")
    position = serializers.IntegerField(source="number")
    title = serializers.CharField(source="lesson.title")
    words = serializers.IntegerField(source="lesson.words")
    minutes = serializers.IntegerField()
    level = LevelSerializer(allow_null=True, help_text="How hard it is to read; null for a short text.")
    joins = serializers.BooleanField(help_text="Whether it can be joined with the next.")


class EditedLessonsSerializer(serializers.Serializer[Any]):
    edition = serializers.IntegerField(help_text="Send it as `seen` with the next edit.")
    last = EditSerializer(allow_null=True, help_text="What the next undo takes back.")
    lessons = LessonFactsSerializer(many=True)


class TextEditSerializer(serializers.Serializer[Any]):
    """An edit: what to do, to which line or lesson, having seen which edition."""

    DEEDS = ("keep", "drop", "heading", "paragraph", "split", "earlier", "later", "rename", "join", "move", "undo")

    seen = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    do = serializers.ChoiceField(choices=[(deed, deed) for deed in DEEDS])
    line = serializers.IntegerField(required=False, min_value=1, max_value=10**6, help_text="For keep to split.")
    lesson = serializers.UUIDField(required=False, help_text="For earlier to move.")
    title = serializers.CharField(required=False, max_length=300, help_text="For rename.")
    to = serializers.IntegerField(required=False, min_value=1, max_value=10**5, help_text="For move: its new place.")


class EditDoneSerializer(serializers.Serializer[Any]):
    edition = serializers.IntegerField(help_text="Send it as `seen` with the next edit.")
    edit = EditSerializer(allow_null=True, help_text="Null when all was so already; with undo, what was taken back.")


class ChangedTextSerializer(serializers.Serializer[Any]):
    """The whole changed text: as `text`, or as `file` in a form."""

    text = serializers.CharField(required=False, max_length=1_000_000, trim_whitespace=False)
    file = serializers.FileField(required=False, allow_empty_file=True, max_length=255)


class TextChangeSerializer(serializers.ModelSerializer[TextChange]):
    state = serializers.ChoiceField(choices=TextChangeState.choices)
    old = serializers.IntegerField(source="old.number", help_text="The number of the revision before.")
    new = serializers.IntegerField(source="new.number")
    by = serializers.CharField(source="actor.name", default=None, allow_null=True)

    class Meta:
        model = TextChange
        fields = ("uuid", "state", "old", "new", "by", "created_at", "applied_at", "undone_at")
        read_only_fields = fields


class ProposedTextSerializer(serializers.Serializer[Any]):
    change = serializers.UUIDField()
    job = serializers.UUIDField(allow_null=True, help_text="What compares the texts; null when that is long ago.")
    status = serializers.URLField(allow_null=True, help_text="Where to look how far the job is.")


class ComparedTextSerializer(serializers.Serializer[Any]):
    change = TextChangeSerializer()
    report = serializers.JSONField(
        allow_null=True,
        help_text="Words, places, questions, concepts and lessons that it touches; null while it is compared.",
    )


class ConfirmSerializer(serializers.Serializer[Any]):
    version = serializers.UUIDField(help_text="The wording whose moved evidence was looked at and holds.")


class OriginSerializer(serializers.ModelSerializer[Article]):
    """What readers are told of an article."""

    source_url = serializers.CharField(read_only=True, help_text="Its address; empty where it has none.")

    class Meta:
        model = Article
        fields = ("uuid", "title", "author", "publisher", "source_url", "rights", "language")
        read_only_fields = fields


class OriginChangesSerializer(serializers.Serializer[Any]):
    """What is to be otherwise; what is not sent stays."""

    title = serializers.CharField(required=False, max_length=300)
    author = serializers.CharField(required=False, allow_blank=True, max_length=200)
    publisher = serializers.CharField(required=False, allow_blank=True, max_length=200)
    source_url = serializers.URLField(required=False, allow_blank=True, max_length=1_000)
    rights = serializers.CharField(required=False, allow_blank=True, max_length=500)
    language = serializers.RegexField(
        r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?\Z", required=False, max_length=12, help_text="Such as en or pt-BR."
    )
