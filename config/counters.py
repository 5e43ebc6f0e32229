"""What this process counts by itself, from its start on: saves of answers that were not taken."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from django.http import HttpRequest
from django.http.response import HttpResponseBase

SAVES = frozenset({"learner:response", "api:response"})
"""The addresses that save one answer, by name."""
CONFLICT, OUR_FAULT = 409, 500


class Autosaves:
    """How many saves met a newer answer (`stale`), and how many failed through our fault."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.stale = 0
        self.failed = 0

    def count(self, status: int) -> None:
        """One more save was answered with this HTTP status."""
        with self._lock:
            self.stale += status == CONFLICT
            self.failed += status >= OUR_FAULT


autosaves = Autosaves()


class CountedSaves:
    """Counts the saves that were not taken; any other request costs a comparison."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code >= CONFLICT and _saves_an_answer(request):
            autosaves.count(response.status_code)
        return response


def _saves_an_answer(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name in SAVES
