"""Whatever is sent to the interface, and whoever sends it: no fault of ours, and no answer that is not described."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.models import Role
from tests.factories import make_enrollment
from tests.quality.canaries import Scene, filled
from tests.web.api.fuzzing import NO_JSON, addresses, answered, bodies, example, faults, operations

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]

ROLES = ("owner", "grader", "assistant", "answering", "observer", "stranger", "visitor")
FIRST = ("owner", "answering", "visitor")
"""Who is answered everything, what is theirs alone, and next to nothing: all others are answered some of each."""


def furnished() -> Scene:
    """A course with an attempt that was graded, questioned and is to be graded again, and somebody in every part."""
    scene = Scene.set_up(mode="check", attempts_allowed=None)
    scene.submit()
    scene.people = {**scene.people, "grader": make_enrollment(scene.course, role=Role.GRADER).user}
    return scene


@pytest.mark.parametrize("who", [who if who in FIRST else pytest.param(who, marks=pytest.mark.full) for who in ROLES])
def test_every_call_with_its_example_is_answered_as_described(who: str) -> None:
    scene = furnished()
    client = scene.client(who)
    wrong = [
        str(fault)
        for operation in operations()
        for fault in faults(operation, answered(client, operation, filled(operation.route, scene), example(operation)))
    ]
    assert wrong == []


def test_what_is_no_json_is_a_problem_everywhere() -> None:
    scene = furnished()
    changing = [each for each in operations() if each.body is not None]
    wrong = [
        fault
        for operation in changing
        for body in NO_JSON
        for fault in faults(operation, answered(scene.client("owner"), operation, filled(operation.route, scene), body))
    ]
    assert len(changing) >= 20
    assert wrong == []


def fuzz(scene: Scene, people: tuple[str, ...], examples: int) -> None:
    """So many calls are made by these people, and each is answered as described."""

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.data())
    def calls(data: Any) -> None:
        operation = data.draw(st.sampled_from(operations()))
        who = data.draw(st.sampled_from(people))
        address, body = data.draw(addresses(operation, scene)), data.draw(bodies(operation))
        assert list(faults(operation, answered(scene.client(who), operation, address, body))) == []

    calls()


def test_odd_calls_are_answered_as_described() -> None:
    fuzz(furnished(), ROLES, 200)


@pytest.mark.full
@pytest.mark.parametrize("who", ROLES)
def test_many_odd_calls_of_everybody_are_answered_as_described(who: str) -> None:
    fuzz(furnished(), (who,), 2_000)


def test_the_example_of_a_call_is_json() -> None:
    assert [each for each in operations() if each.body is not None and json.loads(example(each)) is None] == []
