"""Pages of the studio for somebody who reads them in French: they open, and their charts have the same lines."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from jobs.domain import run_job
from quizzes.domain.reckoning import ask_to_reckon
from tests.quizzes.domain.regraded import Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RIGHT, WRONG = "thirst machine", "wet"
CHART = re.compile(r"<svg class=\"chart.*?</svg>", re.DOTALL)
DRAWN = re.compile(r' (d|x|y|x1|y1|x2|y2|cx|cy|r|dx|dy|width|height|viewBox|transform|points)="([^"]*)"')
PLACES = (
    "",
    "text/",
    "lessons/",
    "concepts/",
    "questions/",
    "bank/",
    "quizzes/",
    "history/",
    "people/",
    "gradebook/",
    "insight/",
    "grading/",
    "appeals/",
    "regrades/",
)


@pytest.fixture
def group(client: Client) -> Class:
    """Twelve learners, of whom half knew the answers to both questions, and what was reckoned of it."""
    made = Class(questions=2)
    made.answered(*[RIGHT] * 6, *[WRONG] * 6)
    run_job(ask_to_reckon(made.quiz, hint=False).uuid)
    client.force_login(made.instructor)
    return made


def opened(client: Client, address: str, language: str) -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert (answer.status_code, answer["Content-Language"]) == (200, language)
    return answer.content.decode()


def drawn(page: str) -> list[list[tuple[str, str]]]:
    """The figures by which each chart of the page is drawn."""
    return [DRAWN.findall(chart) for chart in CHART.findall(page)]


@pytest.mark.parametrize("place", PLACES)
def test_every_place_opens_and_draws_what_it_draws_in_english(client: Client, group: Class, place: str) -> None:
    address = f"/studio/courses/{group.course.slug}/{place}"
    english, french = (opened(client, address, language) for language in ("en", "fr"))
    assert drawn(french) == drawn(english)


@pytest.mark.parametrize("place", ["", "insight/", "preview/", "monitor/"])
def test_every_place_of_a_quiz_opens_and_draws_the_same(client: Client, group: Class, place: str) -> None:
    address = f"/studio/courses/{group.course.slug}/quizzes/{group.quiz.slug}/{place}"
    english, french = (opened(client, address, language) for language in ("en", "fr"))
    assert drawn(french) == drawn(english)
    assert len(drawn(french)) == (5 if place == "insight/" else 0)


def test_points_are_sent_back_as_they_are_read(client: Client, group: Class) -> None:
    address = f"/studio/courses/{group.course.slug}/quizzes/{group.quiz.slug}/"
    points = re.compile(r'name="max_points" value="([^"]*)"')
    english, french = (points.findall(opened(client, address, language)) for language in ("en", "fr"))
    assert french == english != []
