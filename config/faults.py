"""What is told of a fault of ours: a page to people, a problem document to programs, and to neither what it was."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.views import defaults

from web.api.errors import bare_problem, no_such_address

RETRY_SECONDS = 5
PASSING = (OperationalError, InterfaceError)
LASTING = "SQLITE_ERROR"
"""What SQLite says of a statement that is wrong, such as one on a table that is not there."""


def is_for_programs(request: HttpRequest) -> bool:
    """Whether the address belongs to the REST interface."""
    return request.path_info.startswith("/api/")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the page, or the problem document `not_found`, for addresses that no pattern of ours matches at all."""
    return no_such_address(request) if is_for_programs(request) else defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the page, or the problem document `internal_error`. What went wrong stands in the log.

    Where only the database could not do it now, 503 with `Retry-After`: the page, or `unavailable`.
    """
    if is_passing(sys.exc_info()[1]):
        return unavailable(request)
    if is_for_programs(request):
        return bare_problem(500, "Something went wrong here. It has been noted; try again later.")
    return defaults.server_error(request)


def is_passing(error: BaseException | None) -> bool:
    """Whether the database was away, busy for too long or out of room: its transaction is undone, nothing by half."""
    told = getattr(getattr(error, "__cause__", None), "sqlite_errorname", "")
    return isinstance(error, PASSING) and told != LASTING


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 in the manner of the door, made without asking the database anything."""
    if is_for_programs(request):
        response = bare_problem(503, "This cannot be stored or looked up right now. Nothing was changed; try again.")
    else:
        response = HttpResponse(get_template("503.html").render(), status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response
