"""Whatever else is sent with a form or a call changes nothing: promise 32, at every address there is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import User
from tests.factories import make_person
from tests.quality.canaries import Scene, filled, routes
from tests.quality.forged import NUMBER, UUID, Sent, calls_described, forgeries, forms_on, watched

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow, pytest.mark.once, pytest.mark.promise(32)]

PEOPLE = ("owner", "answering")
ENDS_IT_ALL = "/accounts/logout/"
RIGHTS = ("is_staff", "is_superuser", "may_author")


@pytest.fixture
def scene() -> Scene:
    made = Scene.set_up(mode="check", attempts_allowed=None)
    made.submit()
    return made


def forms(scene: Scene, who: str) -> list[Sent]:
    """Each form that this person is shown at any address, once. What one form asks for, its address knows of all."""
    found = {(sent.address, sent.own): sent for sent in shown(scene.client(who), scene) if sent.address != ENDS_IT_ALL}
    known: dict[str, frozenset[str]] = {}
    for address, own in found:
        known[address] = known.get(address, frozenset()) | own
    return [replace(sent, own=known[sent.address]) for sent in found.values()]


def shown(client: Client, scene: Scene) -> Iterator[Sent]:
    for address in (filled(route, scene) for route in routes()):
        answer = client.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            yield from forms_on(address, answer.content.decode())


def calls(scene: Scene) -> Iterator[Sent]:
    """Each call with a body, at an address of this scene."""
    known = {re.sub(r"<[^>]*>", "{}", route): filled(route, scene) for route in routes() if route.startswith("api/")}
    for call in calls_described():
        address = known[re.sub(r"\{[^}]*\}", "{}", call.address.lstrip("/"))]
        yield Sent(call.method, address, call.body, call.own)


def rights() -> set[tuple[int, str]]:
    """Who may do more than others."""
    return {
        (key, right) for right in RIGHTS for key in User.objects.filter(**{right: True}).values_list("pk", flat=True)
    }


def send(client: Client, sent: Sent) -> int:
    if sent.address.startswith("/api/"):
        body = sent.with_forgeries
        return client.generic(sent.method, sent.address, json.dumps(body), content_type="application/json").status_code
    return client.post(sent.address, {name: str(value) for name, value in sent.with_forgeries.items()}).status_code


def taken(scene: Scene, who: str, everything: list[Sent]) -> tuple[dict[str, list[str]], int]:
    """What wrote something forged, or gave anybody rights; and how many were taken for sound."""
    client, found, sound = scene.client(who), {}, 0
    before = rights()
    for sent in everything:
        with transaction.atomic():
            with watched() as statements:
                status = send(client, sent)
            changed = [*statements.forged, *(right for _, right in rights() - before)]
            transaction.set_rollback(True)
        sound += status < 400
        if changed:
            found[str(sent)] = changed
    return found, sound


@pytest.mark.parametrize("who", PEOPLE)
def test_what_a_form_does_not_ask_for_is_not_kept(scene: Scene, who: str, reached: Callable[[str], None]) -> None:
    everything = forms(scene, who)
    found, sound = taken(scene, who, everything)
    reached(f"{len(found)} of {len(everything)} forms of {who} keep what they do not ask for")
    assert found == {}
    assert sound * 2 > len(everything)


@pytest.mark.parametrize("who", PEOPLE)
def test_what_a_call_does_not_describe_is_not_kept(scene: Scene, who: str, reached: Callable[[str], None]) -> None:
    everything = list(calls(scene))
    found, _ = taken(scene, who, everything)
    reached(f"{len(found)} of {len(everything)} calls of {who} keep what they do not describe")
    assert found == {}


def test_what_is_forged_is_seen_in_whatever_is_written() -> None:
    person = make_person()
    with watched() as statements:
        User.objects.filter(pk=person.pk).update(name=forgeries()["name"])
        User.objects.filter(pk=person.pk).update(name="Ana")
    assert statements.forged == ['UPDATE "accounts_user" SET "name" = %s WHERE "accounts_user"."id" = %s'[:60]]
    assert (forgeries()["user_id"], forgeries()["uuid"], forgeries()["is_staff"]) == (NUMBER, UUID, True)


def test_a_form_is_read_with_what_a_browser_sends() -> None:
    page = """<form method="post" action="/a/?x=1"><input name="n" value="v"><input type="file" name="f">
      <select name="s"><option value="1">One<option value="2" selected>Two</select><textarea name="t"></textarea>
      <button name="go" value="on">Go</button></form><form><input name="q"></form><form method="post"></form>"""
    assert [(each.address, each.body) for each in forms_on("/b/", page)] == [
        ("/a/", {"n": "v", "s": "2", "t": "words", "go": "on"}),
        ("/b/", {}),
    ]
