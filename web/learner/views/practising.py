"""Practising a concept: its questions one after the other, judged on the spot, and never counted."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.domain.on_the_spot import practised
from quizzes.domain.practising import practice_of
from web.learner.errors import told
from web.learner.forms import is_place
from web.learner.practised import asked_or_judged
from web.learner.views.reading import part_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@told
def concept(request: HttpRequest, course: str, concept: str) -> HttpResponse:
    """One of the concept's questions, and after a POST the verdict on its answer; `turn` in the address goes on."""
    found, enrollment = part_in(request, course)
    practice = practice_of(enrollment, concept=concept, at=timezone.now())
    wanted = request.GET.get("turn", "")
    turn = int(wanted) if is_place(wanted) else 0
    version, total = practice.version(turn), len(practice.versions)
    shown: dict[str, Any] = {"course": found, "concept": practice.concept, "total": total, "next": turn + 1}
    if version is not None:
        shown |= {"number": turn % total + 1, **asked_or_judged(request, practised(version, seed=turn, concept=""))}
    return render(request, "learner/practising/concept.html", shown)
