"""Lists a page at a time, by a cursor that new rows do not shift; the pages are linked in the body and the header."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response


class LinkedCursorPagination(CursorPagination):
    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    ordering: str | tuple[str, ...] = "pk"

    def decode_cursor(self, request: Request) -> Cursor | None:
        """The cursor that the caller sends back; one whose place is no key was made up and is refused."""
        cursor: Cursor | None = super().decode_cursor(request)
        place = "0" if cursor is None or cursor.position is None else str(cursor.position)
        if not (place.isascii() and place.isdigit()):
            raise NotFound(self.invalid_cursor_message)
        return cursor

    def get_paginated_response(self, data: Any) -> Response:
        links = {"next": self.get_next_link(), "prev": self.get_previous_link()}
        body = {"results": data, "next": links["next"], "previous": links["prev"]}
        header = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items() if url)
        return Response(body, headers={"Link": header} if header else None)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The form of a page, as get_paginated_response gives it."""
        link = {"type": ["string", "null"], "format": "uri", "description": "The page there; null where there is none."}
        members = {"results": schema, "next": link, "previous": link}
        return {"type": "object", "required": list(members), "properties": members}


class InOrder(LinkedCursorPagination):
    """The rows by the place that their course gives them; what is put behind the last is met on the way."""

    ordering = ("position", "pk")


class ByRank(LinkedCursorPagination):
    """The rows by rank, the first in importance first."""

    ordering = ("rank", "pk")


class NewestFirst(LinkedCursorPagination):
    """The rows that were made last come first; what is made while somebody walks is before where they began."""

    ordering = "-pk"
