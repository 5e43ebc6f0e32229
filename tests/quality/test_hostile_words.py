"""Words that somebody typed stay words on every page, whoever looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection

from tests.quality.canaries import Scene, filled, routes
from tests.quality.hostile import PAYLOADS, hostile_scene, in_every_column

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow, pytest.mark.once, pytest.mark.promise(35)]

LINKS = ("href", "src", "action", "formaction", "data", "xlink:href", "srcdoc")
PEOPLE = ("owner", "answering", "visitor")


class Alive(HTMLParser):
    """Collects whatever in a page would run: handlers, scripts that it holds itself, links that are code."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").strip("\x00\x01\t\n\r ").lower() for name, value in attrs}
        self.found += [f"{tag} {name}" for name in given if name.startswith(("on", "hx-on", "data-hx-on"))]
        self.found += [f"{tag} {name}" for name in LINKS if is_code(given.get(name, ""))]
        if tag == "script" and not is_ours(given.get("src", "")):
            self.found.append("script")
        if tag in {"base", "object", "embed", "iframe"}:
            self.found.append(tag)


def is_ours(address: str) -> bool:
    return address.startswith("/") and not address.startswith("//")


def is_code(link: str) -> bool:
    bare = "".join(link.split())
    return bare.startswith(("javascript:", "vbscript:", "data:text", "<"))


def alive_in(answer: Any) -> list[str]:
    """What would run of an answer; nothing of what a browser would not take for a page."""
    if not answer["Content-Type"].startswith("text/html"):
        return []
    reader = Alive()
    reader.feed(answer.content.decode())
    reader.close()
    return reader.found


@pytest.fixture
def scene() -> Scene:
    return hostile_scene()


@pytest.mark.parametrize("who", PEOPLE)
def test_no_word_of_anybody_runs_on_any_page(scene: Scene, who: str, reached: Callable[[str], None]) -> None:
    client = scene.client(who)
    answers = {address: client.get(address) for address in (filled(route, scene) for route in routes())}
    alive = {address: found for address, answer in answers.items() if (found := alive_in(answer))}
    showing = sum("ran(1)" in answer.content.decode(errors="replace") for answer in shown(answers.values()))
    reached(f"{who}: {len(alive)} of {len(answers)} addresses run anything; {showing} show such words")
    assert alive == {}
    assert showing >= {"owner": 30, "answering": 12, "visitor": 2}[who]


def shown(answers: Any) -> Iterator[Any]:
    return (answer for answer in answers if answer.status_code == 200 and not answer.streaming)


def test_there_are_sixty_ways_and_each_would_run_if_it_were_let() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60
    found = {payload for payload in PAYLOADS if alive_in_text(payload)}
    assert len(found) >= 40


def test_every_field_holds_every_way(scene: Scene, reached: Callable[[str], None]) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL keeps no more than a column's length, so that short ones hold some of the ways.")
    filled = in_every_column()
    reached(f"{len(PAYLOADS)} ways in each of {filled[True]} fields")
    assert filled[True] >= 300
    assert filled[False] == 0


def alive_in_text(text: str) -> list[str]:
    reader = Alive()
    reader.feed(f"<p>{text}</p>")
    reader.close()
    return reader.found
