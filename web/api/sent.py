"""What a caller sent, as the shape that it should have."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.serializers import Serializer


def sent(request: Request, shape: type[Serializer[Any]], **context: Any) -> dict[str, Any]:
    """The fields of the body; raises ValidationError that names each one that is wrong."""
    return _fields(shape(data=request.data, context=context))


def asked(request: Request, shape: type[Serializer[Any]], **context: Any) -> dict[str, Any]:
    """The fields of the address's query; raises ValidationError that names each one that makes no sense."""
    return _fields(shape(data=request.query_params.dict(), context=context))


def _fields(filled: Serializer[Any]) -> dict[str, Any]:
    filled.is_valid(raise_exception=True)
    fields: dict[str, Any] = filled.validated_data
    return fields
