"""Every error of the API as `application/problem+json` (RFC 9457) with a stable `code`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from accounts.errors import AccountError, KeyInFlight, KeyReused
from authoring.domain.course_import import CourseFileRefused
from authoring.domain.question_writing import QuestionUnsound
from course.errors import CourseError, MayNotAnswer, MayNotEnrol
from quizzes.errors import (
    AnswerTooLarge,
    CannotPublish,
    NotAnAnswer,
    NotToRemember,
    QuizError,
    StaleAnswer,
    UnkeepableAnswer,
)
from web.api.etags import ChangedMeanwhile
from web.api.limits import too_many_refused
from web.api.parsers import BodyTooLarge

MEDIA_TYPE = "application/problem+json"

STATUSES: Mapping[type[Exception], int] = {
    AnswerTooLarge: status.HTTP_413_REQUEST_ENTITY_TOO_LARGE,
    UnkeepableAnswer: status.HTTP_422_UNPROCESSABLE_ENTITY,
    NotAnAnswer: status.HTTP_422_UNPROCESSABLE_ENTITY,
    CannotPublish: status.HTTP_422_UNPROCESSABLE_ENTITY,
    KeyReused: status.HTTP_422_UNPROCESSABLE_ENTITY,
    QuestionUnsound: status.HTTP_422_UNPROCESSABLE_ENTITY,
    CourseFileRefused: status.HTTP_422_UNPROCESSABLE_ENTITY,
    MayNotEnrol: status.HTTP_403_FORBIDDEN,
    MayNotAnswer: status.HTTP_403_FORBIDDEN,
    NotToRemember: status.HTTP_404_NOT_FOUND,
}
"""Errors of the domain that are not a conflict with how things stand (409)."""

CODES = {
    400: "bad_request",
    401: "not_authenticated",
    403: "permission_denied",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    412: ChangedMeanwhile.default_code,
    413: "too_large",
    415: "unsupported_media_type",
    429: "throttled",
    500: "internal_error",
    503: "unavailable",
}


def problem(status_code: int, *, code: str, detail: str, **more: Any) -> dict[str, Any]:
    """The body of a problem document."""
    title = code.replace("_", " ")
    return {"type": "about:blank", "title": title, "status": status_code, "code": code, "detail": detail} | more


def as_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """The response for an error of a view; None for what is our own fault, which Django reports."""
    if isinstance(error, QuizError | CourseError | AccountError):
        return _domain_problem(error)
    if isinstance(error, RequestDataTooBig):
        error = BodyTooLarge()
    if isinstance(error, ObjectDoesNotExist):
        error = Http404()
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed) and "request" in context:
        error = too_many_refused(context["request"]) or error
    response = exception_handler(error, context)
    if response is None:
        return None
    code = CODES.get(response.status_code, "error")
    if isinstance(error, exceptions.ValidationError):
        body = problem(400, code="invalid", detail="Some fields are missing or wrong.", errors=_writable(error.detail))
    else:
        body = problem(response.status_code, code=code, detail=_detail(error, response))
    return _problem_response(body, headers=response.headers)


def _writable(detail: Any) -> Any:
    """What is said of the fields, with "?" for what UTF-8 cannot write: it quotes what was sent."""
    return json.loads(json.dumps(detail, ensure_ascii=False).encode("utf-8", "replace"))


def _detail(error: Exception, response: Response) -> str:
    if isinstance(error, Http404):
        return "There is nothing here, or not for you."
    if isinstance(error, PermissionDenied):
        return "You may not do this."
    return str(response.data.get("detail", "")) if isinstance(response.data, dict) else ""


def _domain_problem(error: QuizError | CourseError | AccountError) -> Response:
    code = STATUSES.get(type(error), status.HTTP_409_CONFLICT)
    more: dict[str, Any] = {}
    if isinstance(error, StaleAnswer):
        more = {"answer": error.response.answer, "sequence": error.response.sequence}
    elif hasattr(error, "problems"):
        more = {"problems": [_plain(each) for each in error.problems]}
    headers = {"Retry-After": "1"} if isinstance(error, KeyInFlight) else None
    return _problem_response(problem(code, code=error.code, detail=str(error), **more), headers)


def _plain(found: Any) -> Any:
    """One of an error's problems: a sentence, or where it lies and what it is."""
    if isinstance(found, str):
        return found
    return {"field": found[0], "message": found[1]} if isinstance(found, tuple) else asdict(found)


def _problem_response(body: dict[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    response = Response(body, status=body["status"], content_type=MEDIA_TYPE)
    for name in ("WWW-Authenticate", "Retry-After", "Allow"):
        if headers and name in headers:
            response[name] = headers[name]
    return response


def bare_problem(status_code: int, detail: str) -> HttpResponse:
    """The answer where no view of the interface came to answer."""
    body = problem(status_code, code=CODES[status_code], detail=detail)
    return JsonResponse(body, status=status_code, content_type=MEDIA_TYPE)


def no_such_address(_request: HttpRequest) -> HttpResponse:
    """The answer below /api/ where there is no address."""
    return bare_problem(404, "The API has no such address. See /api/v1/docs/.")
