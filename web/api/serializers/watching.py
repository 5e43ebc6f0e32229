"""A quiz while it is taken: where its attempts are, who has not saved for long, and more time for those at work."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from course.roster import MOST_DAYS, MOST_TYPED
from quizzes.domain.extensions import MOST_MINUTES
from quizzes.models import Extension


class CountsSerializer(serializers.Serializer[Any]):
    in_progress = serializers.IntegerField()
    saving = serializers.IntegerField(help_text="Of those in progress, who saved within two minutes.")
    submitted = serializers.IntegerField()
    being_graded = serializers.IntegerField()
    waiting = serializers.IntegerField(help_text="For a person.")
    graded = serializers.IntegerField()


class StuckSerializer(serializers.Serializer[Any]):
    learner = serializers.UUIDField(source="enrollment.uuid")
    name = serializers.CharField(source="enrollment.user.name")
    since = serializers.DateTimeField(help_text="When they saved last.")
    deadline = serializers.DateTimeField(allow_null=True)


class MonitorSerializer(serializers.Serializer[Any]):
    at = serializers.DateTimeField(help_text="When this was so.")
    counts = CountsSerializer()
    stuck = StuckSerializer(many=True, help_text="Fifty at most, who has not saved for longest first.")


class ExtensionSerializer(serializers.ModelSerializer[Extension]):
    gained = serializers.JSONField(help_text="By uuid, the days of each learner and the seconds of each attempt.")

    class Meta:
        model = Extension
        fields = ("uuid", "seconds", "days", "gained", "given_at", "taken_back_at")
        read_only_fields = fields


class ExtendSerializer(serializers.Serializer[Any]):
    learners = serializers.ListField(
        child=serializers.UUIDField(), default=None, allow_null=True, max_length=MOST_TYPED, help_text="By their uuid."
    )
    cohort = serializers.UUIDField(default=None, allow_null=True, help_text="Everybody in this cohort.")
    everybody_at_work = serializers.BooleanField(default=False)
    minutes = serializers.IntegerField(default=0, min_value=0, max_value=MOST_MINUTES)
    days = serializers.IntegerField(default=0, min_value=0, max_value=MOST_DAYS)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """They are chosen in one way, and get something."""
        if sum(bool(given[name]) for name in ("learners", "cohort", "everybody_at_work")) != 1:
            raise serializers.ValidationError({"learners": ["Name learners, or a cohort, or everybody at work."]})
        if not given["minutes"] and not given["days"]:
            raise serializers.ValidationError({"minutes": ["Say how many minutes or days they get."]})
        return given


class ShortenedSerializer(serializers.Serializer[Any]):
    shortened = serializers.IntegerField(help_text="Running attempts that end earlier again.")
    spared = serializers.IntegerField(help_text="Those that keep their time: they would be over by now.")
