"""The concepts that were found: accepted, rejected, defined."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from authoring.domain.further_drafts import define_and_draft
from authoring.domain.review import accept_asked_concepts, concepts_under_review
from course.domain.concepts import decide_concept
from course.models import Concept, ConceptState
from web.studio.access import for_editors, see
from web.studio.forms import DefinitionForm
from web.studio.wording import counted

DRAFTING = "Questions that use this definition are being drafted. They will wait among the questions to review."
STATES = {"accept": ConceptState.ACCEPTED, "reject": ConceptState.REJECTED, "undo": ConceptState.SUGGESTED}


@require_safe
@for_editors
def concepts(request: HttpRequest, *, course: Any) -> HttpResponse:
    """Every suggested concept in its sentence, with the reasons why it was suggested."""
    context = {"section": "studio", "step": "concepts", "course": course, "concepts": concepts_under_review(course)}
    return render(request, "studio/concepts.html", context)


@require_POST
@for_editors
def decide(request: HttpRequest, *, course: Any, concept: str) -> HttpResponse:
    """The concept is accepted, rejected, undecided again, or explained in the author's words."""
    found = get_object_or_404(Concept, course=course.pk, slug=concept)
    wanted = STATES.get(request.POST.get("do", ""))
    form = DefinitionForm(request.POST)
    job = None
    if "definition" in request.POST and form.is_valid():
        job = define_and_draft(found, definition=form.cleaned_data["definition"].strip())
    if wanted is not None:
        decide_concept(found, state=wanted)
    if request.headers.get("HX-Request"):
        return _changed(request, course, found, is_drafting=job is not None)
    if job is not None:
        messages.success(request, DRAFTING)
    return see(f"{reverse('studio:concepts', args=[course.slug])}#c-{found.slug}")


def _changed(request: HttpRequest, course: Any, concept: Concept, *, is_drafting: bool) -> HttpResponse:
    """The concept's row, and beside it what the page says of all of them."""
    rows = concepts_under_review(course)
    states = Counter(row.concept.state for row in rows)
    context = {
        "course": course,
        "row": next(row for row in rows if row.concept.pk == concept.pk),
        "known": states[ConceptState.ACCEPTED],
        "suggested": states[ConceptState.SUGGESTED],
        "is_fragment": True,
        "drafting": DRAFTING if is_drafting else "",
    }
    return render(request, "studio/_concept.html", context)


@require_POST
@for_editors
def accept_asked(request: HttpRequest, *, course: Any) -> HttpResponse:
    """Every concept that an accepted question asks about is accepted."""
    accepted = accept_asked_concepts(course)
    messages.success(request, f"{counted(accepted, 'concept was', 'concepts were')} accepted.")
    return see(reverse("studio:course", args=[course.slug]))
