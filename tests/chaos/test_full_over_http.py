"""PostgreSQL's disk fills while somebody answers over HTTP, with all that the Procfile starts around it."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request

import pytest

from config.demo import LEARNER
from config.journey import Browser, Page, needed, sign_in, start_quiz, wait_for_grade
from tests.chaos.disks import fill
from tests.postgres import PostgresServer
from tests.services import RedisService
from tests.started import PASSWORD, Platform, started

pytestmark = [pytest.mark.chaos, pytest.mark.slow, pytest.mark.postgres, pytest.mark.full]
TOLD = (503, "5", "unavailable", "This cannot be stored or looked up right now. Nothing was changed; try again.")
ENOUGH = 2_000
ANSWER = re.compile(r"answer-(\d+)")


@dataclass
class Writer:
    """A learner in the midst of answering, and what of it was acknowledged."""

    browser: Browser
    answering: Page
    kept: str = ""
    sequence: int = 0
    refusals: list[tuple[int, str, str, str]] = field(default_factory=list)

    @property
    def attempt(self) -> str:
        return self.answering.address.rstrip("/").rpartition("/")[2]

    @property
    def fields(self) -> dict[str, str]:
        return dict(self.answering.forms[-1].fields) | dict(needed(self.answering, f"/{self.attempt}/$").fields)

    @property
    def position(self) -> str:
        """Of the first question that takes words by itself and not in gaps; questions come in an order of their own."""
        taking_words = (ANSWER.fullmatch(name) for name, value in self.fields.items() if value == "a word")
        return next(found[1] for found in taking_words if found)

    def save(self, text: str) -> bool:
        """Whether it was acknowledged."""
        body = json.dumps({"answer": text, "sequence": self.sequence}).encode()
        address = f"{self.browser.base}api/v1/attempts/{self.attempt}/responses/{self.position}/"
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.fields["csrfmiddlewaretoken"]}
        try:
            with self.browser.opener.open(Request(address, body, headers, method="PUT"), timeout=60) as answer:
                self.kept, self.sequence = text, json.load(answer)["sequence"]
        except HTTPError as refusal:
            problem = json.load(refusal)
            self.refusals.append((refusal.code, refusal.headers["Retry-After"], problem["code"], problem["detail"]))
            return False
        return True

    def stored(self) -> str:
        found = self.browser.read(f"/api/v1/attempts/{self.attempt}/")
        return next(str(item["answer"]) for item in found["items"] if str(item["position"]) == self.position)


@pytest.fixture
def platform(server: PostgresServer, disk: Path, redis_service: RedisService, tmp_path: Path) -> Iterator[Platform]:
    url = server.create("cramped", on=disk)
    with started(tmp_path, released_on=url, served_by=url, redis_url=redis_service.url) as found:
        yield found


def test_who_answers_over_http_is_told_in_words_and_keeps_what_was_acknowledged(
    platform: Platform, server: PostgresServer, disk: Path
) -> None:
    browser = Browser(platform.address(0))
    sign_in(browser, email=LEARNER, password=PASSWORD)
    writer = Writer(browser, start_quiz(browser))
    assert writer.save("first words")
    filler = fill(disk)
    for _ in range(ENOUGH):
        if not writer.save(secrets.token_hex(4_000)) and len(writer.refusals) == 5:
            break
    assert writer.refusals == [TOLD] * 5
    assert writer.stored() == writer.kept

    filler.unlink()
    assert writer.save("last words")
    assert writer.stored() == "last words"
    summary = browser.send(needed(browser.get(f"/attempts/{writer.attempt}/"), rf"/{writer.attempt}/$"), go="summary")
    browser.send(needed(summary, r"/submit/$"))
    wait_for_grade(browser, writer.attempt)
    assert graded(server, writer.attempt) == "once each"
    assert platform.alive() == list(platform.children)


def graded(server: PostgresServer, attempt: str) -> str:
    """How often the answers of an attempt were graded."""
    sql = f"""
        SELECT bool_and(times = 1) FROM (
            SELECT count(event.id) AS times FROM quizzes_response AS response
            LEFT JOIN quizzes_gradingevent AS event ON event.response_id = response.id
            WHERE response.attempt_id = (SELECT id FROM quizzes_attempt WHERE uuid = '{attempt}')
            GROUP BY response.id
        ) AS counted"""
    return "once each" if server.ask(sql, database="cramped") == "t" else "not once each"
