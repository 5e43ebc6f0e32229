"""The description is written once, is what the command writes, and is not sent twice to who has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from web.api import docs

pytestmark = pytest.mark.django_db

SCHEMA = "/api/v1/schema/"
KEPT = Path(__file__).resolve().parents[3] / "docs" / "openapi.json"


def asked(query: str = "?format=json", **headers: str) -> Any:
    return Client().get(f"{SCHEMA}{query}", headers=headers)


def test_what_is_served_is_what_is_kept_beside_the_source() -> None:
    answer = asked()
    assert (answer.status_code, answer["Content-Language"]) == (200, "en")
    assert answer["Content-Type"] == "application/vnd.oai.openapi+json"
    assert answer["Content-Disposition"] == 'inline; filename="postil.json"'
    assert json.loads(answer.content) == json.loads(KEPT.read_text(encoding="utf-8"))


def test_who_has_it_is_told_that_it_is_the_same() -> None:
    first = asked()
    again = asked(**{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert asked(**{"If-None-Match": '"another"'}).content == first.content


def test_each_form_is_written_once_and_has_a_tag_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [asked(query) for query in ("?format=json", "")]
    assert [answer["Content-Type"] for answer in before] == [
        "application/vnd.oai.openapi+json",
        "application/vnd.oai.openapi; charset=utf-8",
    ]
    assert before[0]["ETag"] != before[1]["ETag"]
    monkeypatch.delattr(docs, "ApiGenerator")
    assert [asked(query).content for query in ("?format=json", "")] == [answer.content for answer in before]


def test_it_is_said_in_english_to_whoever_asks_first() -> None:
    docs._written.cache_clear()
    in_french = asked(**{"Accept-Language": "fr"})
    docs._written.cache_clear()
    assert in_french.content == asked(**{"Accept-Language": "en"}).content
