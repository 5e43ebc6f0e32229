"""Another question like one that was answered: asked and judged on the spot, and never counted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.domain.another import AnotherQuestion, another_like, answer_another
from quizzes.domain.attempt_page import AttemptItem
from quizzes.domain.own_attempt import own_attempt
from quizzes.errors import CannotCheck
from web.learner.asking import asked
from web.learner.errors import told
from web.learner.forms import answer_at, is_place
from web.learner.reviewing import reviewed


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
    raw = answer_at(request.POST, 1).raw if request.method == "POST" else None
    if request.method == "POST":
        try:
            shown["judged"] = reviewed(answer_another(question, raw=raw))
        except CannotCheck as error:
            shown["problem"] = str(error)
    shown |= {"question": asked(_item(question, raw)), "concept": question.concept}
    return render(request, "learner/quizzes/another.html", shown)


def _item(question: AnotherQuestion, raw: Any) -> AttemptItem:
    return AttemptItem(
        position=1,
        kind=question.version.kind,
        max_points=1.0,
        presentation=question.presentation,
        answer=raw,
        sequence=0,
        saved_at=None,
        confidence=None,
        flagged=False,
        warning="",
    )
