"""Editing a question: whatever its kind, every problem at once, and what was typed never lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from authoring.domain.review import Decision, decision_on
from quizzes.domain.questions import NoLongerADraft, accept, may_accept
from quizzes.domain.quiz_items import set_tags
from quizzes.domain.wordings import WordingChanged, newest_wording, print_of, save_wording
from quizzes.models import QuestionVersion
from quizzes.questions import question_type
from quizzes.questions.base import Problem
from quizzes.questions.ids import with_fresh_ids
from web.studio.access import author, for_editors, see
from web.studio.differences import differences
from web.studio.errors import told
from web.studio.question_form import QuestionForm, content_sent, says_the_same
from web.studio.row_moves import moved, row_move
from web.studio.trial import tried
from web.studio.views.questions import next_undecided

PREVIEW = "preview"


@dataclass(frozen=True)
class Editing:
    """What the page shows: the wording that the editor began with, by its print, and what is typed by now.

    `theirs` is what somebody else saved meanwhile; `refused` says why it cannot be saved at all.
    """

    version: QuestionVersion
    content: Mapping[str, Any]
    seen: str
    problems: list[Problem] = field(default_factory=list)
    growing: str = ""
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
    return _asking(request, course, Editing(shown, shown.content, print_of(shown)))


def _sent(request: HttpRequest, course: Any, version: QuestionVersion) -> HttpResponse:
    kind, sent, pressed = question_type(version.kind), request.POST.dict(), request.POST.get("do", "")
    move, seen = row_move(pressed), request.POST.get("seen", "")
    typed = content_sent(kind, version.content, moved(sent, move) if move else sent)
    if move or pressed == PREVIEW:
        growing = move.field if move and move.step == "more" else ""
        return _asking(request, course, Editing(version, typed, seen, growing=growing))
    return _save(request, course, version, typed, seen)


def _save(
    request: HttpRequest, course: Any, version: QuestionVersion, typed: Mapping[str, Any], seen: str
) -> HttpResponse:
    is_changed = not says_the_same(typed, version.content)
    # New ids for whatever changed: an old one may have been seen by somebody who saw the draft.
    content = with_fresh_ids(version.kind, typed, token_hex()) if is_changed else version.content
    problems = question_type(version.kind).check(content)
    if problems:
        return _asking(request, course, Editing(version, typed, seen, problems), status=422)
    try:
        saved = save_wording(version.question, content=content, seen=seen, by=author(request))
    except WordingChanged as changed:
        theirs = changed.newest
        return _asking(request, course, Editing(theirs, typed, print_of(theirs), theirs=theirs), status=409)
    except NoLongerADraft as gone:
        return _asking(request, course, Editing(version, typed, seen, refused=str(gone)), status=409)
    set_tags(saved.question, names=request.POST.get("tags", "").split(","))
    return _after(request, course, saved)


def _after(request: HttpRequest, course: Any, saved: QuestionVersion) -> HttpResponse:
    wants_accepted, person = request.POST.get("do") == "accept", author(request)
    if wants_accepted and may_accept(saved, by=person):
        accept(saved, by=person)
        return see(next_undecided(request, course, saved.uuid, done="changed and accepted"))
    waits = " They wait for a colleague: in this course a second person accepts each question."
    messages.success(request, f"Your changes are saved.{waits if wants_accepted else ''}")
    return see(reverse("studio:question", args=[course.slug, saved.uuid]))


def _asking(request: HttpRequest, course: Any, editing: Editing, *, status: int = 200) -> HttpResponse:
    version, kind = editing.version, question_type(editing.version.kind)
    form = QuestionForm(kind, editing.content, editing.problems, editing.growing)
    theirs = editing.theirs
    context = {
        "section": "studio",
        "course": course,
        "version": version,
        "seen": editing.seen,
        "kind": kind,
        "fields": form.fields(),
        "problems": editing.problems,
        "tried": tried(kind, editing.content, request.POST),
        "theirs": theirs,
        "differences": differences(kind, editing.content, theirs.content) if theirs else (),
        "refused": editing.refused,
        "is_typed": request.method == "POST",
        "is_published": decision_on(version) == Decision.PUBLISHED,
        "tags": request.POST.get("tags", ", ".join(version.question.tags.values_list("name", flat=True))),
    }
    return render(request, "studio/edit.html", context, status=status)
