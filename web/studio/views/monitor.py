"""A quiz while it is taken, refreshed by itself; and more time for those who take it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from course.domain.cohorts import open_cohorts
from jobs.domain.clock import database_now
from language import say
from quizzes.domain.extensions import at_work_in, extend, extensions_of, learners_meant, said, take_back_extension
from quizzes.domain.monitoring import counts_of, stuck_at
from quizzes.errors import NobodyToExtend
from quizzes.models import Extension, Quiz
from web.studio.access import author, for_those_who_may, see
from web.studio.extending_form import EVERYBODY, ExtendingForm
from web.studio.wording import counted

MOST_LISTED = 200


@require_safe
@for_those_who_may("course.monitor")
def monitor(request: HttpRequest, *, course: Any, quiz: str) -> HttpResponse:
    """How many are where, and who has not saved for long; the part of it that changes where a script asks."""
    found = get_object_or_404(Quiz, course=course.pk, slug=quiz)
    if request.headers.get("HX-Request"):
        return render(request, "studio/_monitor.html", _counted(course, found))
    return _page(request, course, found, None)


@require_POST
@for_those_who_may("course.accommodate")
def give_time(request: HttpRequest, *, course: Any, quiz: str) -> HttpResponse:
    """Those who are ticked, everybody at work or a cohort get more time, now."""
    found = get_object_or_404(Quiz, course=course.pk, slug=quiz)
    form = _form(found, request.POST)
    if not form.is_valid():
        return _page(request, course, found, form, status=422)
    minutes, days = form.cleaned_data["minutes"], form.cleaned_data["days"]
    try:
        given = extend(found, learners=_chosen(found, form), minutes=minutes, days=days, actor=author(request))
    except NobodyToExtend as error:
        form.add_error("whom", str(error))
        return _page(request, course, found, form, status=422)
    messages.success(request, _told(given))
    return _back(course, found)


@require_POST
@for_those_who_may("course.accommodate")
def take_time_back(request: HttpRequest, *, course: Any, quiz: str, extension: UUID) -> HttpResponse:
    """Nobody has the time that was given in one go any more."""
    found = get_object_or_404(Quiz, course=course.pk, slug=quiz)
    taken = take_back_extension(get_object_or_404(Extension, quiz=found, uuid=extension), actor=author(request))
    keep = counted(taken.spared, "attempt keeps its time", "attempts keep their time")
    messages.success(
        request, say("Taken back. {keep}, or would be over by now.", keep=keep) if taken.spared else say("Taken back.")
    )
    return _back(course, found)


def _counted(course: Any, quiz: Quiz) -> dict[str, Any]:
    now = database_now()
    counts = {"counts": counts_of(quiz, at=now), "stuck": stuck_at(quiz, at=now), "now": now}
    return {"section": "studio", "course": course, "quiz": quiz, **counts}


def _page(
    request: HttpRequest, course: Any, quiz: Quiz, form: ExtendingForm | None, *, status: int = 200
) -> HttpResponse:
    context = _counted(course, quiz)
    if "course.accommodate" in course.granted:
        given = [(extension, said(extension)) for extension in extensions_of(quiz)]
        context |= {"form": form or _form(quiz), "given": given, "listed": MOST_LISTED}
    return render(request, "studio/monitor.html", context, status=status)


def _form(quiz: Quiz, sent: Any = None) -> ExtendingForm:
    at_work = list(at_work_in(quiz)[:MOST_LISTED])
    return ExtendingForm(sent, at_work=at_work, cohorts=list(open_cohorts(quiz.course)))


def _chosen(quiz: Quiz, form: ExtendingForm) -> Sequence[UUID]:
    """The learners who were meant, by the public id of their part."""
    if form.cohort is not None or form.cleaned_data["whom"] == EVERYBODY:
        return learners_meant(quiz, cohort=form.cohort)
    return list(form.cleaned_data["learners"])


def _told(given: Extension) -> str:
    running, learners = len(given.gained["attempts"]), len(given.gained["days"])
    told = (
        [say("{attempts} more time.", attempts=counted(running, "running attempt has", "running attempts have"))]
        if running
        else []
    )
    told += (
        [say("{learners} later closings.", learners=counted(learners, "learner has", "learners have"))]
        if learners
        else []
    )
    return " ".join(told)


def _back(course: Any, quiz: Quiz) -> HttpResponse:
    return see(reverse("studio:monitor", args=[course.slug, quiz.slug]))
