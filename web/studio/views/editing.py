"""Editing a draft: whatever its kind, every problem at once, and what was typed kept."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_hex
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from authoring.domain.review import Decision, decision_on
from quizzes.domain.questions import NoLongerADraft, accept, edit_draft
from quizzes.domain.quiz_items import set_tags
from quizzes.domain.versions import new_version
from quizzes.models import QuestionVersion
from quizzes.questions import question_type
from quizzes.questions.ids import with_fresh_ids
from web.studio.access import author, for_editors, see
from web.studio.errors import told
from web.studio.question_form import QuestionForm, content_sent, says_the_same
from web.studio.views.questions import next_undecided


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
@told
def edit(request: HttpRequest, *, course: Any, question: UUID) -> HttpResponse:
    """The form of the question; a POST keeps it as a draft, and accepts it where that was asked."""
    versions = QuestionVersion.objects.select_related("question__concept")
    version = get_object_or_404(versions, uuid=question, question__course=course.pk)
    if decision_on(version) == Decision.WITHDRAWN:
        raise NoLongerADraft
    if request.method != "POST":
        return _asking(request, course, version, QuestionForm(question_type(version.kind), version.content))
    return _save(request, course, version)


def _save(request: HttpRequest, course: Any, version: QuestionVersion) -> HttpResponse:
    kind = question_type(version.kind)
    typed = content_sent(kind, version.content, request.POST.dict())
    is_changed = not says_the_same(typed, version.content)
    # New ids for whatever changed: an old one may have been seen by somebody who saw the draft.
    content = with_fresh_ids(version.kind, typed, token_hex()) if is_changed else version.content
    problems = kind.check(content)
    if problems:
        return _asking(request, course, version, QuestionForm(kind, typed, problems), status=422)
    set_tags(version.question, names=request.POST.get("tags", "").split(","))
    version = _kept(version, content)
    if request.POST.get("do") == "accept":
        accept(version, by=author(request))
        return see(next_undecided(request, course, version.uuid, done="changed and accepted"))
    messages.success(request, "Your changes are saved.")
    return see(reverse("studio:question", args=[course.slug, version.uuid]))


def _kept(version: QuestionVersion, content: Mapping[str, Any]) -> QuestionVersion:
    """The draft as it reads now: a published question has a new one, and stays as it is until that is published."""
    if decision_on(version) == Decision.PUBLISHED:
        return new_version(version, content=content)
    edit_draft(version, content=content)
    return version


def _asking(
    request: HttpRequest, course: Any, version: QuestionVersion, form: QuestionForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "section": "studio",
        "course": course,
        "version": version,
        "kind": form.kind,
        "fields": form.fields(),
        "problems": form.problems,
        "is_published": decision_on(version) == Decision.PUBLISHED,
        "tags": request.POST.get("tags", ", ".join(version.question.tags.values_list("name", flat=True))),
    }
    return render(request, "studio/edit.html", context, status=status)
