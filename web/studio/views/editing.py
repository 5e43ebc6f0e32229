"""Editing a question: whatever its kind, every problem at once, and what was typed never lost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from secrets import token_hex
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from authoring.domain.proofs import evidence_standing, save_proved
from authoring.domain.review import Decision, decision_on
from language import say
from quizzes.domain.questions import NoLongerADraft, accept, may_accept
from quizzes.domain.tagging import set_tags
from quizzes.domain.wordings import WordingChanged, newest_wording, print_of
from quizzes.models import QuestionVersion
from quizzes.questions import question_type
from quizzes.questions.base import Problem
from quizzes.questions.ids import with_fresh_ids
from web.studio.access import author, for_editors, see
from web.studio.differences import Difference, differences
from web.studio.editor import Typed, editor_context, typed_in
from web.studio.errors import told
from web.studio.proof_form import ProofForm, proof_form
from web.studio.question_form import says_the_same
from web.studio.views.questions import CHANGED, next_undecided


@dataclass(frozen=True)
class Editing:
    """What the page shows: the wording that the editor began with, by its print, and what is typed by now.

    `theirs` is what somebody else saved meanwhile; `refused` says why it cannot be saved at all.
    """

    version: QuestionVersion
    typed: Typed
    seen: str
    proof: ProofForm | None
    problems: list[Problem] = field(default_factory=list)
    theirs: QuestionVersion | None = None
    refused: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
@told
def edit(request: HttpRequest, *, course: Any, question: UUID) -> HttpResponse:
    """The form of the question; a POST moves a row, tries an answer, or keeps what was typed as a draft."""
    versions = QuestionVersion.objects.select_related("question__concept")
    version = get_object_or_404(versions, uuid=question, question__course=course.pk)
    if request.method == "POST":
        return _sent(request, course, version)
    newest = newest_wording(version.question)
    if newest is None and decision_on(version) == Decision.WITHDRAWN:
        raise NoLongerADraft
    shown = newest or version
    proof = proof_form(course, version=shown)
    return _asking(request, course, Editing(shown, Typed(shown.content), print_of(shown), proof))


def _sent(request: HttpRequest, course: Any, version: QuestionVersion) -> HttpResponse:
    typed = typed_in(request, question_type(version.kind), version.content)
    proof = proof_form(course, version=version, sent=request.POST)
    editing = Editing(version, typed, request.POST.get("seen", ""), proof)
    return _save(request, course, editing) if typed.is_to_save else _asking(request, course, editing)


def _save(request: HttpRequest, course: Any, editing: Editing) -> HttpResponse:
    version, typed = editing.version, editing.typed.content
    is_changed = not says_the_same(typed, version.content)
    # New ids for whatever changed: an old one may have been seen by somebody who saw the draft.
    content = with_fresh_ids(version.kind, typed, token_hex()) if is_changed else version.content
    problems = question_type(version.kind).check(content)
    if problems:
        return _asking(request, course, replace(editing, problems=problems), status=422)
    try:
        saved = save_proved(
            course,
            version,
            content=content,
            proof=editing.proof.chosen if editing.proof else None,
            seen=editing.seen,
            by=author(request),
        )
    except WordingChanged as changed:
        theirs = changed.newest
        both = replace(editing, version=theirs, seen=print_of(theirs), theirs=theirs)
        return _asking(request, course, both, status=409)
    except NoLongerADraft as gone:
        return _asking(request, course, replace(editing, refused=str(gone)), status=409)
    set_tags(saved.question, names=request.POST.get("tags", "").split(","), by=author(request))
    return _after(request, course, saved)


def _after(request: HttpRequest, course: Any, saved: QuestionVersion) -> HttpResponse:
    wants_accepted, person = request.POST.get("do") == "accept", author(request)
    if wants_accepted and may_accept(saved, by=person):
        accept(saved, by=person)
        return see(next_undecided(request, course, saved.uuid, said=CHANGED))
    saved_words = say("Your changes are saved.")
    if wants_accepted:
        saved_words += " " + say("They wait for a colleague: in this course a second person accepts each question.")
    messages.success(request, saved_words)
    return see(reverse("studio:question", args=[course.slug, saved.uuid]))


def _differences(course: Any, editing: Editing) -> list[Difference]:
    """Where the wording that is typed and the one that is saved by now differ, the proof last."""
    found = differences(question_type(editing.version.kind), editing.typed.content, editing.version.content)
    mine = tuple(each.words for each in (editing.proof.chosen if editing.proof else ()))
    theirs = tuple(each.words for each in evidence_standing(course, editing.version))
    return [*found, Difference(say("The proof"), mine, theirs)] if mine != theirs else found


def _asking(request: HttpRequest, course: Any, editing: Editing, *, status: int = 200) -> HttpResponse:
    version, kind, theirs = editing.version, question_type(editing.version.kind), editing.theirs
    known = ", ".join(version.question.tags.values_list("name", flat=True))
    here = {
        "version": version,
        "address": reverse("studio:question-edit", args=[course.slug, version.uuid]),
        "back": reverse("studio:question", args=[course.slug, version.uuid]),
        "seen": editing.seen,
        "theirs": theirs,
        "differences": _differences(course, editing) if theirs else (),
        "refused": editing.refused,
        "is_published": decision_on(version) == Decision.PUBLISHED,
        "tags": request.POST.get("tags", known),
    }
    shown = editor_context(
        request, course, kind=kind, typed=editing.typed, proof=editing.proof, problems=editing.problems
    )
    return render(request, "studio/edit.html", {**shown, **here}, status=status)
