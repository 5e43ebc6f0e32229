"""Notes and highlights of one's own."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from course.models import AnchorStatus, NoteKind
from course.models.reading import LONGEST_NOTE

LARGEST = 2**31 - 1


class NoteSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=NoteKind.choices)
    text = serializers.CharField(allow_blank=True)
    quote = serializers.CharField(help_text="The words it is on.")
    start = serializers.IntegerField(help_text="Half-open, in characters of the article.")
    end = serializers.IntegerField()
    status = serializers.ChoiceField(choices=AnchorStatus.choices, help_text="How it stands in the text of today.")
    lesson = serializers.SlugField(source="lesson_slug")
    sequence = serializers.IntegerField(help_text="Send it with the next change.")
    is_joined = serializers.BooleanField(help_text="It holds the words of two who changed it at once.")
    is_deleted = serializers.BooleanField(help_text="A day later it is gone.")
    updated_at = serializers.DateTimeField()


class WriteNoteSerializer(serializers.Serializer[Any]):
    start = serializers.IntegerField(min_value=0, max_value=LARGEST, help_text="In characters of the article.")
    end = serializers.IntegerField(min_value=0, max_value=LARGEST)
    text = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=LONGEST_NOTE, help_text="Without it, a highlight."
    )


class RewriteNoteSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(allow_blank=True, max_length=LONGEST_NOTE)
    sequence = serializers.IntegerField(
        required=False, min_value=0, max_value=LARGEST, help_text="With another than it has now, both texts are kept."
    )
