"""Who calls in tests of what instructors do: somebody in each part of a course, and somebody of none."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from course.models import Course, Role
from tests.factories import make_course, make_enrollment, make_person
from tests.web.api.callers import Caller, told

EDITORS = frozenset({Role.OWNER, Role.EDITOR})
NOT_HERE = (404, "not_found", "There is nothing here, or not for you.")


def only_for(course: Course, ask: Callable[[Caller], Any], roles: Collection[Role] = EDITORS) -> None:
    """People in these parts are answered; others, who own another course too, find nothing there."""
    neighbour = make_person(may_author=True)
    make_course(owner=neighbour)
    for person in (make_person(), neighbour):
        assert told(ask(Caller(person))) == NOT_HERE
    for role in Role:
        answer = ask(Caller(make_enrollment(course, role=role).user))
        if role in roles:
            assert answer.status_code < 300, (role, answer.content)
        else:
            assert told(answer) == NOT_HERE, role
