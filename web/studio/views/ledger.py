"""A response's ledger: every grading of it, doing one again, and a person's word above all of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jobs.domain.clock import database_now
from language import say
from quizzes.domain.answers_in_words import answer_in_words
from quizzes.domain.ledger import ledger_of, newest_automatic, reproduced
from quizzes.domain.overrides import override_grade, take_back_override
from quizzes.domain.regrades import plan_regrade
from quizzes.errors import QuizError
from quizzes.models import Response
from web.studio.access import author, for_graders, see
from web.studio.answer_view import shown_question
from web.studio.forms import OverrideForm
from web.studio.typed import words_in


@require_http_methods(["GET", "HEAD", "POST"])
@for_graders
def ledger(request: HttpRequest, *, course: Any, attempt: UUID, position: int) -> HttpResponse:
    """Every grading of the response; `again=1` does the newest automatic one once more. A POST changes the grade."""
    together = Response.objects.select_related("attempt__quiz", "attempt__enrollment__user", "version__question")
    found = get_object_or_404(together, attempt__quiz__course=course.pk, attempt__uuid=attempt, position=position)
    form = OverrideForm(request.POST if request.POST.get("do") == "override" else None, of=found.max_points)
    if request.method == "POST" and request.POST.get("do") == "again":
        return _plan(request, course, found)
    if request.method == "POST" and (request.POST.get("do") == "back" or form.is_valid()):
        _decide(request, found, form)
        return see(reverse("studio:ledger", args=[course.slug, attempt, position]))
    entries = ledger_of(found)
    automatic = newest_automatic(entries) if request.GET.get("again") else None
    context = {
        "section": "studio",
        "course": course,
        "response": found,
        "answer": answer_in_words(found.version, found.answer),
        "entries": entries,
        "again": reproduced(found, automatic, at=database_now()) if automatic else None,
        "by_person": bool(entries) and entries[-1].by_person,
        "form": form,
        **shown_question(found.version),
    }
    return render(request, "studio/ledger.html", context, status=422 if form.errors else 200)


def _plan(request: HttpRequest, course: Any, response: Response) -> HttpResponse:
    """A run over this answer alone: its dry run is the next page."""
    reason = words_in(request.POST, "reason")[:500] or say("This answer was looked at again.")
    run = plan_regrade(course, responses=[response], reason=reason, actor=author(request))
    return see(reverse("studio:regrade", args=[course.slug, run.uuid]))


def _decide(request: HttpRequest, response: Response, form: OverrideForm) -> None:
    try:
        if request.POST.get("do") == "back":
            take_back_override(response, actor=author(request))
        else:
            reason = form.cleaned_data["reason"]
            override_grade(response, fraction=form.fraction, reason=reason, actor=author(request))
    except QuizError as refused:
        messages.warning(request, str(refused))
