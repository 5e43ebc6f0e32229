"""What a browser sent is more than a page may send: told in words, at whatever form it was, in this one place."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

from config.faults import is_for_programs
from web.api.errors import bare_problem


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that says how much was too much and what to do (413), or the page for requests that make no sense (400).

    A program gets a problem document instead.

    Nothing of what was sent was read, so that nothing of it was done.
    """
    told = in_words(exception)
    if is_for_programs(request):
        return bare_problem(413, told) if told else bare_problem(400, "This request makes no sense. See /api/v1/docs/.")
    if told is None:
        return defaults.bad_request(request, exception)
    return render(request, "413.html", {"told": told}, status=413)


def in_words(exception: Exception) -> str | None:
    """What was too much and how much there may be; None when nothing was."""
    most = f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 1_000_000:g} MB"
    limits: dict[type[Exception], str] = {
        RequestDataTooBig: f"What was typed or pasted is larger than {most}, the most that a page may send.",
        TooManyFieldsSent: f"The page has more than {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} fields, the most there "
        "may be.",
        TooManyFilesSent: f"There are more than {settings.DATA_UPLOAD_MAX_NUMBER_FILES} files, the most there may be.",
    }
    return limits.get(type(exception))
