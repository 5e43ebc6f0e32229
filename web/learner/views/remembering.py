"""Remembering: what a learner missed comes back until it stays. Their own only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.domain.on_the_spot import practised
from quizzes.domain.remembering import (
    SESSION,
    ToRemember,
    deck_of,
    question_to_remember,
    recall,
    set_aside,
    take_up,
)
from quizzes.memory import Rating
from web.learner.errors import told
from web.learner.forms import is_place
from web.learner.practised import asked_or_judged
from web.learner.remembering import choices_for, remembering_of
from web.learner.views.reading import part_in, see_other


@login_required
@require_safe
@gzip_page
def deck(request: HttpRequest, course: str) -> HttpResponse:
    """What there is to remember in the course, when it comes back, and how well it is known."""
    found, enrollment = part_in(request, course)
    page = remembering_of(deck_of(enrollment, at=timezone.now()))
    return render(request, "learner/remembering/deck.html", {"section": "progress", "course": found, "page": page})


@login_required
@require_safe
@never_cache
def following(request: HttpRequest, course: str) -> HttpResponse:
    """Leads to the question that is due longest, or to the deck when the session is over; `left` counts it down."""
    _, enrollment = part_in(request, course)
    due = deck_of(enrollment, at=timezone.now()).due
    left = min(_left(request), len(due))
    if not left:
        return HttpResponseRedirect(reverse("learner:remember", args=[course]))
    return HttpResponseRedirect(f"{_address(course, due[0])}?left={left}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@told
def question(request: HttpRequest, course: str, question: UUID) -> HttpResponse:
    """One question: asked, then judged, then rated. A POST answers, rates, sets aside or takes up again."""
    found, enrollment = part_in(request, course)
    sent = request.POST
    if "take_up" in sent:
        take_up(enrollment, question)
        return see_other(reverse("learner:remember", args=[course]))
    if "set_aside" in sent:
        set_aside(enrollment, question)
        return _go_on(request, course)
    if sent.get("rating") in {"1", "2", "3", "4"} and is_place(sent.get("number", "")):
        recall(enrollment, question, rating=Rating(int(sent["rating"])), number=int(sent["number"]))
        return _go_on(request, course)
    card = question_to_remember(enrollment, question, at=timezone.now())
    shown = {"course": found, "card": card, "left": _left(request), **_asked_or_judged(request, card)}
    return render(request, "learner/remembering/question.html", shown)


def _asked_or_judged(request: HttpRequest, card: ToRemember) -> dict[str, Any]:
    concept = card.question.concept
    # Each time in another order, so that it is the answer that is remembered and not its place.
    posed = practised(card.version, seed=card.number, concept=concept.term if concept else "")
    shown = asked_or_judged(request, posed)
    return shown | {"choices": choices_for(card, at=timezone.now())} if "judged" in shown else shown


def _go_on(request: HttpRequest, course: str) -> HttpResponse:
    left = _left(request) - 1
    if left < 1:
        return see_other(reverse("learner:remember", args=[course]))
    return see_other(f"{reverse('learner:remember-next', args=[course])}?left={left}")


def _left(request: HttpRequest) -> int:
    """How many questions the session has left, this one among them, as the address says; never more than a session."""
    wanted = request.GET.get("left", "")
    return min(int(wanted), SESSION) if is_place(wanted) else SESSION


def _address(course: str, card: ToRemember) -> str:
    return reverse("learner:remember-question", args=[course, card.question.uuid])
