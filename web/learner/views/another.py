"""Another question like one that was answered: asked and judged on the spot, and never counted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.domain.another import another_like
from quizzes.domain.own_attempt import own_attempt
from web.learner.errors import told
from web.learner.forms import is_place
from web.learner.practised import asked_or_judged


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@told
def another(request: HttpRequest, *, attempt: UUID, position: int) -> HttpResponse:
    """The question, and after a POST the verdict on its answer; `turn` in the address goes on to the next."""
    own = own_attempt(request.user, uuid=attempt)
    wanted = request.GET.get("turn", "")
    turn = int(wanted) if is_place(wanted) else 0
    question = another_like(own, position=position, turn=turn)
    shown: dict[str, Any] = {"attempt": own, "quiz": own.quiz, "position": position, "turn": turn, "next": turn + 1}
    shown |= {"concept": question.concept, **asked_or_judged(request, question)}
    return render(request, "learner/quizzes/another.html", shown)
