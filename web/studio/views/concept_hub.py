"""One concept: what it means, where it is named, what asks about it, who knows it, and its other terms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from authoring.domain.concept_hub import concept_hub
from authoring.domain.concept_picking import find_quote
from authoring.domain.further_drafts import define_and_draft
from course.domain.concept_changes import rename_concept
from course.errors import CourseError, NotInTheText
from course.models import Concept, ConceptState, CourseState
from language import marked, say
from quizzes.domain.class_mastery import class_mastery
from quizzes.domain.concept_merging import merge_concepts
from quizzes.domain.concept_undo import last_deed
from web.studio.access import author, for_editors, see
from web.studio.charts.mastery_bar import mastery_bar
from web.studio.concept_forms import DefineForm, MergeForm, RenameForm
from web.studio.concept_words import deed_in_words, mastery_in_words
from web.studio.question_view import STATES

DRAFTING = marked("Questions that use this definition are being drafted. They will wait among the questions to review.")


@require_safe
@for_editors
def hub(request: HttpRequest, *, course: Any, concept: str) -> HttpResponse:
    """Everything about the concept; another term of a concept leads to that one."""
    found = get_object_or_404(Concept.objects.select_related("course", "merged_into"), course=course.pk, slug=concept)
    if found.merged_into is not None:
        return redirect("studio:concept", course.slug, found.merged_into.slug)
    return _page(request, course, found)


def _page(request: HttpRequest, course: Any, concept: Concept, *, status: int = 200, **bound: Any) -> HttpResponse:
    shown = concept_hub(concept)
    known, last = class_mastery(concept), last_deed(course, by=author(request))
    asked = {"definition": concept.definition, "quote": shown.proof.quote if shown.proof else ""}
    context = {
        "section": "studio",
        "step": "concepts",
        "course": course,
        "hub": shown,
        "concept": concept,
        "questions": [(each, *STATES[each.decision]) for each in shown.questions],
        "known": known,
        "mastery": mastery_in_words(known),
        "bar": mastery_bar(known),
        "last": last,
        "last_words": deed_in_words(last) if last else "",
        "is_live": course.state == CourseState.PUBLISHED,
        "define_form": DefineForm(initial=asked),
        "rename_form": RenameForm(initial={"term": concept.term}),
        "merge_form": MergeForm(among=shown.others),
        **bound,
    }
    return render(request, "studio/concept.html", context, status=status)


@require_POST
@for_editors
def define(request: HttpRequest, *, course: Any, concept: str) -> HttpResponse:
    """The concept is explained; a quote that does not stand in the text is asked again with what was typed."""
    found = get_object_or_404(Concept.objects.select_related("course"), course=course.pk, slug=concept)
    form = DefineForm(request.POST)
    if form.is_valid() and _defined(request, course, found, form):
        return see(reverse("studio:concept", args=[course.slug, concept]))
    return _page(request, course, found, status=422, define_form=form)


def _defined(request: HttpRequest, course: Any, concept: Concept, form: DefineForm) -> bool:
    definition, quote = form.cleaned_data["definition"].strip(), form.cleaned_data["quote"].strip()
    try:
        proof = find_quote(course, words=quote) if quote else None
        job = define_and_draft(concept, definition=definition, proof=proof, by=author(request))
    except NotInTheText as error:
        form.add_error("quote", str(error))
        return False
    except CourseError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, say(DRAFTING) if job is not None else say("The definition is kept."))
    return True


@require_POST
@for_editors
def rename(request: HttpRequest, *, course: Any, concept: str) -> HttpResponse:
    """Learners read the new term from now on; the address of the concept stays."""
    found = get_object_or_404(Concept.objects.select_related("course"), course=course.pk, slug=concept)
    form = RenameForm(request.POST)
    if form.is_valid():
        try:
            rename_concept(found, term=form.cleaned_data["term"], by=author(request))
        except CourseError as error:
            messages.warning(request, str(error))
        return see(reverse("studio:concept", args=[course.slug, concept]))
    return _page(request, course, found, status=422, rename_form=form)


@require_POST
@for_editors
def merge(request: HttpRequest, *, course: Any, concept: str) -> HttpResponse:
    """The concept is another term of the one that was named, whose page comes next."""
    found = get_object_or_404(Concept.objects.select_related("course"), course=course.pk, slug=concept)
    among = Concept.objects.filter(course=course.pk).exclude(pk=found.pk).exclude(state=ConceptState.MERGED)
    form = MergeForm(request.POST, among=among)
    if form.is_valid():
        target = form.cleaned_data["into"]
        try:
            merge_concepts(found, into=target, by=author(request))
        except CourseError as error:
            form.add_error("into", str(error))
        else:
            messages.success(
                request, say("“{term}” is another term of “{target}” now.", term=found.term, target=target.term)
            )
            return see(reverse("studio:concept", args=[course.slug, target.slug]))
    return _page(request, course, found, status=422, merge_form=form)
