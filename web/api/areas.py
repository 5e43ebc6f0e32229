"""The areas of the interface. An address belongs to one by the module of urls it stands in; tokens may name areas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from rest_framework.permissions import SAFE_METHODS

from accounts.models import Area
from web.api.limits import tell_rate

READ, WRITE = "read", "write"
AREAS: Mapping[str, str] = dict(Area.choices)
"""What each area holds, in words for whoever allows it."""
OF_EACH = "jobs"
"""Background work comes from every area, so a token for any of them may look at it."""
SCOPES = {
    READ: "Read what you may see",
    WRITE: "Do what you may do",
    **{f"{area}:{READ}": f"Read: {words}" for area, words in AREAS.items()},
    **{f"{area}:{WRITE}": f"Read and change: {words}" for area, words in AREAS.items()},
}


def allowing(area: str, *, reads: bool) -> tuple[str, ...]:
    """The scopes any of which allow to read in the area, or to change things there. Who may change may read."""
    areas = tuple(AREAS) if area == OF_EACH else (area,)
    acts = (READ, WRITE) if reads else (WRITE,)
    return (*acts, *(f"{each}:{act}" for each in areas for act in acts))


def addresses_of(
    area: str, patterns: Sequence[URLPattern], *, changed_in: Mapping[str, str] | None = None
) -> list[URLPattern]:
    """The addresses as those of this area; each answers with how many calls are left, where they were counted.

    What is changed at those named in `changed_in` is of the other area that stands there.
    """
    changing = changed_in or {}
    views = [_of_areas(area, changing.get(each.name or "", area), each.name or "", each.callback) for each in patterns]
    return [
        URLPattern(each.pattern, view, each.default_args, each.name) for each, view in zip(patterns, views, strict=True)
    ]


def area_at(view: Any, method: str) -> str:
    """The area of a call of this method at the view of an address; "" for what describes the interface."""
    return str(getattr(view, "area" if method.upper() in SAFE_METHODS else "changing_area", ""))


def _of_areas(area: str, changing: str, name: str, view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        tell_rate(request, response)
        return response

    # What ScopeAllows and the schema look for.
    answered.area, answered.changing_area, answered.address_name = area, changing, name  # type: ignore[attr-defined]  # -- a function takes what is set
    return answered
