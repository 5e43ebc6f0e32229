"""An article comes in: pasted, uploaded or fetched; read, built into a course in the background."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from authoring.domain.fetching import TooManyFetches, facts_of, fetch_of, start_fetch
from authoring.domain.importing import LARGEST, import_source
from language import say
from web.studio.access import author, for_authors, see
from web.studio.forms import PASTE_TOO_LARGE, TOO_LARGE, ImportForm
from web.studio.limits import received_up_to

ROOM_FOR_FIELDS = 3_000_000
"""Bytes that a request may hold beside the file."""


@received_up_to(LARGEST + ROOM_FOR_FIELDS, told=TOO_LARGE, pasted=PASTE_TOO_LARGE)
@require_http_methods(["GET", "HEAD", "POST"])
@for_authors
def import_article(request: HttpRequest) -> HttpResponse:
    """The form; a POST starts the build and leads to its page. What cannot be read comes back as typed."""
    if request.method != "POST":
        return _asking(request, ImportForm(initial=_typed_before(request)))
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _asking(request, form, status=422)
    return _fetch(request, form) if form.address_given else _start(request, form)


def _typed_before(request: HttpRequest) -> dict[str, str]:
    """What was typed for the fetch that one comes back from."""
    try:
        job = fetch_of(UUID(request.GET.get("fetch", "")), owner=author(request))
    except ValueError:
        return {}
    return {} if job is None else facts_of(job.payload)


def _fetch(request: HttpRequest, form: ImportForm) -> HttpResponse:
    once = form.cleaned_data["once"]
    try:
        job = start_fetch(form.address_given, facts=form.facts(), owner=author(request), once=once)
    except TooManyFetches as error:
        form.add_error("address", str(error))
        return _asking(request, form, status=429)
    return see(reverse("studio:fetch", args=[job.uuid]))


def _start(request: HttpRequest, form: ImportForm) -> HttpResponse:
    begun = import_source(form.source, facts=form.facts(), owner=author(request), once=form.cleaned_data["once"])
    if begun.is_known:
        messages.info(
            request, say("You have imported exactly this text before. This is its course; nothing was added.")
        )
        return see(reverse("studio:course", args=[begun.course.slug]))
    return see(reverse("studio:build", args=[begun.course.uuid]))


def _asking(request: HttpRequest, form: Any, *, status: int = 200) -> HttpResponse:
    return render(request, "studio/import.html", {"section": "studio", "form": form}, status=status)
