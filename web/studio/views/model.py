"""Drafting with a model: its owner allows it, whoever edits asks for it, and everybody sees how far it is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from authoring.domain.model_asking import ask_model, asking_of
from authoring.domain.model_consent import allow_model, destination, forbid_model, is_allowed
from course.errors import CourseError
from language import say
from web.studio.access import author, for_editors, for_those_who_may, see
from web.studio.views.builds import STOP_POLLING
from web.studio.wording import counted


@require_POST
@for_those_who_may("course.own")
def model_rule(request: HttpRequest, *, course: Any) -> HttpResponse:
    """The owner allows the text to be sent to the address that they read, or forbids it."""
    try:
        if request.POST.get("do") == "allow":
            allow_model(course, address=request.POST.get("address", ""), by=author(request))
            messages.success(request, say("Allowed. Nothing is sent before somebody asks the model for questions."))
        else:
            forbid_model(course, by=author(request))
            messages.success(request, say("Nothing of this course is sent to a model. Drafts that it made are kept."))
    except CourseError as error:
        messages.warning(request, str(error))
    return see(reverse("studio:course", args=[course.slug]))


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def model(request: HttpRequest, *, course: Any) -> HttpResponse:
    """How far the model is, for a page that waits; a POST asks it about each part that it is not at work on."""
    if request.method == "POST":
        _ask(request, course)
    shown = {"course": course, **model_shown(course)}
    if request.method == "POST" or not request.headers.get("HX-Request") or shown["model"] is None:
        return see(reverse("studio:questions", args=[course.slug]))
    status = 200 if shown["asking"].is_live else STOP_POLLING
    return render(request, "studio/_model.html", shown, status=status)


def _ask(request: HttpRequest, course: Any) -> None:
    try:
        asked = ask_model(course, by=author(request))
    except CourseError as error:
        messages.warning(request, str(error))
        return
    if asked:
        sent = say("{parts} to the model.", parts=counted(asked, "part goes", "parts go"))
    else:
        sent = say("The model is at work on every part.")
    messages.success(request, f"{sent} {say('You may leave this page.')}")


def model_shown(course: Any) -> dict[str, Any]:
    """What pages say of drafting with a model; two queries, none where no model is set up."""
    to = destination()
    if to is None:
        return {"model": None}
    return {
        "model": to,
        "model_allowed": is_allowed(course),
        "may_allow_model": "course.own" in course.granted,
        "asking": asking_of(course),
    }
