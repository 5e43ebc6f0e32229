"""What a browser sent that could not be taken where it went: its sender is led back to the page with the form."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.http.request import validate_host
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from config.faults import is_for_programs

ASKING = ("GET", "HEAD")
UNSENT = "unsent"


class SentForms:
    """Signing in leads on to a page and not to where its form was sent, and an address for forms says that it is one.

    Without this, whoever was signed out while writing finds an empty page behind the sign-in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 302 and request.method not in ASKING:
            _lead_back(request, response)
        elif response.status_code == 405 and request.method in ASKING and not is_for_programs(request):
            return _told(request, allowed=response["Allow"])
        return response


def _lead_back(request: HttpRequest, response: HttpResponseBase) -> None:
    """A redirect to the sign-in that was to lead to this very address leads to the page before it."""
    address = urlsplit(response["Location"])
    if address.path != resolve_url(settings.LOGIN_URL):
        return
    asked_for = parse_qs(address.query).get("next", [""])[0]
    if urlsplit(asked_for).path == request.path:
        response["Location"] = (
            f"{address.path}?{urlencode({'next': _page_before(request) or asked_for, UNSENT: 1}, safe='/')}"
        )


def _page_before(request: HttpRequest) -> str:
    """The path of the page of ours that the form stood on; "" where the browser does not say."""
    try:
        before = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    path = f"{before.path}?{before.query}" if before.query else before.path
    is_ours = validate_host(before.hostname or "", settings.ALLOWED_HOSTS)
    return path if is_ours and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""


def _told(request: HttpRequest, *, allowed: str) -> HttpResponseBase:
    response = render(request, "405.html", status=405)
    response["Allow"] = allowed
    return response
