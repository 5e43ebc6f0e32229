"""What is larger than is received: said by the browser before it is sent, and by a page when it was sent anyway."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

View = Callable[..., HttpResponse]

LARGEST_TEXT = 2_400_000
"""Bytes of what is typed or pasted; a little less than what Django holds of a form before it refuses."""


def at_most(size: int, told: StrOrPromise) -> dict[str, StrOrPromise]:
    """Attributes of a field by which `sizes.js` keeps more than `size` bytes from being sent, and says `told`."""
    return {"data-most-bytes": str(size), "data-too-large": told}


def not_received(request: HttpRequest, told: StrOrPromise) -> HttpResponse:
    """A page that says what was too large and how to get back to what was typed (413). Reads nothing of the request."""
    return render(request, "413.html", {"told": told, "form_address": request.path}, status=413)


def received_up_to(most: int, *, told: StrOrPromise, pasted: StrOrPromise = "") -> Callable[[View], View]:
    """The view, for requests of at most `most` bytes; of larger ones nothing is read, and a page says `told`.

    Where `most` leaves room for files, a page says `pasted` of text beside them that is more than Django takes. Stands
    outermost: it takes over the check of the form's token, which reads the whole request.
    """

    def limit(view: View) -> View:
        protected = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and int(request.META.get("CONTENT_LENGTH") or 0) > most:
                return not_received(request, told)
            try:
                return kept_on_the_way_back(request, protected(request, *args, **kwargs))
            except RequestDataTooBig:
                return not_received(request, pasted or told)

        return limited

    return limit


def kept_on_the_way_back(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer; an empty form may be kept by its own browser, which else forgets what was typed into it."""
    if request.method == "GET" and answer.status_code == 200:
        answer["Cache-Control"] = "private, no-cache"
    return answer
