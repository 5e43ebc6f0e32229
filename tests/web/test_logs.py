"""Nothing that a person is or wrote comes into a log, whatever goes wrong on the way to their grade."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from config.log_lines import JsonLine, Line
from jobs.domain import run_job, sweep
from jobs.models import Job
from quizzes.domain import grading
from quizzes.domain.attempts import GRADE_ATTEMPT
from quizzes.models import Response
from tests.web.learner.sittings import RIGHT, Sitting, sequences

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NAME, EMAIL, ANSWER = "Canaria Namenlos", "canary-address@example.org", "canary words of an answer"
PERSONAL = (NAME, EMAIL, ANSWER, "canary")


@pytest.fixture(params=[Line, JsonLine], ids=["text", "json"])
def log(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Everything that any logger says, as a process would write it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(request.param())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def sitting(client: Client) -> Sitting:
    """A learner of name, address and answer that nobody else has."""
    made = Sitting(client)
    User.objects.filter(pk=made.enrollment.user_id).update(name=NAME, email=EMAIL)
    client.raise_request_exception = False
    return made


def answer_everything(sitting: Sitting) -> None:
    sitting.start()
    assert sitting.put(4, {"answer": ANSWER, "sequence": 0}).status_code == 200
    sitting.save({**RIGHT, **sequences(6), "answer-4": ANSWER, "sequence-4": "1"})
    assert Response.objects.filter(position=4, answer=ANSWER).exists()


def grade(sitting: Sitting) -> None:
    sitting.client.post(f"{sitting.address}submit/")
    run_job(Job.objects.get(kind=GRADE_ATTEMPT).uuid)


def personal(log: io.StringIO) -> list[str]:
    text = log.getvalue()
    assert text
    return [word for word in PERSONAL if word in text]


def test_a_journey_leaves_nothing_personal(sitting: Sitting, log: io.StringIO) -> None:
    answer_everything(sitting)
    grade(sitting)
    sweep()
    sitting.get("review/")
    assert personal(log) == []
    assert "is done, try 1" in log.getvalue()


def test_signing_in_wrongly_leaves_no_address(client: Client, log: io.StringIO) -> None:
    client.post("/accounts/login/", {"login": EMAIL, "password": "canary of a password"})
    assert personal(log) == []


@pytest.mark.parametrize("path", ["/canary/", "/join/canary-code/", "/courses/canary/", "/?next=canary"])
def test_an_address_that_leads_nowhere_is_not_repeated(client: Client, log: io.StringIO, path: str) -> None:
    client.get(path)
    client.post(path)
    assert personal(log) == []


def test_a_grader_that_fails_over_an_answer_does_not_quote_it(
    sitting: Sitting, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall_over(*_: Any, **__: Any) -> Any:
        raise ValueError(f"could not convert string to float: '{ANSWER}'")

    answer_everything(sitting)
    monkeypatch.setattr(grading, "_outcome", fall_over)
    grade(sitting)
    assert personal(log) == []
    assert "ValueError" in log.getvalue()


@pytest.mark.twice
def test_a_row_that_the_database_refuses_is_not_quoted(
    sitting: Sitting, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_a_constraint(*_: Any, **__: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE quizzes_response SET grading = 'odd' WHERE position = 4")

    answer_everything(sitting)
    monkeypatch.setattr(grading, "fold_attempt", break_a_constraint)
    grade(sitting)
    assert personal(log) == []
    assert "IntegrityError" in log.getvalue()


def test_a_page_that_fails_says_where_and_not_for_whom(
    sitting: Sitting, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall_over(*_: Any, **__: Any) -> Any:
        raise KeyError(f"{NAME} {EMAIL} {ANSWER}")

    answer_everything(sitting)
    monkeypatch.setattr("web.learner.views.attempts.render", fall_over)
    assert sitting.client.get(f"{sitting.address}summary/").status_code == 500
    assert personal(log) == []
    assert "KeyError" in log.getvalue()
    assert "learner:attempt-summary" in log.getvalue()


@pytest.mark.parametrize("log", [JsonLine], indirect=True)
def test_every_line_of_a_journey_is_an_object(sitting: Sitting, log: io.StringIO) -> None:
    answer_everything(sitting)
    grade(sitting)
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert {"time", "level", "logger", "message"} <= set.intersection(*map(set, lines))
