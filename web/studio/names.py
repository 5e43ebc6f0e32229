"""Whether a grader sees who gave an answer: at first nobody does, until they ask for it."""

from __future__ import annotations

from django.http import HttpRequest

NAMES = "grading-shows-names"
"""In the session."""


def shows_names(request: HttpRequest) -> bool:
    """Whether this person sees names."""
    return bool(request.session.get(NAMES, False))


def switch_names(request: HttpRequest) -> None:
    """From now on this person sees names, or no longer."""
    request.session[NAMES] = not shows_names(request)
