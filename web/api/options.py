"""`OPTIONS`: which methods an address knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.metadata import BaseMetadata
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.views import APIView


class OnlyAllowed(BaseMetadata):
    """`Allow` says it. What each method takes and answers is in the schema, and not made of the views once more."""

    def determine_metadata(self, request: Request, view: APIView) -> None:
        return None
