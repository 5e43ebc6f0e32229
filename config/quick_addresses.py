"""Addresses of views, put together by forms that are kept: a page of ten questions has fifty, nearly all alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

_PLAIN = re.compile(r"[A-Za-z0-9_-]+")
# Two values of each type, as unlike as they come: where both stand in an address unchanged, any other does.
_MARKS: Mapping[type, Callable[[int], tuple[Any, Any]]] = {
    int: lambda place: (place, 9_000_000 + place),
    str: lambda place: (f"{place}", f"-_aZ{place}-"),
    UUID: lambda place: (UUID(int=place), UUID(int=2**128 - 1 - place)),
}
_forms: dict[Any, str | None] = {}


def address(name: str, values: Sequence[Any], current_app: str | None = None) -> str:
    """What Django's reverse() gives for the view of this name, or NoReverseMatch as there.

    Quick for identifiers, whole numbers and plain slugs where the view takes any of them; all else is Django's work.
    Addresses depend on no language.
    """
    if all(map(_is_plain, values)):
        shape = (name, current_app, get_urlconf(settings.ROOT_URLCONF), get_script_prefix(), *map(type, values))
        if shape not in _forms:
            _forms[shape] = _form(name, [type(value) for value in values], current_app)
        form = _forms[shape]
        if form is not None:
            return form.format(*values)
    return reverse(name, args=values, current_app=current_app)


def _is_plain(value: Any) -> bool:
    kind = type(value)
    if kind is str:
        return _PLAIN.fullmatch(value) is not None
    return kind is UUID or (kind is int and value >= 0)


def _form(name: str, types: Sequence[type], current_app: str | None) -> str | None:
    """The address with places for the values; None where they do not arrive unchanged, or not every one may come."""
    one, other = zip(*(_MARKS[kind](place) for place, kind in enumerate(types, 11)), strict=True) if types else ((), ())
    try:
        made, again = (reverse(name, args=marks, current_app=current_app) for marks in (one, other))
    except NoReverseMatch:
        return None
    form = made.replace("{", "{{").replace("}", "}}")
    for place, mark in enumerate(one):
        form = form.replace(f"/{mark}/", f"/{{{place}}}/", 1)
    return form if form.format(*one) == made and form.format(*other) == again else None
