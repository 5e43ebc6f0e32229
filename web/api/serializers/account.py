"""Who calls, what reaches them by mail, and the tokens in their name."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import Area, MailRule, PersonalToken, Spacing, TextSize, Theme, User
from language import LANGUAGES

BY_DEVICE = "Empty leaves it to each device."


class OwnSerializer(serializers.ModelSerializer[User]):
    theme = serializers.ChoiceField(choices=Theme.choices, allow_blank=True, read_only=True, help_text=BY_DEVICE)
    size = serializers.ChoiceField(choices=TextSize.choices, allow_blank=True, read_only=True, help_text=BY_DEVICE)
    spacing = serializers.ChoiceField(choices=Spacing.choices, allow_blank=True, read_only=True, help_text=BY_DEVICE)
    language = serializers.ChoiceField(choices=LANGUAGES, allow_blank=True, read_only=True, help_text=BY_DEVICE)

    class Meta:
        model = User
        fields = ("uuid", "name", "email", "may_author", "joined_at", "theme", "size", "spacing", "language")
        read_only_fields = fields


class ChangeOwnSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=150, allow_blank=True, required=False, help_text="As instructors see it.")
    theme = serializers.ChoiceField(choices=Theme.choices, allow_blank=True, required=False, help_text=BY_DEVICE)
    size = serializers.ChoiceField(choices=TextSize.choices, allow_blank=True, required=False, help_text=BY_DEVICE)
    spacing = serializers.ChoiceField(choices=Spacing.choices, allow_blank=True, required=False, help_text=BY_DEVICE)
    language = serializers.ChoiceField(choices=LANGUAGES, allow_blank=True, required=False, help_text=BY_DEVICE)


class MailKindSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField(source="slug", help_text="As in the inbox.")
    name = serializers.CharField(source="label", help_text="What the account page calls it.")
    is_mailed = serializers.BooleanField(help_text="Whether a digest counts such messages.")


class OwnMailSerializer(serializers.Serializer[Any]):
    every = serializers.ChoiceField(choices=MailRule.Every.choices, help_text="How often there is a digest.")
    kinds = MailKindSerializer(many=True)


class SetMailSerializer(serializers.Serializer[Any]):
    every = serializers.ChoiceField(choices=MailRule.Every.choices)
    mailed = serializers.ListField(
        child=serializers.CharField(max_length=60), max_length=100, help_text="The kinds that a digest counts, all."
    )

    def validate_mailed(self, kinds: list[str]) -> list[str]:
        known: set[str] = self.context["kinds"]
        if strange := sorted(set(kinds) - known):
            raise serializers.ValidationError(f"You are told of no such kind: {', '.join(strange)}.")
        return kinds


class TokenSerializer(serializers.ModelSerializer[PersonalToken]):
    areas = serializers.SerializerMethodField(help_text="The areas it is limited to; none of them where it is not.")

    class Meta:
        model = PersonalToken
        fields = ("uuid", "name", "scope", "areas", "prefix", "created_at", "last_used_at", "expires_at")
        read_only_fields = fields

    def get_areas(self, token: PersonalToken) -> list[Area]:
        return token.limits
