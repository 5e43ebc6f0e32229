"""Appeals: the answers that learners want looked at again, and all that deciding about one would change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jobs.domain.clock import database_now
from language import marked, say
from quizzes.domain.answers_in_words import answer_in_words
from quizzes.domain.appeals import (
    accept_for_everybody,
    accept_for_these,
    acceptance_of,
    appealed_answers,
    decline,
    together_with,
)
from quizzes.domain.questions import may_accept, title_of
from quizzes.errors import QuizError
from quizzes.models import Appeal, AppealState
from web.studio.access import author, for_graders, see
from web.studio.answer_view import shown_question
from web.studio.forms import DecisionForm
from web.studio.wording import waited

PROPOSED = marked(
    "Proposed, and nobody is graded by it yet. This course asks for two people: a colleague accepts it on this page."
)

DECISIONS: dict[str, Callable[..., Any]] = {
    "everybody": accept_for_everybody,
    "these": accept_for_these,
    "decline": decline,
}


@require_safe
@for_graders
def appeals(request: HttpRequest, *, course: Any) -> HttpResponse:
    """Every appealed answer that waits for a decision, the longest waiting first."""
    now = database_now()
    rows = [
        {
            "appealed": each,
            "answer": answer_in_words(each.appeal.response.version, each.appeal.response.answer),
            "title": title_of(each.appeal.response.version),
            "age": waited(now - each.since),
        }
        for each in appealed_answers(course)
    ]
    context = {"section": "studio", "step": "appeals", "course": course, "rows": rows}
    return render(request, "studio/appeals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_graders
def appeal(request: HttpRequest, *, course: Any, appeal: UUID) -> HttpResponse:
    """One answer, who appeals with it, and what accepting it changes for whom; a POST decides."""
    together = Appeal.objects.select_related(
        "response__attempt__quiz",
        "response__attempt__enrollment__user",
        "response__version__question",
        "decided_by",
        "run",
    )
    found = get_object_or_404(together, question__course=course.pk, uuid=appeal)
    decide = DECISIONS.get(request.POST.get("do", ""))
    form = DecisionForm(request.POST if decide else None)
    if request.method == "POST" and decide is not None and form.is_valid():
        return _decide(request, course, found, decide, form.cleaned_data["decision"])
    is_open = found.state == AppealState.OPEN
    accepting = acceptance_of(found, at=database_now()) if is_open else None
    proposal = accepting.proposal if accepting else None
    context = {
        "section": "studio",
        "course": course,
        "appeal": found,
        "answer": answer_in_words(found.response.version, found.response.answer),
        "appeals": together_with(found) if is_open else (found,),
        "accepting": accepting,
        "is_own_proposal": proposal is not None and not may_accept(proposal, by=author(request)),
        "form": form,
        **shown_question(found.response.version),
    }
    return render(request, "studio/appeal.html", context, status=422 if form.errors else 200)


def _decide(
    request: HttpRequest, course: Any, appeal: Appeal, decide: Callable[..., Any], decision: str
) -> HttpResponse:
    try:
        if decide(appeal, by=author(request), decision=decision) is None:
            messages.info(request, say(PROPOSED))
    except QuizError as refused:
        messages.warning(request, str(refused))
    return see(reverse("studio:appeal", args=[course.slug, appeal.uuid]))
