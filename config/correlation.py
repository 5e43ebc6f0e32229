"""Each request has an id, which its answer, its log lines and the jobs that it puts in carry."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from time import perf_counter
from uuid import uuid4

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from config.log_lines import route_of
from jobs.correlation import done_for

logger = logging.getLogger(__name__)
HEADER = "X-Request-ID"
USABLE = re.compile(r"[A-Za-z0-9_-]{8,64}")
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Correlated:
    """The id is the one that a trusted proxy sends, else a new one. What may change something is a line in the log.

    From anybody else the header is gone by now: who is not trusted cannot write into the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = usable(request.META.get("HTTP_X_REQUEST_ID", "")) or uuid4().hex
        began = perf_counter()
        with done_for(request_id):
            response = self.get_response(request)
            if request.method not in READING:
                took = (perf_counter() - began) * 1000
                logger.info("%s %s %d in %.0f ms", request.method, route_of(request), response.status_code, took)
        response[HEADER] = request_id
        return response


def usable(said: str) -> str:
    """The id as it came; "" when it is none: too short to be unique, too long to be kept, or of other characters."""
    return said if USABLE.fullmatch(said) else ""
