"""No address leads to another site, believes a host that a stranger names, or leaves what is one person's to others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from tests.factories import make_person
from tests.quality.canaries import Scene, filled, routes
from tests.quality.test_doors import lacks

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow, pytest.mark.once, pytest.mark.promise(34)]

EVIL = "evil.example"
PEOPLE = ("owner", "answering", "visitor")
WAYS_BACK = "next back to url return return_to redirect redirect_to redirect_uri continue goto from destination"
LEADING_AWAY = (f"https://{EVIL}/", f"//{EVIL}/", rf"\\{EVIL}", f"/\\{EVIL}/", f"https:{EVIL}", f"\thttps://{EVIL}/")
SAYING_ANOTHER_HOST = {
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-Server": EVIL,
    "X-Host": EVIL,
    "X-Original-URL": f"https://{EVIL}/",
    "X-Rewrite-URL": f"https://{EVIL}/",
    "Forwarded": f"host={EVIL}",
    "Referer": f"https://{EVIL}/",
    "Origin": f"https://{EVIL}",
}
LINKS = ("href", "src", "action", "formaction", "content", "hx-get", "hx-post")
COOKIES = {"sessionid": True, "csrftoken": True, "messages": True}
"""Which no script may read; others hold how pages look."""


@pytest.fixture
def scene() -> Scene:
    made = Scene.set_up(mode="check")
    made.submit()
    return made


def addresses(scene: Scene) -> list[str]:
    return [filled(route, scene) for route in routes()]


def asked(client: Client, address: str, turn: int) -> Iterator[Any]:
    """The answers to somebody who was sent here by another site, looking and sending; nothing of it lasts."""
    ways = dict.fromkeys(WAYS_BACK.split(), LEADING_AWAY[turn % len(LEADING_AWAY)])
    with transaction.atomic():
        yield client.get(address, ways, headers=SAYING_ANOTHER_HOST)
        yield client.post(address, {**ways, "question": "1"}, headers=SAYING_ANOTHER_HOST)
        transaction.set_rollback(True)


@pytest.mark.parametrize("who", PEOPLE)
def test_no_address_leads_to_another_site(scene: Scene, who: str, reached: Callable[[str], None]) -> None:
    client, found = scene.client(who), {}
    everything = addresses(scene)
    for turn, address in enumerate(everything):
        for answer in asked(client, address, turn):
            if away := [link for link in links(answer) if leads_away(link, address)]:
                found[address] = away[:3]
        if who != "visitor":
            client.force_login(scene.people[who] or make_person())
    reached(f"{len(found)} of {len(everything)} addresses lead {who} to another site")
    assert found == {}


class Links(HTMLParser):
    """Everything in a page that leads somewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in LINKS]


def links(answer: Any) -> list[str]:
    page = Links()
    if answer.get("Content-Type", "").startswith("text/html"):
        page.feed(answer.content.decode())
    return [*page.found, answer.get("Location", "")]


def leads_away(link: str, address: str) -> bool:
    """As browsers read links: without control characters, and backslashes are slashes."""
    plain = re.sub(r"[\x00-\x20]", "", link).replace("\\", "/")
    plain = re.sub(r"^(https?):/*", r"\1://", plain)
    return urlsplit(urljoin(f"http://testserver{address}", plain)).hostname == EVIL


@pytest.mark.parametrize("link", LEADING_AWAY)
def test_a_link_that_leads_away_is_known_however_it_is_written(link: str) -> None:
    assert leads_away(link, "/courses/")
    assert not leads_away(f"/accounts/login/?next={link}", "/courses/")


def test_a_host_that_is_not_ours_is_answered_nowhere(client: Client) -> None:
    for address in ("/", "/accounts/password/reset/", "/api/v1/courses/", "/healthz", "/studio/", "/static/no.css"):
        answer = client.get(address, headers={"Host": EVIL})
        assert (address, answer.status_code, EVIL in answer.content.decode()) == (address, 400, False)


@pytest.mark.parametrize("who", ["owner", "answering"])
def test_what_is_one_persons_is_kept_for_nobody_else(scene: Scene, who: str) -> None:
    """A cache between may not give one person's page to another."""
    client, open_to_others = scene.client(who), []
    for address in addresses(scene):
        answer = client.get(address)
        kept = answer.get("Cache-Control", "")
        if answer.status_code == 200 and "Cookie" not in answer.get("Vary", "") and not own(kept):
            open_to_others.append(address)
    assert open_to_others == []


def own(kept: str) -> bool:
    return any(word in kept for word in ("private", "no-store", "no-cache"))


def test_every_cookie_stays_on_an_encrypted_way_and_with_us(scene: Scene, settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    loose = []
    for address in addresses(scene):
        client = Client()
        for answer in asked(client, address, 0):
            loose += [(address, name) for name, each in answer.cookies.items() if each.value and is_loose(name, each)]
    assert loose == []


def is_loose(name: str, cookie: Any) -> bool:
    is_read_by_scripts = COOKIES.get(name, False) and not cookie["httponly"]
    return (
        cookie["samesite"] not in ("Lax", "Strict")
        or not cookie["secure"]
        or bool(cookie["domain"])
        or is_read_by_scripts
    )


def test_every_refusal_says_what_a_browser_is_to_refuse(scene: Scene) -> None:
    strict, person = Client(enforce_csrf_checks=True), scene.client("owner")
    answers = {
        400: person.get("/", headers={"Host": EVIL}),
        401: strict.get("/api/v1/courses/"),
        403: strict.post("/accounts/login/", {}),
        404: person.get("/no/such/page/"),
        405: person.delete("/healthz"),
        413: person.post("/studio/import/", {"text": "x" * 3_000_000}),
    }
    assert {status: answer.status_code for status, answer in answers.items()} == {status: status for status in answers}
    assert {status: sorted(lacks(answer, "")) for status, answer in answers.items() if list(lacks(answer, ""))} == {}


def test_an_installation_with_https_says_so_in_every_answer(client: Client, settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT = 31_536_000, True
    plain, encrypted = client.get("/accounts/login/"), client.get("/accounts/login/", secure=True)
    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/accounts/login/")
    assert encrypted["Strict-Transport-Security"].startswith("max-age=31536000")
    assert client.get("/no/such/page/", secure=True)["Strict-Transport-Security"].startswith("max-age=31536000")
    assert client.get("/healthz").status_code == 200
