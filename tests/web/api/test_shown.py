"""A shape that is kept shows what a new one would, however often and to however many at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from rest_framework import serializers

from web.api.serializers.attempts import SavedAnswerSerializer, SubmittedSerializer
from web.api.shown import shown

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
UUID_ = UUID(int=7)


class Inner(serializers.Serializer[Any]):
    name = serializers.CharField(source="word", allow_blank=True)
    at = serializers.DateTimeField(allow_null=True)


class Outer(serializers.Serializer[Any]):
    number = serializers.FloatField(allow_null=True)
    inner = Inner()
    some = Inner(many=True)
    free = serializers.JSONField(allow_null=True)


VALUES: list[tuple[type[serializers.Serializer[Any]], Any]] = [
    (Outer, {"number": 1, "inner": {"word": "ä", "at": AT}, "some": [], "free": {"a": [None]}}),
    (Outer, {"number": None, "inner": {"word": "", "at": None}, "some": [{"word": "b", "at": AT}] * 3, "free": None}),
    (SavedAnswerSerializer, {"position": 1, "sequence": 2, "saved_at": AT, "warning": ""}),
    (SubmittedSerializer, {"uuid": UUID_, "state": "submitted", "status": "https://example.org/"}),
]


@pytest.mark.parametrize(("shape", "value"), VALUES)
def test_it_is_what_a_new_serializer_shows(shape: type[serializers.Serializer[Any]], value: Any) -> None:
    assert shown(shape, value) == shape(value).data == shown(shape, value)


def test_nothing_of_one_value_is_in_what_is_shown_of_another() -> None:
    first = shown(Outer, VALUES[0][1])
    second = shown(Outer, VALUES[1][1])
    assert (first, second) == (Outer(VALUES[0][1]).data, Outer(VALUES[1][1]).data)
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda _: shown(Outer, VALUES[1][1]), range(40))) == [second] * 40
