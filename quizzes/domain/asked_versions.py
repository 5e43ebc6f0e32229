"""Responses with the question version that each asks, as answering, grading and reviewing look at it."""

from __future__ import annotations

from django.db.models import QuerySet

from quizzes.models import Response

AUTHORING = (
    *("origin", "drafter", "archived_from", "written_by", "reviewed_by"),
    *("reviewed_at", "review_note", "created_at", "published_at"),
)
"""What only the studio shows of a version: half of its columns, read ten times for each page of ten questions."""


def with_version(responses: QuerySet[Response]) -> QuerySet[Response]:
    """The responses with their version. What its authors alone look at is fetched only if it is asked for."""
    return responses.select_related("version").defer(*(f"version__{name}" for name in AUTHORING))
