"""A quiz while it is taken, refreshed by itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from jobs.domain.clock import database_now
from quizzes.domain.monitoring import counts_of, stuck_at
from quizzes.models import Quiz
from web.studio.access import for_graders


@require_safe
@for_graders
def monitor(request: HttpRequest, *, course: Any, quiz: str) -> HttpResponse:
    """How many are where, and who has not saved for long; the part of it that changes where a script asks."""
    found = get_object_or_404(Quiz, course=course.pk, slug=quiz)
    now = database_now()
    context = {
        "section": "studio",
        "course": course,
        "quiz": found,
        "counts": counts_of(found, at=now),
        "stuck": stuck_at(found, at=now),
        "now": now,
    }
    is_fragment = bool(request.headers.get("HX-Request"))
    return render(request, f"studio/{'_monitor' if is_fragment else 'monitor'}.html", context)
