"""The page of the weekly goal."""

from __future__ import annotations

import pytest
from django.test import Client

from quizzes.models import WeeklyGoal
from tests.factories import make_person
from tests.web.learner.sittings import LearnerPage

pytestmark = pytest.mark.django_db

GOAL = "/progress/goal/"


@pytest.fixture
def learner(client: Client) -> Client:
    client.force_login(make_person())
    return client


def test_it_is_set_shown_at_home_and_taken_away(learner: Client) -> None:
    assert "This week" not in learner.get("/").content.decode()

    learner.post(GOAL, {"days": "3"})
    home, page = learner.get("/").content.decode(), learner.get(GOAL).content.decode()

    assert "You want to learn on three days this week." in home
    assert 'value="3" checked' in page
    assert not LearnerPage(page).inline
    learner.post(GOAL, {"days": "0"})
    assert not WeeklyGoal.objects.exists()


def test_paused_it_says_so_and_home_says_nothing(learner: Client) -> None:
    learner.post(GOAL, {"days": "3"})
    learner.post(GOAL, {"days": "3", "pause": "1"})

    assert "It is paused" in learner.get(GOAL).content.decode()
    assert "This week" not in learner.get("/").content.decode()


@pytest.mark.parametrize("days", ["", "8", "-1", "³", "x", "3.0", "9" * 300])
def test_what_is_no_number_of_days_changes_nothing(learner: Client, days: str) -> None:
    assert learner.post(GOAL, {"days": days}).status_code == 302
    assert not WeeklyGoal.objects.exists()


def test_a_visitor_has_none(client: Client) -> None:
    assert client.get(GOAL)["Location"].startswith("/accounts/login/")
