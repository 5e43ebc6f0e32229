"""The concepts under review in the text: accepted, rejected, explained, picked, and everything taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from authoring.domain.concept_picking import pick_phrase
from authoring.domain.concept_review import ConceptReview, accept_asked_concepts, review_concepts
from course.domain.concept_changes import decide_concepts
from course.errors import CourseError, NotInTheText
from course.models import Concept, ConceptChange, ConceptState, CourseState
from language import say
from quizzes.domain.concept_undo import last_deed, take_back
from web.studio.access import author, for_editors, see
from web.studio.concept_forms import PickForm
from web.studio.concept_words import deed_in_words
from web.studio.wording import counted

STATES = {"accept": ConceptState.ACCEPTED, "reject": ConceptState.REJECTED, "undo": ConceptState.SUGGESTED}


@require_safe
@for_editors
def concepts(request: HttpRequest, *, course: Any) -> HttpResponse:
    """The text with every concept marked in it, and what there is to decide in groups."""
    review = review_concepts(course)
    return _page(request, course, review, PickForm(passages=[each.passage for each in review.passages]))


def _page(
    request: HttpRequest, course: Any, review: ConceptReview, form: PickForm, *, status: int = 200
) -> HttpResponse:
    context = {**_around(request, course, review), "passages": review.passages, "form": form, "step": "concepts"}
    return render(request, "studio/concepts.html", context, status=status)


def _around(request: HttpRequest, course: Any, review: ConceptReview) -> dict[str, Any]:
    """What the page says of all concepts together, beside the text."""
    last = last_deed(course, by=author(request))
    return {
        "section": "studio",
        "course": course,
        "rows": review.rows,
        "unplaced": review.unplaced,
        "groups": review.groups.items(),
        "alike": review.alike,
        "known": review.tally(ConceptState.ACCEPTED),
        "suggested": review.tally(ConceptState.SUGGESTED),
        "unasked": sum(row.lacks_question for row in review.rows),
        "last": last,
        "last_words": deed_in_words(last) if last else "",
        "is_live": course.state == CourseState.PUBLISHED,
    }


@require_POST
@for_editors
def decide(request: HttpRequest, *, course: Any, concept: str) -> HttpResponse:
    """The concept is accepted, rejected or undecided again."""
    found = get_object_or_404(Concept, course=course.pk, slug=concept)
    wanted = STATES.get(request.POST.get("do", ""))
    if wanted is not None:
        decide_concepts([found], state=wanted, by=author(request))
    if request.headers.get("HX-Request"):
        return _changed(request, course, found)
    is_of_hub = request.POST.get("then") == "hub"
    return see(reverse("studio:concept", args=[course.slug, concept]) if is_of_hub else place_of(course, found))


def place_of(course: Any, concept: Concept) -> str:
    """Where the concept stands on the page of all of them."""
    return f"{reverse('studio:concepts', args=[course.slug])}#c-{concept.slug}"


def _changed(request: HttpRequest, course: Any, concept: Concept) -> HttpResponse:
    """The passage of the concept as it stands now, and beside it what the page says of all of them.

    The page is loaded anew for a concept that has been merged since: it has no place of its own any more.
    """
    review = review_concepts(course)
    row = next((each for each in review.rows if each.concept.pk == concept.pk), None)
    if row is None:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    home = next((each for each in review.passages if each.passage.number == row.home), None)
    context = {**_around(request, course, review), "each": home, "row": row, "is_fragment": True}
    return render(request, "studio/_concept_changed.html", context)


@require_POST
@for_editors
def decide_group(request: HttpRequest, *, course: Any) -> HttpResponse:
    """Every concept that was listed is accepted or rejected, as far as it still waits for a decision."""
    wanted = STATES.get(request.POST.get("do", ""))
    listed = set(request.POST.getlist("concept"))
    suggested = Concept.objects.filter(course=course.pk, state=ConceptState.SUGGESTED).order_by("rank", "pk")
    waiting = [each for each in suggested if each.slug in listed]
    if wanted is not None:
        decide_concepts(waiting, state=wanted, by=author(request))
        messages.success(request, f"{counted(len(waiting), 'concept', 'concepts')} {wanted.value}.")
    return see(reverse("studio:concepts", args=[course.slug]))


@require_POST
@for_editors
def pick(request: HttpRequest, *, course: Any) -> HttpResponse:
    """Words of the text are an accepted concept; what does not stand there is asked again with what was typed."""
    review = review_concepts(course)
    form = PickForm(request.POST, passages=[each.passage for each in review.passages])
    if form.is_valid():
        try:
            concept, _ = pick_phrase(course, by=author(request), **form.cleaned_data)
        except NotInTheText as error:
            form.add_error("phrase", str(error))
        else:
            messages.success(
                request, say("“{term}” is a concept, marked wherever the text names it.", term=concept.term)
            )
            return see(place_of(course, concept))
    return _page(request, course, review, form, status=422)


@require_POST
@for_editors
def undo(request: HttpRequest, *, course: Any) -> HttpResponse:
    """What was done last, or long ago, is taken back; what cannot be is told, and nothing changed."""
    changes: tuple[ConceptChange, ...] = ()
    try:
        changes = take_back(course, deed=UUID(request.POST.get("deed", "")), by=author(request))
    except CourseError as error:
        messages.warning(request, str(error))
    except ValueError:
        messages.warning(request, say("There was nothing to take back."))
    else:
        messages.success(request, say("Taken back.") if changes else say("This had been taken back already."))
    touched = Concept.objects.filter(pk__in=[change.concept_id for change in changes])
    return see(place_of(course, touched[0]) if len(touched) == 1 else reverse("studio:concepts", args=[course.slug]))


@require_POST
@for_editors
def accept_asked(request: HttpRequest, *, course: Any) -> HttpResponse:
    """Every concept that an accepted question asks about is accepted."""
    accepted, _ = accept_asked_concepts(course, by=author(request))
    messages.success(request, say("{concepts} accepted.", concepts=counted(accepted, "concept was", "concepts were")))
    return see(reverse("studio:course", args=[course.slug]))
