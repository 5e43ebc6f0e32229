"""Errors of the domain, told in one place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from course.errors import CourseError, MayNotEnrol
from language import again
from quizzes.errors import QuizError, StaleAnswer
from quizzes.models import Response
from web.learner.errors import status_of, told, told_as_json


def subclasses(of: type[Exception]) -> list[type[Exception]]:
    return [each for child in of.__subclasses__() for each in (child, *subclasses(child))]


def request() -> HttpRequest:
    made = RequestFactory().get("/somewhere/")
    made.user = AnonymousUser()
    return made


def raising(error: Exception) -> Any:
    def view(_request: HttpRequest, **_: Any) -> HttpResponse:
        raise error

    return view


@pytest.mark.parametrize("kind", [*subclasses(QuizError), *subclasses(CourseError)])
def test_every_error_has_a_status_of_its_own_fault(kind: type[QuizError | CourseError]) -> None:
    error = kind.__new__(kind)

    assert 400 <= status_of(error) < 500


def test_a_person_gets_a_page_with_the_sentence() -> None:
    answer = told(raising(MayNotEnrol()))(request())

    assert answer.status_code == 403
    assert "This course is open to enrolled learners only." in answer.content.decode()


def test_the_page_leads_back_to_the_quiz() -> None:
    answer = told(raising(QuizError()))(request(), course="lake", quiz="wall")

    assert 'href="/courses/lake/quizzes/wall/"' in answer.content.decode()


def test_a_script_gets_the_code_and_the_newer_answer() -> None:
    error = StaleAnswer(Response(answer="newer", sequence=4))

    answer = told_as_json(raising(error))(request())

    assert answer.status_code == 409
    assert json.loads(answer.content) == {
        "code": "stale_answer",
        "detail": str(error),
        "answer": "newer",
        "sequence": 4,
    }


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_person_and_a_script_get_the_sentence_in_their_language(language: str) -> None:
    with override(language):
        page, reply = (view(raising(MayNotEnrol()))(request()) for view in (told, told_as_json))
        said = again(MayNotEnrol.message)

    assert f"<h1>{said}</h1>" in page.content.decode()
    assert json.loads(reply.content) == {"code": "may_not_enrol", "detail": said}
    assert (said == MayNotEnrol.message) is (language == "en")


def test_what_is_not_there_is_not_found() -> None:
    with pytest.raises(Http404):
        told(raising(Response.DoesNotExist()))(request())
    assert told_as_json(raising(Response.DoesNotExist()))(request()).status_code == 404


def test_our_own_faults_are_not_told_as_the_learners() -> None:
    with pytest.raises(ZeroDivisionError):
        told(raising(ZeroDivisionError()))(request())
    with pytest.raises(ZeroDivisionError):
        told_as_json(raising(ZeroDivisionError()))(request())
