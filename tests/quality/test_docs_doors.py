"""Addresses, error codes and examples in the documentation are those of the doors, and do what they say."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.views import APIView

from accounts.domain.tokens import issue_token
from accounts.errors import AccountError
from accounts.models import PersonalToken
from authoring.domain.course_import import import_course
from authoring.domain.demo import SAMPLE
from authoring.domain.publish import publish_course
from course.errors import CourseError
from quizzes.errors import QuizError
from quizzes.formats.course_file import parse
from quizzes.models import Quiz
from tests.factories import make_person
from tests.quality.documents import blocks, codes, page, rows
from tests.quality.source import PACKAGES
from web.api.errors import CODES, STATUSES, as_problem

METHODS = {"get", "post", "put", "patch", "delete"}
LEFT_TO_DJANGO = ("/admin/",)
PARAMETER = re.compile(r"<[\w:]+>|\{\w+\}")
GROUP = re.compile(r"\(\?P<\w+>[^)]*\)")


def patterns(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its parameters as <>, and the pattern that stands behind it."""
    for each in resolver.url_patterns:
        address = before + PARAMETER.sub("<>", GROUP.sub("<x>", str(each.pattern).strip("^$")))
        if isinstance(each, URLResolver):
            yield from patterns(each, address)
        else:
            yield address, each


def served() -> dict[str, URLPattern]:
    return {address: found for address, found in patterns(get_resolver()) if not address.startswith(LEFT_TO_DJANGO)}


def table(heading: str, text: str) -> list[list[str]]:
    return list(rows(text.partition(heading)[2].partition("\n## ")[0]))


def described_pages() -> set[str]:
    """A row names an address and, behind it, what follows on it."""
    found = set()
    for first, *rest in table("## The addresses", page("docs/architecture.md")):
        bases = codes(first)
        more = [code for code in codes(" ".join(rest)) if code.endswith("/")]
        stem = "/accounts/" if bases[0].startswith("/accounts/") else bases[0]
        found |= {*bases, *(code if code.startswith("/") else stem + code for code in more)}
    return {PARAMETER.sub("<>", address) for address in found}


def test_every_page_has_its_address_described() -> None:
    ours = {address for address in served() if not address.startswith("/api/")}
    assert sorted(ours - described_pages()) == []


def test_no_page_is_described_that_is_not_there() -> None:
    assert sorted(described_pages() - set(served()) - {"/api/v1/", *LEFT_TO_DJANGO}) == []


def described_calls() -> set[tuple[str, str]]:
    """Method and address of each call, parameters as <>."""
    found = set()
    for first, _ in table("## The calls", page("docs/rest.md")):
        for call in codes(first):
            method, _, address = call.partition(" ")
            found.add((method, "/api/v1/" + PARAMETER.sub("<>", address)))
    return found


def offered_calls() -> set[tuple[str, str]]:
    calls = set()
    for address, found in served().items():
        view = getattr(found.callback, "view_class", None) or getattr(found.callback, "cls", None)
        if isinstance(view, type) and issubclass(view, APIView):
            methods = [name.upper() for name in METHODS if hasattr(view, name)]
            calls |= {(method, address) for method in methods}
    return calls


def test_the_calls_described_are_those_there_are() -> None:
    assert described_calls() == offered_calls()


def errors(root: type[Any]) -> list[type[Any]]:
    """The error and all that are made of it, in our packages."""
    below = [error for child in root.__subclasses__() for error in errors(child)]
    return [error for error in (root, *below) if error.__module__.split(".")[0] in PACKAGES]


def described_errors() -> dict[str, str]:
    return {code: row[1] for row in table("## Errors", page("docs/rest.md")) for code in codes(row[0])}


def test_the_error_codes_described_are_those_there_are() -> None:
    served()  # which loads every door and what stands behind it
    statuses = {
        error.code: str(STATUSES.get(error, 409))
        for root in (QuizError, CourseError, AccountError)
        for error in errors(root)
    }
    general = {code: str(status) for status, code in CODES.items()}
    assert described_errors() == {**statuses, **general, "invalid": "400", "error": "any"}


def test_the_example_of_a_problem_is_what_is_sent() -> None:
    closed = next(error for error in errors(QuizError) if error.code == "attempt_closed")
    response = as_problem(closed(), {})
    assert response is not None
    assert response.data == json.loads(blocks(page("docs/rest.md"), "json")[0])


def examples() -> list[tuple[list[str], int]]:
    """The words of each curl command and the status that its comment says."""
    script = "\n".join(blocks(page("docs/rest.md"), "sh")).replace("\\\n", " ")
    found = [line.rpartition("#") for line in script.splitlines() if line.startswith("curl")]
    return [(shlex.split(command), int(status)) for command, _, status in found]


class Terminal:
    """Plays curl against the project, with what a reader would have put into variables."""

    def __init__(self, token: str) -> None:
        self.client = Client()
        self.variables = {"$API": "/api/v1", "$TOKEN": token}

    def run(self, command: list[str]) -> Any:
        headers, method, data = {}, "GET", ""
        words = iter(command[1:-1])
        for word in words:
            if word == "-H":
                name, _, value = self.filled(next(words)).partition(": ")
                headers[name] = value
            elif word == "-X":
                method = next(words)
            elif word == "-d":
                data = next(words)
        answer = self.client.generic(
            method, self.filled(command[-1]), data, content_type="application/json", headers=headers
        )
        self.remember(answer.json())
        return answer

    def filled(self, text: str) -> str:
        for name, value in self.variables.items():
            text = text.replace(name, value)
        return text

    def remember(self, body: Any) -> None:
        """The first quiz that is listed, and the attempt that is started."""
        if isinstance(body, dict) and "mode" in body.get("results", [{}])[0]:
            self.variables.setdefault("$QUIZ", str(body["results"][0]["uuid"]))
        if isinstance(body, dict) and "items" in body:
            self.variables.setdefault("$ATTEMPT", str(body["uuid"]))


@pytest.mark.django_db
@pytest.mark.database
def test_the_examples_of_calls_do_what_they_say() -> None:
    publish_course(import_course(parse(SAMPLE.read_text(encoding="utf-8")), owner=make_person(may_author=True)))
    # The page answers a question whose answer is one text: the first, as its author put it.
    Quiz.objects.update(shuffle=False)
    issued = issue_token(make_person(), name="docs", scope=PersonalToken.Scope.WRITE)
    terminal = Terminal(issued.secret)
    statuses = [(terminal.run(command).status_code, expected) for command, expected in examples()]
    assert len(statuses) >= 8
    assert [pair for pair in statuses if pair[0] != pair[1]] == []
