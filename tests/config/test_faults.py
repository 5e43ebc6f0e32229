"""Faults of ours, and requests that make no sense, are told in the manner of the door, without our insides."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.http import Http404
from django.test import Client, RequestFactory

from config.faults import is_for_programs, not_found, server_error
from config.too_much import bad_request
from tests.factories import make_person
from tests.web.api.callers import Caller, told

TOLD = (500, "internal_error", "Something went wrong here. It has been noted; try again later.")


@pytest.mark.parametrize(
    ("path", "is_one"),
    [("/api/v1/courses/", True), ("/api/", True), ("/apiary/", False), ("/", False), ("/studio/api/", False)],
)
def test_the_interface_for_programs_is_below_one_address(path: str, is_one: bool) -> None:
    assert is_for_programs(RequestFactory().get(path)) == is_one


@pytest.mark.django_db
def test_a_fault_tells_a_program_nothing_of_what_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise ValueError("secret")

    caller = Caller(make_person())
    monkeypatch.setattr("web.api.views.courses.courses_readable_by", fail)
    answer = caller.get("courses/")
    assert told(answer) == TOLD
    assert "secret" not in answer.content.decode()


@pytest.mark.parametrize("address", ["/api/v1/%0A/", "/api/v1/courses/%0D%0A/", "/api/", "/api/v2/courses/"])
def test_an_address_that_no_pattern_matches_is_a_problem_document(address: str) -> None:
    assert told(Client().get(address))[:2] == (404, "not_found")


def test_people_are_shown_a_page_where_there_is_none() -> None:
    answer = not_found(RequestFactory().get("/none/"), Http404())
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")


def test_a_fault_shows_people_a_page() -> None:
    answer = server_error(RequestFactory().get("/"))
    assert (answer.status_code, answer["Content-Type"]) == (500, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (SuspiciousOperation("secret"), 400, "bad_request"),
        (RequestDataTooBig("secret"), 413, "too_large"),
        (TooManyFieldsSent("secret"), 413, "too_large"),
    ],
)
def test_what_makes_no_sense_is_a_problem_document_for_programs(error: Exception, status: int, code: str) -> None:
    answer: Any = bad_request(RequestFactory().get("/api/v1/courses/"), error)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert f'"code": "{code}"' in answer.content.decode()
    assert "secret" not in answer.content.decode()


def test_a_host_that_is_not_ours_is_a_problem_document(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["example.org"]
    answer = Client(raise_request_exception=False).get("/api/v1/courses/", headers={"Host": "evil.example"})
    assert told(answer)[:2] == (400, "bad_request")
