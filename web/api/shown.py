"""What is answered, in the shape that a serializer gives it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from rest_framework.fields import CharField, Field, FloatField, IntegerField, ListField, SkipField
from rest_framework.serializers import ListSerializer, Serializer

Show = Callable[[Any], Any]
PLAIN: dict[type[Field[Any, Any, Any, Any]], Show] = {CharField: str, IntegerField: int, FloatField: float}
"""What these make of a value. A field of any other class, derived from one of them or not, is asked itself."""


def shown(shape: type[Serializer[Any]], value: Any) -> dict[str, Any]:
    """The value as the serializer shows it, as `shape(value).data` would.

    For shapes that ask nothing of the request. A new serializer copies each of its fields and theirs, and asks each for
    every value how it comes to it, which costs three times what ten questions cost otherwise: here both is done once.
    """
    fields: dict[str, Any] = _plan(shape)(value)
    return fields


@cache
def _plan(shape: type[Serializer[Any]]) -> Show:
    return _show_of(shape())


def _show_of(field: Any) -> Show:
    """What makes of a value that is not None what the field shows of it."""
    if isinstance(field, Serializer) and type(field).to_representation is Serializer.to_representation:
        return _all_of([(str(each.field_name), _read_of(each), _show_of(each)) for each in field._readable_fields])  # noqa: SLF001 -- as the serializer does
    if type(field) is ListSerializer:
        return _each_of(_show_of(field.child), field)
    if type(field) is ListField:
        return _each_of(_show_of(field.child), field)
    show: Show = PLAIN.get(type(field), field.to_representation)
    return show


def _all_of(parts: Sequence[tuple[str, Show, Show]]) -> Show:
    def show(value: Any) -> dict[str, Any]:
        found = {}
        for name, read, show_one in parts:
            try:
                held = read(value)
            except SkipField:
                continue
            found[name] = None if held is None else show_one(held)
        return found

    return show


def _each_of(show_one: Show, field: Any) -> Show:
    def show(value: Any) -> list[Any]:
        if not isinstance(value, list | tuple):
            return list(field.to_representation(value))
        return [None if each is None else show_one(each) for each in value]

    return show


def _read_of(field: Any) -> Show:
    """What finds the field's value in what is shown; where it is not simply there, the field finds it itself."""
    path: Sequence[str] = field.source_attrs

    def read(value: Any) -> Any:
        found = value
        try:
            for name in path:
                found = found[name] if type(found) is dict else getattr(found, name)
        except (AttributeError, KeyError):
            return field.get_attribute(value)
        return field.get_attribute(value) if callable(found) else found

    return read
