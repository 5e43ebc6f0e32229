"""Every door: looking changes nothing, a forged form changes nothing, and every answer says what to refuse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from tests.factories import make_person
from tests.quality.canaries import Scene, filled, routes

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow, pytest.mark.once, pytest.mark.promise(34)]

WITH_STYLES_OF_ITS_OWN = "/api/v1/docs/"
"""Swagger UI writes style attributes; nothing that a person typed is shown there."""
PEOPLE = ("owner", "answering", "visitor")
WRITTEN_BY_LOOKING = {"Card"}
"""What was missed enters the deck when it is looked at: docs/decisions/0038."""


def addresses(scene: Scene) -> list[str]:
    return [filled(route, scene) for route in routes()]


def every_row() -> dict[str, list[tuple[Any, ...]]]:
    """What stands in every table, by the name of its model."""
    return {
        model.__name__: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
        if model.__name__ not in WRITTEN_BY_LOOKING
    }


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [name for name, rows in after.items() if rows != before[name]]


@pytest.fixture
def scene() -> Scene:
    made = Scene.set_up(mode="check")
    made.submit()
    return made


@pytest.mark.parametrize("who", PEOPLE)
def test_looking_at_every_address_changes_no_row(scene: Scene, who: str, reached: Callable[[str], None]) -> None:
    asked, client = addresses(scene), scene.client(who)
    found = {}
    before = every_row()
    for address in asked:
        client.get(address)
    if changed(before, every_row()):
        found = dict(one_by_one(client, asked))
    reached(f"{len(found)} of {len(asked)} addresses change something when {who} looks")
    assert found == {}


def one_by_one(client: Client, asked: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Which addresses change which tables; slow, so only asked when any does."""
    for address in asked:
        before = every_row()
        client.get(address)
        if tables := changed(before, every_row()):
            yield address, tables


def test_a_form_without_the_token_of_its_page_is_refused_at_every_address(
    scene: Scene, reached: Callable[[str], None]
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.people["owner"] or make_person())
    before = every_row()
    taken = {}
    for address in addresses(scene):
        if not address.startswith("/oauth/"):
            status = client.post(address, {"question": "1"}).status_code
            if status not in (403, 404, 405, 415):
                taken[address] = status
    reached(f"{len(taken)} addresses take a form without its token")
    assert taken == {}
    assert changed(before, every_row()) == []


def test_a_program_that_brings_a_cookie_needs_the_token_of_a_page(scene: Scene) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.people["answering"] or make_person())
    answer = client.post(f"/api/v1/quizzes/{scene.quiz.uuid}/attempts/", "{}", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")


WANTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("who", PEOPLE)
def test_every_answer_says_what_a_browser_is_to_refuse(scene: Scene, who: str, reached: Callable[[str], None]) -> None:
    client, lacking = scene.client(who), {}
    asked = [*addresses(scene), "/no/such/page/", "/api/v1/no/such/", "/static/no-such.css"]
    for address in asked:
        if missing := sorted(lacks(client.get(address), address)):
            lacking[address] = missing
    reached(f"{len(lacking)} of {len(asked)} answers to {who} without a header")
    assert lacking == {}


def lacks(answer: Any, address: str) -> Iterator[str]:
    """The headers that an answer should have and has not."""
    yield from (name for name, value in WANTED.items() if answer.get(name) != value)
    policy = answer.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy and "default-src 'self'" not in policy:
        yield "Content-Security-Policy"
    if "unsafe" in policy and address != WITH_STYLES_OF_ITS_OWN:
        yield "Content-Security-Policy with unsafe-inline"
