"""What a course keeps about its people and for how long, its end, and what was done in it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import AuditEntry
from course.models import Course

SURE = "erase"


class ForgottenSerializer(serializers.Serializer[Any]):
    what = serializers.CharField(help_text="A sort of row.")
    rows = serializers.IntegerField(help_text="How many.")
    becomes = serializers.CharField(help_text="What becomes of them.")


class SureSerializer(serializers.Serializer[Any]):
    sure = serializers.ChoiceField(choices=[SURE], help_text="So that this does not happen by accident.")


class ErasedSerializer(serializers.Serializer[Any]):
    rows = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many rows of each sort it touched; none once it was done."
    )


class PastSerializer(serializers.Serializer[Any]):
    parts = serializers.IntegerField()
    rows = ForgottenSerializer(many=True)


class RetentionSerializer(serializers.Serializer[Any]):
    days = serializers.IntegerField(allow_null=True, help_text="The course's own rule; None for the installation's.")
    kept = serializers.IntegerField(allow_null=True, help_text="What holds; None for as long as the course exists.")
    past = PastSerializer(allow_null=True, help_text="What is past its time now, and erased in the background.")


class DaysSerializer(serializers.Serializer[Any]):
    days = serializers.IntegerField(allow_null=True, min_value=Course.LEAST_DAYS, max_value=Course.MOST_DAYS)


class HistoryQuerySerializer(serializers.Serializer[Any]):
    verb = serializers.CharField(default="", allow_blank=True, max_length=60, help_text="Only what was done so.")
    who = serializers.CharField(
        default="", allow_blank=True, max_length=100, help_text="Part of the name or address of who did it."
    )


class AuditEntrySerializer(serializers.ModelSerializer[AuditEntry]):
    who = serializers.CharField(source="actor.name", allow_null=True, default=None)
    detail = serializers.JSONField()

    class Meta:
        model = AuditEntry
        fields = ("at", "verb", "subject", "who", "detail")
        read_only_fields = fields
