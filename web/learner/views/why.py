"""Why an answer has its grade: every grading of it as the policy shows it, what proves it, a way to question it."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from quizzes.domain.own_attempt import own_attempt
from quizzes.domain.sightings import say_found
from quizzes.domain.why_graded import HIGHEST, appeal_own, why_graded
from quizzes.policy import Shown
from web.learner.errors import told
from web.learner.forms import AppealForm
from web.learner.reviewing import reviewed
from web.learner.views.quizzes import see


@require_GET
@never_cache
@login_required
@told
def why(request: HttpRequest, *, attempt: UUID, position: int) -> HttpResponse:
    """How this answer came to its grade, and an appeal about it."""
    return _page(request, attempt, position, AppealForm())


@require_POST
@never_cache
@login_required
@told
def appeal(request: HttpRequest, *, attempt: UUID, position: int) -> HttpResponse:
    """The learner questions the grade, with a reason; sent twice, it is one appeal."""
    form = AppealForm(request.POST)
    if not form.is_valid():
        return _page(request, attempt, position, form, status=422)
    own = own_attempt(request.user, uuid=attempt)
    appeal_own(own, position=position, text=form.cleaned_data["words"], at=own.now)
    return see(reverse("learner:why", args=[attempt, position]))


@require_POST
@never_cache
@login_required
@told
def found(request: HttpRequest, *, attempt: UUID, position: int) -> HttpResponse:
    """The learner has found in the passage what they missed; then they stand at the question in their review again."""
    own = own_attempt(request.user, uuid=attempt)
    say_found(own, position=min(position, HIGHEST), at=own.now)
    return see(f"{reverse('learner:attempt', args=[attempt])}#q{position}h")


def _page(request: HttpRequest, attempt: UUID, position: int, form: AppealForm, *, status: int = 200) -> HttpResponse:
    own = own_attempt(request.user, uuid=attempt)
    explained = why_graded(own, position=position, at=own.now)
    context = {
        "attempt": own,
        "quiz": own.quiz,
        "question": reviewed(explained.item),
        "item": explained.item,
        "entries": explained.entries,
        "tells": {shown.value: shown in explained.review.shown for shown in Shown},
        "appeal": explained.appeal,
        "form": form,
    }
    return render(request, "learner/quizzes/why.html", context, status=status)
