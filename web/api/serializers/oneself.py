"""What belongs to whoever calls: what they were told, their goal, their certificates, what is kept about them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import InboxMessage
from course.models import CertificateFor, Enrollment, Role
from quizzes.models import Certificate


class MessageSerializer(serializers.ModelSerializer[InboxMessage]):
    class Meta:
        model = InboxMessage
        fields = ("uuid", "kind", "text", "url", "created_at", "read_at")
        read_only_fields = fields


class ReadUpToSerializer(serializers.Serializer[Any]):
    up_to = serializers.UUIDField(required=False, help_text="The newest message that was seen; without it, all count.")


class MessagesReadSerializer(serializers.Serializer[Any]):
    read = serializers.IntegerField(help_text="How many were not read before.")


class GoalSerializer(serializers.Serializer[Any]):
    days = serializers.IntegerField(source="goal.days")
    week = serializers.ListField(child=serializers.BooleanField(), help_text="Each day from Monday on: was it learnt?")
    weeks = serializers.IntegerField(help_text="For how many weeks the goal was kept to.")
    is_kept = serializers.BooleanField(help_text="Whether it is in this week.")


class OwnGoalSerializer(serializers.Serializer[Any]):
    days = serializers.IntegerField(allow_null=True, help_text="On how many days a week; None without a goal.")
    is_paused = serializers.BooleanField()
    standing = GoalSerializer(allow_null=True, help_text="None without a goal, or while it is paused.")


class SetGoalSerializer(serializers.Serializer[Any]):
    days = serializers.IntegerField(min_value=0, max_value=7, help_text="0 takes the goal away.")
    is_paused = serializers.BooleanField(required=False, default=False)


class JoinSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=40)


class OwnPartSerializer(serializers.ModelSerializer[Enrollment]):
    course = serializers.SlugField(source="course.slug", read_only=True)
    role = serializers.ChoiceField(choices=Role.choices, read_only=True)

    class Meta:
        model = Enrollment
        fields = ("uuid", "course", "role", "enrolled_at")
        read_only_fields = fields


class CertificateSerializer(serializers.ModelSerializer[Certificate]):
    class Meta:
        model = Certificate
        fields = ("code", "name", "title", "issued_at")
        read_only_fields = fields


class UnreadLessonSerializer(serializers.Serializer[Any]):
    slug = serializers.SlugField()
    title = serializers.CharField()


class LeftQuizSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()
    title = serializers.CharField()


class CompletionSerializer(serializers.Serializer[Any]):
    certificate_for = serializers.ChoiceField(source="wanted", choices=CertificateFor.choices)
    is_complete = serializers.BooleanField()
    unread = UnreadLessonSerializer(many=True)
    not_passed = LeftQuizSerializer(many=True)
    held_back = LeftQuizSerializer(many=True, help_text="Taken, and shown later.")


class OwnCertificateSerializer(serializers.Serializer[Any]):
    completion = CompletionSerializer()
    certificate = CertificateSerializer(allow_null=True)


class TouchedSerializer(serializers.Serializer[Any]):
    what = serializers.CharField()
    rows = serializers.IntegerField()
    becomes = serializers.CharField()


class EraseSerializer(serializers.Serializer[Any]):
    sure = serializers.ChoiceField(choices=["erase"], help_text="So that this does not happen by accident.")
