"""Each error of the domain as a learner meets it: its status, its sentence on a page, its code for a script."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from course.errors import CourseError, MayNotAnswer, MayNotEnrol, NoteTooLong
from quizzes import errors as quiz_errors
from quizzes.errors import QuizError, StaleAnswer
from quizzes.models import Attempt, Response
from web.learner.errors import STATUSES, status_of, told_as_json
from web.learner.waiting import poll_seconds, refresh_seconds

ERRORS = [
    error
    for error in vars(quiz_errors).values()
    if isinstance(error, type)
    and issubclass(error, QuizError)
    and error.__name__ not in ("StaleAnswer", "CannotPublish")
] + [CourseError, MayNotAnswer, MayNotEnrol, NoteTooLong]


def answered(error: Exception) -> HttpResponse:
    def view(_request: HttpRequest) -> HttpResponse:
        raise error

    return told_as_json(view)(RequestFactory().get("/"))


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_a_script_is_told_the_code_and_the_sentence(error: Any) -> None:
    response = answered(error())
    assert json.loads(response.content) == {"code": error.code, "detail": error.message}
    assert response.status_code == STATUSES.get(error.code, 409)
    assert response["Content-Type"] == "application/json"


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_an_error_is_never_told_as_a_success_or_as_a_fault_of_ours(error: Any) -> None:
    assert 400 <= status_of(error()) < 500


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("QuizNotOpen", 403),
        ("AttemptsUsedUp", 403),
        ("AttemptTooSoon", 403),
        ("PoolTooSmall", 403),
        ("AttemptClosed", 410),
        ("AnswerTooLarge", 413),
        ("UnkeepableAnswer", 422),
        ("NotAnAnswer", 422),
        ("AnswerSettled", 409),
        ("NotYetAsked", 409),
        ("AnyOrder", 409),
        ("CannotCheck", 409),
        ("NoMoreHints", 409),
        ("NothingToAsk", 409),
    ],
)
def test_the_status_that_goes_with_each_error(name: str, status: int) -> None:
    assert status_of(getattr(quiz_errors, name)()) == status


def test_each_status_belongs_to_an_error_that_exists() -> None:
    codes = {error.code for error in ERRORS} | {StaleAnswer.code}
    assert set(STATUSES) <= codes


@pytest.mark.parametrize("answer", ["k7", ["p1", "q2"], {"g1": "upper"}, None])
def test_a_stale_answer_brings_the_newer_one(answer: Any) -> None:
    response = answered(StaleAnswer(Response(answer=answer, sequence=3)))
    assert (response.status_code, json.loads(response.content)) == (
        409,
        {"code": "stale_answer", "detail": StaleAnswer.message, "answer": answer, "sequence": 3},
    )


@pytest.mark.parametrize("missing", [ObjectDoesNotExist, Attempt.DoesNotExist, Response.DoesNotExist])
def test_what_is_not_there_is_told_as_not_there_for_this_learner(missing: type[Exception]) -> None:
    response = answered(missing())
    assert (response.status_code, json.loads(response.content)) == (
        404,
        {"code": "not_found", "detail": "There is no such question for you."},
    )


@pytest.mark.parametrize("fault", [ValueError, KeyError, PermissionDenied, Http404])
def test_what_is_no_error_of_the_domain_is_left_to_django(fault: type[Exception]) -> None:
    with pytest.raises(fault):
        answered(fault("x"))


def test_an_answer_of_the_view_is_given_on_as_it_is() -> None:
    response = HttpResponse("kept")
    assert told_as_json(lambda _request: response)(RequestFactory().get("/")) is response


@pytest.mark.parametrize(
    ("waited", "poll", "refresh"),
    [
        (0, 1, 2),
        (1.9, 1, 2),
        (2, 2, 2),
        (3.9, 2, 2),
        (4, 2, 5),
        (7.9, 2, 5),
        (8, 4, 5),
        (19.9, 4, 5),
        (20, 4, 15),
        (600, 4, 15),
    ],
)
def test_a_page_asks_more_seldom_the_longer_it_waits(waited: float, poll: int, refresh: int) -> None:
    assert (poll_seconds(waited), refresh_seconds(waited)) == (poll, refresh)
