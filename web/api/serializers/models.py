"""Drafting with a model: where text would go, who allows it, and how far it is."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from jobs.models import JobState


class DestinationSerializer(serializers.Serializer[Any]):
    """The model that this installation is set up with."""

    address = serializers.CharField()
    host = serializers.CharField()
    model = serializers.CharField()


class AskedLessonSerializer(serializers.Serializer[Any]):
    lesson = serializers.SlugField(source="lesson.slug")
    job = serializers.UUIDField(source="job.uuid")
    state = serializers.ChoiceField(source="job.state", choices=JobState.choices)
    added = serializers.IntegerField(help_text="Drafts that came of it.")
    turned_away = serializers.IntegerField(help_text="Proposals that did not pass the gate.")


class ModelSerializer(serializers.Serializer[Any]):
    destination = DestinationSerializer(allow_null=True, help_text="Null where no model is set up.")
    is_allowed = serializers.BooleanField(help_text="Whether the owner allows the text to be sent there.")
    lessons = AskedLessonSerializer(many=True, help_text="What was asked of late, by its newest job.")


class ModelRuleSerializer(serializers.Serializer[Any]):
    """The address that was read, which the text may be sent to; empty forbids it."""

    address = serializers.CharField(allow_blank=True, max_length=300)


class ModelAskedSerializer(serializers.Serializer[Any]):
    lessons = serializers.IntegerField(help_text="How many lessons go to the model now.")
