"""The application that can be installed: manifest, worker, page, and which other pages say that they may be kept."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from quizzes.models import QuizMode
from tests.factories import make_course
from tests.web.learner.books import make_book
from tests.web.learner.readers import lesson_address, reader_of, well_made
from tests.web.learner.sittings import Sitting
from web.learner.keeping import HEADER

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_manifest_tells_a_browser_all_it_needs_to_install(client: Client) -> None:
    response = client.get("/manifest.webmanifest")

    told = json.loads(response.content)
    assert response["Content-Type"] == "application/manifest+json"
    assert {told["start_url"], told["scope"], told["id"]} == {"/"}
    assert (told["name"], told["display"]) == ("Postil", "standalone")
    assert [(icon["sizes"], icon["type"]) for icon in told["icons"]] == [("any", "image/svg+xml")]


def test_the_worker_looks_after_the_whole_site_and_is_asked_for_anew(client: Client) -> None:
    response = client.get("/service-worker.js")

    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "no-cache"
    assert "script-src 'self'" in response["Content-Security-Policy"]


def test_the_policy_lets_manifest_and_worker_come_from_here_alone(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "manifest-src 'self'" in policy
    assert "worker-src 'self'" in policy


def test_the_page_without_a_connection_says_what_becomes_of_answers(client: Client) -> None:
    html = client.get("/offline/").content.decode()
    assert "Nothing is lost" in html
    well_made(html)


@pytest.mark.parametrize("address", ["/manifest.webmanifest", "/service-worker.js", "/offline/"])
def test_nothing_of_it_is_written_to(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


def test_every_page_links_the_manifest(client: Client) -> None:
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/accounts/login/").content.decode()


def test_courses_and_lessons_may_be_kept(client: Client) -> None:
    course = make_book()
    reader_of(client, course)

    for address in (f"/courses/{course.slug}/", lesson_address(course)):
        assert client.get(address)[HEADER] == "offline"


def test_a_course_offers_to_stay_only_where_there_is_something_to_read(client: Client) -> None:
    book, empty = make_book(), make_course()
    empty.lessons.all().delete()
    assert "Keep this course on this device" in client.get(f"/courses/{book.slug}/").content.decode()
    assert "Keep this course on this device" not in client.get(f"/courses/{empty.slug}/").content.decode()


@pytest.mark.parametrize(
    ("fields", "is_kept"),
    [
        pytest.param({"mode": QuizMode.PRACTICE}, True, id="practice"),
        pytest.param({"mode": QuizMode.PRACTICE, "time_limit_seconds": 600}, False, id="practice against time"),
        pytest.param({"mode": QuizMode.CHECK}, False, id="check"),
        pytest.param({"mode": QuizMode.EXAM}, False, id="exam"),
    ],
)
def test_only_the_page_of_an_untimed_practice_may_be_kept(
    client: Client, fields: dict[str, Any], is_kept: bool
) -> None:
    sitting = Sitting(client, **fields)
    sitting.start()

    response = client.get(sitting.address)

    assert response.has_header(HEADER) is is_kept
    assert ("data-keeps" in response.content.decode()) is is_kept


def test_nothing_else_of_an_attempt_may_be_kept(client: Client) -> None:
    sitting = Sitting(client, mode=QuizMode.PRACTICE)
    sitting.start()
    others = [client.get(f"{sitting.address}summary/"), client.get(sitting.quiz_address), client.get("/")]
    sitting.submit()
    others.append(client.get(sitting.address))
    sitting.grade()
    others.append(client.get(sitting.address))

    assert [response.has_header(HEADER) for response in others] == [False] * 5
