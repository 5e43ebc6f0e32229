"""Why an answer has its grade: every grading of it as far as the policy shows it, and a way to question the grade."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from quizzes.domain.appeals import appeals_of, raise_appeal
from quizzes.domain.ledger import ledger_of
from quizzes.domain.own_attempt import own_attempt
from quizzes.domain.review import review_of
from quizzes.errors import AttemptClosed, NothingToAppeal
from quizzes.models import AttemptState, CauseKind, Response
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
    response = _response(own, position)
    if Shown.VERDICT not in review_of(own, at=own.now).shown:
        raise NothingToAppeal
    raise_appeal(response, text=form.cleaned_data["words"], at=own.now)
    return see(reverse("learner:why", args=[attempt, position]))


def _response(own: Any, position: int) -> Response:
    together = Response.objects.select_related("version__question")
    return together.get(attempt=own.pk, position=min(position, 100_000))


def _page(request: HttpRequest, attempt: UUID, position: int, form: AppealForm, *, status: int = 200) -> HttpResponse:
    own = own_attempt(request.user, uuid=attempt)
    if own.state != AttemptState.SUBMITTED:
        raise AttemptClosed("This answer is explained once the attempt is submitted and graded.")
    response, review = _response(own, position), review_of(own, at=own.now)
    item = next(each for each in review.items if each.position == response.position)
    entries = [each for each in ledger_of(response) if each.cause_kind != CauseKind.TRY]
    context = {
        "attempt": own,
        "quiz": own.quiz,
        "question": reviewed(item),
        "item": item,
        "entries": entries if Shown.VERDICT in review.shown else (),
        "tells": {shown.value: shown in review.shown for shown in Shown},
        "appeal": appeals_of([response.pk]).get(response.pk),
        "form": form,
    }
    return render(request, "learner/quizzes/why.html", context, status=status)
