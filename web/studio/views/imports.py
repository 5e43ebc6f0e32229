"""An article comes in: pasted, uploaded or fetched; read, built into a course in the background."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from authoring.domain.build import course_being_built_of_text, course_of_text, start_build
from authoring.domain.fetching import facts_of, fetch_of, start_fetch
from course.rules import courses_editable_by
from web.studio.access import author, for_authors, see
from web.studio.forms import LARGEST, ImportForm

ROOM_FOR_FIELDS = 3_000_000
"""Bytes that a request may hold beside the file."""

TOO_LARGE = "This file is larger than 50 MB, so it was not received. Save only the article’s text, or paste it."


PASTE_TOO_LARGE = (
    "This paste is larger than 2.5 MB, so it was not received. An article has at most 200,000 characters: "
    "go back and paste only its text, or choose a file."
)


# Checking the token reads the whole request, so that what is too large has to be turned away before.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@for_authors
def import_article(request: HttpRequest) -> HttpResponse:
    """The form; a POST starts the build and leads to its page. What cannot be read comes back as typed."""
    if request.method == "POST" and int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST + ROOM_FOR_FIELDS:
        return _refused(request, "file", TOO_LARGE)
    try:
        return _import(request)
    except RequestDataTooBig:
        return _refused(request, "text", PASTE_TOO_LARGE)


def _refused(request: HttpRequest, field: str, message: str) -> HttpResponse:
    """The form with what was too large told at its field; what was sent was not read, so that the form is empty."""
    form = ImportForm({})
    form.errors.clear()
    form.add_error(field, message)
    return _asking(request, form, status=413)


@csrf_protect
def _import(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _asking(request, ImportForm(initial=_typed_before(request)))
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _asking(request, form, status=422)
    if form.address_given:
        return _fetch(request, form)
    return _known(request, form) or _start(request, form)


def _typed_before(request: HttpRequest) -> dict[str, str]:
    """What was typed for the fetch that one comes back from."""
    try:
        job = fetch_of(UUID(request.GET.get("fetch", "")), owner=author(request))
    except ValueError:
        return {}
    return {} if job is None else facts_of(job.payload)


def _fetch(request: HttpRequest, form: ImportForm) -> HttpResponse:
    once = form.cleaned_data["once"]
    job = start_fetch(form.address_given, facts=form.facts(), owner=author(request), once=once)
    return see(reverse("studio:fetch", args=[job.uuid]))


def _known(request: HttpRequest, form: ImportForm) -> HttpResponse | None:
    """The course this author already made of exactly this text."""
    known = course_of_text(form.source.text, owner=author(request))
    if known is not None:
        messages.info(request, "You have imported exactly this text before. This is its course; nothing was added.")
        return see(reverse("studio:course", args=[known.slug]))
    begun = course_being_built_of_text(form.source.text, owner=author(request))
    return None if begun is None else see(reverse("studio:build", args=[begun.uuid]))


def _start(request: HttpRequest, form: ImportForm) -> HttpResponse:
    once = form.cleaned_data["once"]
    try:
        course, _ = start_build(form.source, facts=form.facts(), owner=author(request), uuid=once)
    except IntegrityError:
        # The button was pressed twice, and the first press made the course; else somebody chose the same title just
        # now, and a second look finds an address that is free.
        if courses_editable_by(request.user).filter(uuid=once).exists():
            return see(reverse("studio:build", args=[once]))
        course, _ = start_build(form.source, facts=form.facts(), owner=author(request))
    return see(reverse("studio:build", args=[course.uuid]))


def _asking(request: HttpRequest, form: Any, *, status: int = 200) -> HttpResponse:
    return render(request, "studio/import.html", {"section": "studio", "form": form}, status=status)
