"""What is answered, in the shape that a serializer gives it."""

from __future__ import annotations

from functools import cache
from typing import Any

from rest_framework.serializers import Serializer


def shown(shape: type[Serializer[Any]], value: Any) -> dict[str, Any]:
    """The value as the serializer shows it, as `shape(value).data` would.

    For shapes that ask nothing of the request: a new serializer copies each of its fields and theirs, which costs more
    than showing ten questions with it. One is kept for all requests, and nothing of them is kept in it.
    """
    fields: dict[str, Any] = _kept(shape).to_representation(value)
    return fields


@cache
def _kept(shape: type[Serializer[Any]]) -> Serializer[Any]:
    return shape()
