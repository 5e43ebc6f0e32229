"""A grade that a grader suggests is called provisional until a person decides."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from quizzes.models import Attempt
from quizzes.policy import PRESETS
from tests.quizzes.domain.waiting_answers import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def review(client: Client, **detail: Any) -> str:
    """The learner's review of one answer that waits for a person, whose grader left this detail."""
    (response,) = Desk().answered("the reservoir", suggestion=detail)
    enrollment = response.attempt.enrollment
    assert enrollment is not None
    client.force_login(enrollment.user)
    Attempt.objects.update(policy=PRESETS["check"])
    return client.get(f"/attempts/{response.attempt.uuid}/").content.decode()


@pytest.mark.parametrize("said", [1, 1.0, "1", {"fraction": 1.0, "probability": 0.97}])
def test_a_suggestion_is_shown_as_provisional(client: Client, said: Any) -> None:
    page = review(client, suggestion=said, path=["It says what a model answer says."])
    assert "Provisional" in page
    assert "The grader suggests 3 of 3; a person decides." in page


@pytest.mark.parametrize("detail", [{}, {"suggestion": None}, {"suggestion": True}, {"suggestion": []}])
def test_without_one_the_answer_only_waits_for_a_person(client: Client, detail: Any) -> None:
    page = review(client, **detail)
    assert "Waiting for a person" in page
    assert "Provisional" not in page


def test_while_the_quiz_hides_verdicts_there_is_no_suggestion_either(client: Client) -> None:
    review(client, suggestion=1)
    attempt = Attempt.objects.get()
    Attempt.objects.update(policy={"after_submit": ["fraction"]})
    assert "Provisional" not in client.get(f"/attempts/{attempt.uuid}/").content.decode()
