"""A page of what the domain keeps in an order of its own, and the address of the one behind it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from web.api.pagination import LinkedCursorPagination

AFTER = "after"
LONGEST_CURSOR = 200


def page_size(request: Request) -> int:
    """How many rows the caller asks for, as for every other list."""
    return LinkedCursorPagination().get_page_size(request) or LinkedCursorPagination.page_size


def place(request: Request) -> str:
    """Behind what the page begins; "" for the first."""
    return str(request.query_params.get(AFTER, ""))[:LONGEST_CURSOR].replace("\x00", "")


def named_place(request: Request) -> UUID | None:
    """The thing behind which the page begins; None for the first, and for what names none."""
    try:
        return UUID(place(request))
    except ValueError:
        return None


def following(request: Request, rows: Any, *, cursor: str) -> Response:
    """The rows in the shape of every list; `cursor` leads behind them, "" at the end."""
    url = replace_query_param(request.build_absolute_uri(), AFTER, cursor) if cursor else None
    header = {"Link": f'<{url}>; rel="next"'} if url else None
    return Response({"results": rows, "next": url, "previous": None}, headers=header)
