"""Every error becomes a problem document: its status, its stable code, its words, and nothing of our insides."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest
from rest_framework import exceptions
from rest_framework.response import Response

from accounts import errors as account_errors
from accounts.errors import AccountError, NotAnEmailAddress
from authoring.domain.course_import import CourseFileRefused
from course import errors as course_errors
from course.errors import CourseError, MayNotEnrol
from quizzes import errors as quiz_errors
from quizzes.domain.quiz_settings import SettingsRefused
from quizzes.errors import CannotPublish, QuizError, StaleAnswer
from quizzes.formats.course_file import CourseFileProblem
from quizzes.models import Response as ResponseRow
from web.api.errors import CODES, STATUSES, as_problem, no_such_address, problem
from web.api.etags import ChangedMeanwhile
from web.api.parsers import BodyTooLarge

STATUS_OF_CODE = {
    "not_to_remember": 404,
    "quiz_error": 409,
    "quiz_not_open": 409,
    "attempts_used_up": 409,
    "attempt_too_soon": 409,
    "attempt_closed": 409,
    "nothing_to_ask": 409,
    "pool_too_small": 409,
    "answer_settled": 409,
    "not_yet_asked": 409,
    "any_order": 409,
    "cannot_check": 409,
    "no_more_hints": 409,
    "stale_answer": 409,
    "may_not_answer": 403,
    "course_error": 409,
    "answer_too_large": 413,
    "unkeepable_answer": 422,
    "not_an_answer": 422,
    "cannot_publish": 422,
    "may_not_enrol": 403,
    "idempotency_key_reused": 422,
}


def answered(error: Exception) -> Response:
    response = as_problem(error, {})
    assert response is not None
    return response


def errors_of(module: Any, base: type[Exception]) -> list[type[Exception]]:
    """The errors that a module defines and that need nothing to be raised."""
    found = [value for value in vars(module).values() if isinstance(value, type) and issubclass(value, base)]
    return [error for error in found if error not in (StaleAnswer, CannotPublish, NotAnEmailAddress)]


DOMAIN_ERRORS = [
    *errors_of(quiz_errors, QuizError),
    *errors_of(course_errors, CourseError),
    *errors_of(account_errors, AccountError),
]


@pytest.mark.parametrize("error", DOMAIN_ERRORS, ids=lambda error: error.__name__)
def test_an_error_of_the_domain_is_told_with_its_own_code_and_sentence(error: Any) -> None:
    response = answered(error())
    status = STATUS_OF_CODE.get(error.code, 409)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert response.data == {
        "type": "about:blank",
        "title": error.code.replace("_", " "),
        "status": status,
        "code": error.code,
        "detail": error.message,
    }


@pytest.mark.parametrize("error", DOMAIN_ERRORS, ids=lambda error: error.__name__)
def test_an_error_of_the_domain_may_say_more_exactly_what_is_wrong(error: Any) -> None:
    response = answered(error("It opens on Monday."))
    assert (response.data["code"], response.data["detail"]) == (error.code, "It opens on Monday.")


def test_no_two_errors_share_a_code_and_every_sentence_ends() -> None:
    codes = [error.code for error in DOMAIN_ERRORS]  # type: ignore[attr-defined]  # -- each has its code
    assert len(codes) == len(set(codes))
    assert [error for error in DOMAIN_ERRORS if not error().args[0].endswith(".")] == []


def test_every_error_with_a_status_of_its_own_is_one_of_the_domain() -> None:
    assert [error for error in STATUSES if not issubclass(error, QuizError | CourseError | AccountError)] == []
    assert set(STATUSES.values()) == {403, 404, 413, 422}


def test_a_stale_answer_brings_the_newer_one_and_its_number() -> None:
    response = answered(StaleAnswer(ResponseRow(answer=["p1", "q2"], sequence=7)))
    assert response.data == {
        "type": "about:blank",
        "title": "stale answer",
        "status": 409,
        "code": "stale_answer",
        "detail": "A newer answer was saved from another tab or device. Look at it and decide which one stays.",
        "answer": ["p1", "q2"],
        "sequence": 7,
    }


@pytest.mark.parametrize("problems", [[], ["A question has no evidence."], ["One.", "Two."]])
def test_a_course_that_cannot_be_published_brings_every_problem(problems: list[str]) -> None:
    response = answered(CannotPublish(problems))
    assert (response.status_code, response.data["code"], response.data["problems"]) == (422, "cannot_publish", problems)


@pytest.mark.parametrize(
    ("error", "status", "problems"),
    [
        (
            CourseFileRefused([CourseFileProblem(3, "tab", "There is a tab.")]),
            422,
            [{"line": 3, "code": "tab", "message": "There is a tab.", "warning": False}],
        ),
        (
            SettingsRefused([("title", "Give the quiz a title."), ("mastery_of", "Say both.")]),
            409,
            [
                {"field": "title", "message": "Give the quiz a title."},
                {"field": "mastery_of", "message": "Say both."},
            ],
        ),
    ],
)
def test_problems_with_a_place_are_told_with_it(
    error: Exception, status: int, problems: list[dict[str, object]]
) -> None:
    response = answered(error)
    assert (response.status_code, response.data["problems"]) == (status, problems)


def test_a_course_that_is_closed_to_a_person_is_forbidden_and_not_a_conflict() -> None:
    assert answered(MayNotEnrol()).status_code == 403


@pytest.mark.parametrize(
    ("error", "status", "code", "detail"),
    [
        (Http404(), 404, "not_found", "There is nothing here, or not for you."),
        (Http404("No Quiz matches the given query."), 404, "not_found", "There is nothing here, or not for you."),
        (PermissionDenied(), 403, "permission_denied", "You may not do this."),
        (PermissionDenied("secret reason"), 403, "permission_denied", "You may not do this."),
        (exceptions.PermissionDenied("Read only."), 403, "permission_denied", "Read only."),
        (exceptions.ParseError("No JSON."), 400, "bad_request", "No JSON."),
        (exceptions.NotAcceptable(), 406, "not_acceptable", "Could not satisfy the request Accept header."),
        (exceptions.MethodNotAllowed("PATCH"), 405, "method_not_allowed", 'Method "PATCH" not allowed.'),
        (
            exceptions.UnsupportedMediaType("text/csv"),
            415,
            "unsupported_media_type",
            'Unsupported media type "text/csv" in request.',
        ),
        (BodyTooLarge(), 413, "too_large", "This request is larger than 2.5 MB. Send less at once."),
        (RequestDataTooBig("x"), 413, "too_large", "This request is larger than 2.5 MB. Send less at once."),
        (exceptions.APIException("Odd."), 500, "internal_error", "Odd."),
        (ChangedMeanwhile(), 412, "changed_meanwhile", ChangedMeanwhile.default_detail),
    ],
)
def test_an_error_of_the_call_is_told_by_its_status(error: Exception, status: int, code: str, detail: str) -> None:
    response = answered(error)
    assert response.content_type == "application/problem+json"
    assert response.data == problem(status, code=code, detail=detail)
    assert response.status_code == status


def test_wrong_fields_are_named_each_with_what_is_wrong() -> None:
    errors = {"sequence": ["A valid integer is required."], "answer": ["This field is required."]}
    assert answered(exceptions.ValidationError(errors)).data == {
        "type": "about:blank",
        "title": "invalid",
        "status": 400,
        "code": "invalid",
        "detail": "Some fields are missing or wrong.",
        "errors": errors,
    }


@pytest.mark.parametrize(
    ("error", "header", "value"),
    [
        (exceptions.Throttled(wait=3.2), "Retry-After", "4"),
        (exceptions.Throttled(wait=60), "Retry-After", "60"),
    ],
)
def test_a_header_that_says_what_to_do_next_is_kept(error: Exception, header: str, value: str) -> None:
    response = answered(error)
    assert (response.status_code, response.data["code"], response[header]) == (429, "throttled", value)


def test_a_refused_token_says_how_to_bring_one() -> None:
    error = exceptions.NotAuthenticated()
    error.auth_header = "Bearer"  # type: ignore[attr-defined]  # -- as the view sets it
    response = answered(error)
    assert (response.status_code, response["WWW-Authenticate"], response.data["code"]) == (
        401,
        "Bearer",
        "not_authenticated",
    )


@pytest.mark.parametrize("error", [ValueError("secret"), KeyError("secret"), SuspiciousOperation("secret")])
def test_a_fault_of_ours_is_left_to_django(error: Exception) -> None:
    assert as_problem(error, {}) is None


@pytest.mark.parametrize(("status", "code"), CODES.items())
def test_each_status_has_a_code_of_lower_case_words(status: int, code: str) -> None:
    body = problem(status, code=code, detail="")
    assert body["title"] == code.replace("_", " ")
    assert (body["status"], body["code"].islower()) == (status, True)


def test_a_problem_may_carry_more_members() -> None:
    assert problem(409, code="odd", detail="Why.", newer=[1], sequence=2) == {
        "type": "about:blank",
        "title": "odd",
        "status": 409,
        "code": "odd",
        "detail": "Why.",
        "newer": [1],
        "sequence": 2,
    }


def test_an_address_that_is_none_is_a_problem_document_with_the_way_on() -> None:
    response = no_such_address(HttpRequest())
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert b"The API has no such address. See /api/v1/docs/." in response.content
