"""Articles on their way in, and the builds that make courses of them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from jobs.models import JobState


class FactsSerializer(serializers.Serializer[Any]):
    """What readers are told of an article's source."""

    author = serializers.CharField(required=False, allow_blank=True, max_length=200)
    publisher = serializers.CharField(required=False, allow_blank=True, max_length=200)
    source_url = serializers.URLField(required=False, allow_blank=True, max_length=1_000)
    rights = serializers.CharField(required=False, allow_blank=True, max_length=500)


class ArticleSerializer(FactsSerializer):
    """An article: exactly one of `text`, `file` (in a form) and `url` (where the installation allows it)."""

    title = serializers.CharField(required=False, allow_blank=True, max_length=300, help_text="Else the article's own.")
    text = serializers.CharField(required=False, max_length=1_000_000, trim_whitespace=False)
    file = serializers.FileField(required=False, allow_empty_file=True, max_length=255)
    url = serializers.CharField(required=False, max_length=1_000)


class BegunSerializer(serializers.Serializer[Any]):
    """What came of an article. `course` and `slug` are null while it is still fetched; `job` where there is no work."""

    job = serializers.UUIDField(allow_null=True)
    status = serializers.URLField(allow_null=True, help_text="Where to look how far the job is.")
    course = serializers.UUIDField(allow_null=True)
    slug = serializers.CharField(allow_null=True, help_text="It may change once, when the build finds the title.")
    is_known = serializers.BooleanField(help_text="You had made a course of exactly this text; nothing was added.")


class ReadingWarningSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()


class BuildSerializer(serializers.Serializer[Any]):
    """How far a course's build is."""

    course = serializers.UUIDField(source="course.uuid")
    slug = serializers.CharField(source="course.slug")
    title = serializers.CharField(source="course.title")
    job = serializers.UUIDField(source="job.uuid", default=None, allow_null=True)
    state = serializers.ChoiceField(
        source="job.state", choices=JobState.choices, default=JobState.DONE, help_text="Done where there is no job."
    )
    current = serializers.IntegerField(source="job.current", default=0)
    total = serializers.IntegerField(source="job.total", default=None, allow_null=True)
    warnings = ReadingWarningSerializer(source="course.reading_warnings", many=True)
