"""Endpoints and what was sent to them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from hooks.models import TOLD, Delivery, DeliveryTry, Endpoint


class EndpointSerializer(serializers.ModelSerializer[Endpoint]):
    types: Any = serializers.SlugRelatedField(slug_field="type", source="subscriptions", many=True, read_only=True)

    class Meta:
        model = Endpoint
        fields: tuple[str, ...] = (
            "uuid",
            "address",
            "types",
            "state",
            "failing_since",
            "old_secret_until",
            "created_at",
        )
        read_only_fields = fields


class EndpointWithSecretSerializer(EndpointSerializer):
    """Answers where a secret was made: nobody shows it again."""

    class Meta(EndpointSerializer.Meta):
        fields = (*EndpointSerializer.Meta.fields, "secret")
        read_only_fields = fields


class EndpointTermsSerializer(serializers.Serializer[Any]):
    address = serializers.CharField(max_length=1_000, help_text="Public, https:// or http://, at port 443 or 80.")
    types = serializers.MultipleChoiceField(
        choices=[kind.value for kind in TOLD], allow_empty=False, help_text="What it is told of."
    )


class DeliveryTrySerializer(serializers.ModelSerializer[DeliveryTry]):
    class Meta:
        model = DeliveryTry
        fields = ("at", "milliseconds", "status", "error", "excerpt")
        read_only_fields = fields


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    next_try_at = serializers.DateTimeField(allow_null=True, read_only=True)

    class Meta:
        model = Delivery
        fields: tuple[str, ...] = ("uuid", "type", "state", "happened_at", "delivered_at", "next_try_at")
        read_only_fields = fields


class DeliveryWithTriesSerializer(DeliverySerializer):
    tries = DeliveryTrySerializer(many=True, read_only=True)

    class Meta(DeliverySerializer.Meta):
        fields = (*DeliverySerializer.Meta.fields, "data", "tries")
        read_only_fields = fields
