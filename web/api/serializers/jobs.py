"""Work that takes longer than an answer."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from jobs.models import JobState


class AcceptedSerializer(serializers.Serializer[Any]):
    """What was asked for is being done."""

    job = serializers.UUIDField()
    status = serializers.URLField(help_text="Where to look how far it is.")


class JobSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()
    kind = serializers.CharField()
    state = serializers.ChoiceField(choices=JobState.choices)
    current = serializers.IntegerField(help_text="How much of it is done.")
    total = serializers.IntegerField(allow_null=True, help_text="Of how much; None while nobody knows.")
    result = serializers.JSONField(allow_null=True, help_text="What came of it, once it is done.")
    error = serializers.CharField(allow_blank=True, help_text="Why it will not be done; empty while it may be.")
