"""Whatever is sent to an address of content, by somebody who may be there: a problem document, and never a fault."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from course.models import Role
from tests.factories import make_enrollment
from tests.quality.canaries import Scene, filled
from tests.web.api.callers import PROBLEM
from web.api.urls.content import urlpatterns

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NAMES = frozenset(
    "do seen answer content title text url state reason tags proof kind line lesson to questions pool max_points"
    " decision feedback_policy late_credit people address deed concepts into rule take quiz phrase"
    " definition keep mode".split()
)
"""What the bodies of these calls name."""
METHODS = ("post", "put", "patch", "delete")
LONG = "x" * 5_000
DEEP = "[" * 500 + "]" * 500
STRANGE = (
    "\x00",
    "a\x00b",
    "\u202e\u2066",
    "e\u0301" * 3,
    "' OR 1=1 --",
    "<script>",
    "",
    " ",
    LONG,
    "\ud800",
    "\udfff a",
)
"""What a field of words may be sent."""
WRONG: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    1.5,
    2**70,
    [],
    {},
    [[]],
    [None],
    {"a": {"b": [1]}},
    ["\x00"],
    {"\x00": "\ud800"},
)
"""What any field may be sent instead."""
BODIES = ("", " ", "null", "[]", "7", '"words"', "{", '{"a": NaN}', "\x00", DEEP, f'{{"content": {DEEP}}}')
"""What may stand in the place of a body."""


def hostile(names: Collection[str]) -> Iterator[str]:
    yield from BODIES
    for value in (*STRANGE, *WRONG):
        yield json.dumps(dict.fromkeys(sorted(names), value))


def changing() -> list[tuple[str, str]]:
    return [
        (method, f"api/v1/{pattern.pattern}")
        for pattern in urlpatterns
        for method in METHODS
        if hasattr(pattern.callback.view_class, method)  # type: ignore[attr-defined]  # -- a view of a class has it
    ]


@pytest.fixture
def scene() -> Scene:
    scene = Scene.set_up(mode="practice")
    scene.submit()
    scene.people = {**scene.people, "editor": make_enrollment(scene.course, role=Role.EDITOR).user}
    return scene


def refused(client: Client, method: str, address: str, body: str) -> str:
    """What is wrong with the answer; "" for a refusal as it should be, or for something that could be done."""
    with transaction.atomic():
        answer = client.generic(method.upper(), address, body, content_type="application/json")
        transaction.set_rollback(True)
    if answer.status_code >= 500:
        return f"{answer.status_code} to {body[:60]}"
    is_told = answer.status_code < 400 or answer["Content-Type"] == PROBLEM
    return "" if is_told else f"{answer.status_code} as {answer['Content-Type']} to {body[:60]}"


def faults(scene: Scene, *, one_in: int) -> list[str]:
    """What is wrong with the answers to one in so many bodies for each call; the next call is sent the next ones."""
    client, bodies = scene.client("owner"), list(hostile(NAMES))
    return [
        f"{method} {route}: {fault}"
        for number, (method, route) in enumerate(changing())
        for body in bodies[number % one_in :: one_in]
        if (fault := refused(client, method, filled(route, scene), body))
    ]


@pytest.mark.slow
def test_no_body_makes_a_fault(scene: Scene) -> None:
    assert len(changing()) >= 40
    assert faults(scene, one_in=4) == []


@pytest.mark.full
def test_no_body_makes_a_fault_at_any_call(scene: Scene) -> None:
    assert faults(scene, one_in=1) == []


QUERIES = ("?page=x", "?page=-1", "?page=%00", "?cursor=x", "?text=%00", "?text=%ED%A0%80", "?at=never", "?seed=1e9",
           "?learner=x", "?old=%C2%B2&new=9", "?state=x&kind=%00&tag=%00&lesson=%00&quiz=%00&concept=%00")  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_makes_a_fault(scene: Scene, query: str) -> None:
    client = scene.client("owner")
    for pattern in urlpatterns:
        answer = client.get(filled(f"api/v1/{pattern.pattern}", scene) + query)
        assert answer.status_code < 500, (pattern.pattern, query)
