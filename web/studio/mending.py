"""The last finding that somebody mended, kept with their session so that they can take it back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from authoring.domain.lint_fixes import Mended
from quizzes.domain.wordings import print_of
from quizzes.models import QuestionVersion

KEPT = "mended"


def remember(request: HttpRequest, mended: Mended) -> None:
    """The person can take this back until they mend something else or sign out."""
    writer = str(mended.writer) if mended.writer else ""
    request.session[KEPT] = [str(mended.version), mended.seen, dict(mended.content), mended.origin, writer]


def remembered(request: HttpRequest, version: QuestionVersion) -> Mended | None:
    """What this person mended in this version last, if it still reads as it did then."""
    kept = request.session.get(KEPT)
    if not kept or kept[0] != str(version.uuid) or kept[1] != print_of(version):
        return None
    found, seen, content, origin, writer = kept
    return Mended(UUID(found), seen, content, origin, UUID(writer) if writer else None)


def forget(request: HttpRequest) -> None:
    """Nothing that was mended can be taken back any more."""
    request.session.pop(KEPT, None)
