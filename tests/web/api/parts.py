"""The same call by somebody in every part of a course, and by people who have none in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from accounts.models import User
from course.models import Course, Role
from course.rules import GRANTS
from tests.factories import NOW, make_course, make_enrollment, make_person
from tests.web.api.callers import Caller

Call = tuple[str, str, Any]
"""Method, address and body."""


def people_around(course: Course) -> dict[str, User]:
    """Somebody in every part, somebody who left, the owner of another course, and somebody with none."""
    inside = {role.value: make_enrollment(course, role=role).user for role in Role}
    neighbour = make_person()
    make_course(owner=neighbour)
    former = make_enrollment(course, role=Role.OWNER, left_at=NOW).user
    return {**inside, "former": former, "neighbour": neighbour, "stranger": make_person()}


def let_in(course: Course, call: Call) -> set[str]:
    """For whom of them there is something at the address; the order is such that nothing is gone for the next."""
    method, path, body = call
    found = set()
    for who, person in reversed(people_around(course).items()):
        caller = Caller(person)
        answer = caller.get(path) if method == "GET" else getattr(caller, method.lower())(path, *_body(method, body))
        if answer.status_code not in (403, 404):
            assert answer.status_code < 500, answer.content
            found.add(who)
        else:
            assert answer.json()["code"] == "not_found"
    return found


def _body(method: str, body: Any) -> tuple[Any, ...]:
    return () if method == "DELETE" else (body,)


def with_permission(permission: str) -> set[str]:
    """The parts that the table of permissions lets in."""
    return {str(role) for role in GRANTS[permission]}


HOSTILE: Mapping[str, Callable[[str], str]] = {
    "NUL": lambda name: f'{{"{name}": "\\u0000"}}',
    "lone surrogate": lambda name: f'{{"{name}": "\\ud800"}}',
    "raw NUL": lambda name: f'{{"{name}": "\x00"}}',
    "nested": lambda name: f'{{"{name}": {"[" * 5_000}{"]" * 5_000}}}',
    "bottomless": lambda name: f'{{"{name}": {"[" * 200_000}',
    "huge": lambda name: f'{{"{name}": "{"x" * 3_000_000}"}}',
    "long": lambda name: f'{{"{name}": "{"x" * 60_000}"}}',
    "NaN": lambda name: f'{{"{name}": NaN}}',
    "infinity": lambda name: f'{{"{name}": 1e999}}',
    "number": lambda name: f'{{"{name}": 7.5}}',
    "long number": lambda name: f'{{"{name}": {"9" * 5_000}}}',
    "null": lambda name: f'{{"{name}": null}}',
    "object": lambda name: f'{{"{name}": {{"a": [null]}}}}',
    "list": lambda name: f'{{"{name}": [null, 1, "x"]}}',
    "no object": lambda name: f'["{name}"]',
    "text": lambda name: f'"{name}"',
    "nothing": lambda name: "",
    "no JSON": lambda name: f"{{{name}}}",
}
"""By what is wrong with it, a body in which the field of this name is not as it should be."""


def is_refused(answer: Any) -> bool:
    """Whether it is a problem document that says something of the request."""
    body = answer.json()
    return bool(
        answer["Content-Type"] == "application/problem+json"
        and answer.status_code in (400, 413, 415, 422)
        and body["status"] == answer.status_code
        and body["code"] in ("bad_request", "invalid", "too_large")
    )
