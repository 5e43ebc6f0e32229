"""A changed text for a course: brought in, compared, and only then shown to learners."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from authoring.domain.build import CLEANER
from authoring.domain.text_change_report import text_change_report
from authoring.domain.text_changes import STEPS, job_of, propose_text, retry_planning, undecided_change
from course.domain.anchors import confirm_evidence
from course.domain.text_changes import apply_text_change, discard_text_change, undo_text_change
from course.errors import CourseError
from course.models import Course, TextChange, TextChangeState
from jobs.models import JobState
from language import marked, say
from quizzes.models import QuestionVersion
from web.studio.access import author, for_editors, see
from web.studio.forms import ChangedTextForm, ConfirmForm

STOP_POLLING = 286
DOING = (marked("Comparing both texts"), marked("Reading the new text"), marked("Storing what was found"))
FAILED = {JobState.FAILED, JobState.QUARANTINED, JobState.CANCELLED}


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def text_changes(request: HttpRequest, *, course: Any) -> HttpResponse:
    """The form for a changed text and the changes so far, the newest first; a POST proposes one."""
    is_sent = request.method == "POST"
    form = ChangedTextForm(request.POST, request.FILES) if is_sent else ChangedTextForm()
    if is_sent and form.is_valid():
        try:
            return see(_address(course, propose_text(course, form.source, actor=author(request))))
        except CourseError as refused:
            form.add_error(None, str(refused))
    context = {
        "section": "studio",
        "step": "text",
        "course": course,
        "form": form,
        "waiting": undecided_change(course),
        "changes": TextChange.objects.filter(course=course.pk).select_related("old", "new", "actor")[:50],
    }
    return render(request, "studio/text_changes.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def text_change(request: HttpRequest, *, course: Any, change: UUID) -> HttpResponse:
    """One changed text: how far its planning is, then what it does; a POST applies, undoes, discards or tries again."""
    rows = TextChange.objects.select_related("course", "old", "new", "actor")
    found = get_object_or_404(rows, course=course.pk, uuid=change)
    if request.method == "POST":
        return _step(request, course, found)
    if found.state == TextChangeState.PLANNING:
        return _at_work(request, course, found)
    if request.headers.get("HX-Request"):
        done = HttpResponse(status=STOP_POLLING)
        done["HX-Redirect"] = _address(course, found)
        return done
    context = {"section": "studio", "step": "text", "course": course, "change": found}
    if found.state != TextChangeState.DISCARDED:
        context["report"] = text_change_report(found)
    return render(request, "studio/text_change.html", context)


def _at_work(request: HttpRequest, course: Any, change: TextChange) -> HttpResponse:
    job = job_of(change)
    has_failed = job is None or job.state in FAILED
    current = job.current if job else 0
    context = {
        "section": "studio",
        "step": "text",
        "course": course,
        "change": change,
        "job": job,
        "failed": has_failed,
        "doing": say(DOING[min(current, STEPS - 1)]),
        "number": min(current + 1, STEPS),
        "steps": STEPS,
        "refresh": 2 if (timezone.now() - change.created_at).total_seconds() < 10 else 5,
    }
    is_fragment = bool(request.headers.get("HX-Request"))
    page = f"studio/{'_text_change_planning' if is_fragment else 'text_change_planning'}.html"
    return render(request, page, context, status=STOP_POLLING if is_fragment and has_failed else 200)


def _apply(request: HttpRequest, change: TextChange) -> None:
    apply_text_change(change, cleaner=CLEANER, actor=author(request))
    messages.success(request, say("Applied. Learners read the new text; attempts that run keep the old one."))


def _undo(request: HttpRequest, change: TextChange) -> None:
    undo_text_change(change, actor=author(request))
    messages.success(request, say("Undone. Learners read the text from before."))


def _discard(_request: HttpRequest, change: TextChange) -> None:
    discard_text_change(change)


def _retry(_request: HttpRequest, change: TextChange) -> None:
    retry_planning(change)


def _confirm(request: HttpRequest, change: TextChange) -> None:
    form = ConfirmForm(request.POST)
    versions = QuestionVersion.objects.filter(question__course=change.course_id)
    if form.is_valid() and versions.filter(uuid=form.cleaned_data["question"]).exists():
        confirm_evidence(form.cleaned_data["question"])


STEPS_OF: dict[str, Callable[[HttpRequest, TextChange], None]] = {
    "apply": _apply,
    "undo": _undo,
    "discard": _discard,
    "retry": _retry,
    "confirm": _confirm,
}


def _step(request: HttpRequest, course: Course, change: TextChange) -> HttpResponse:
    step = STEPS_OF.get(request.POST.get("do", ""))
    try:
        if step is not None:
            step(request, change)
    except CourseError as refused:
        messages.warning(request, str(refused))
    return see(_address(course, change))


def _address(course: Course, change: TextChange) -> str:
    return reverse("studio:text-change", args=[course.slug, change.uuid])
