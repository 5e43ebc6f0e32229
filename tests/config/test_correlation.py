"""One id from the request to the grade."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client

from config.correlation import HEADER, usable
from jobs.correlation import LONGEST, current_request_id, done_for
from jobs.domain import enqueue, enqueue_each, run_job
from jobs.models import Job
from tests.web.learner.sittings import RIGHT, Sitting, sequences


class Listener(logging.Handler):
    """What was said, with the request that it was said for."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append((current_request_id(), record.getMessage()))


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> Iterator[list[tuple[str, str]]]:
    caplog.set_level(logging.INFO)
    listener = Listener()
    logging.getLogger().addHandler(listener)
    yield listener.said
    logging.getLogger().removeHandler(listener)


@pytest.mark.parametrize(
    ("said", "is_usable"),
    [
        ("8-chars-", True),
        ("0123456789abcdef0123456789abcdef", True),
        ("6e0f1d0e-6c1c-4b7e-9d3b-1f7f3a3c5f10", True),
        ("a" * LONGEST, True),
        ("a" * (LONGEST + 1), False),
        ("short", False),
        ("", False),
        ("two words", False),
        ("person@example.org", False),
        ("12345678\n", False),
        ("1234567\x00", False),
        ("<script>alert</script>", False),
        ("é" * 8, False),
    ],
)
def test_an_id_is_taken_as_it_is_or_not_at_all(said: str, is_usable: bool) -> None:
    assert usable(said) == (said if is_usable else "")


def test_an_answer_carries_the_id_that_the_proxy_gave(client: Client) -> None:
    assert client.get("/healthz", HTTP_X_REQUEST_ID="request-0815")[HEADER] == "request-0815"


@pytest.mark.parametrize("said", ["no", "x y z 1 2 3", ""])
def test_an_id_that_is_none_gets_a_new_one(client: Client, said: str) -> None:
    first, second = (client.get("/healthz", HTTP_X_REQUEST_ID=said)[HEADER] for _ in range(2))
    assert UUID(first) != UUID(second)


def test_nobody_else_chooses_what_stands_in_the_log(client: Client) -> None:
    answer = client.get("/healthz", HTTP_X_REQUEST_ID="request-0815", REMOTE_ADDR="203.0.113.7")
    assert answer[HEADER] != "request-0815"


def test_nothing_is_done_for_a_request_that_is_over(client: Client) -> None:
    client.get("/healthz", HTTP_X_REQUEST_ID="request-0815")
    assert current_request_id() == ""


def test_an_inner_request_gives_way_to_the_outer_one_again() -> None:
    with done_for("outer-01"):
        with done_for("inner-01"):
            assert current_request_id() == "inner-01"
        assert current_request_id() == "outer-01"


def test_only_what_may_change_something_is_a_line(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    client.get("/healthz")
    client.post("/healthz")
    lines = [record.getMessage() for record in caplog.records if record.name == "config.correlation"]
    assert [re.sub(r"\d+ ms", "… ms", line) for line in lines] == ["POST healthz 405 in … ms"]


@pytest.mark.django_db
@pytest.mark.database
def test_a_job_keeps_the_request_that_put_it_in() -> None:
    subjects = [UUID(int=1), UUID(int=2)]
    with done_for("request-0001"):
        enqueue("grade_attempt", subject=UUID(int=3), hint=False)
    with done_for("request-0002"):
        enqueue("grade_attempt", subject=UUID(int=3), hint=False)
        enqueue_each("grade_attempt", subjects=subjects)
    enqueue("grade_attempt", subject=UUID(int=4), hint=False)
    kept = dict(Job.objects.values_list("subject", "request_id"))
    assert kept == {
        UUID(int=1): "request-0002",
        UUID(int=2): "request-0002",
        UUID(int=3): "request-0001",
        UUID(int=4): "",
    }


@pytest.mark.django_db
@pytest.mark.database
def test_one_id_goes_from_the_submit_to_the_grade(client: Client, said: list[tuple[str, str]]) -> None:
    sitting = Sitting(client)
    sitting.start()
    sitting.save({**RIGHT, **sequences(6)})

    client.post(f"{sitting.address}submit/", HTTP_X_REQUEST_ID="from-submit-to-grade")
    job = Job.objects.get(kind="grade_attempt")
    run_job(job.uuid)

    told = [words for request, words in said if request == "from-submit-to-grade"]
    about = f"The grade_attempt job {job.uuid}"
    assert told[0] == f"{about} is put in, about {sitting.attempt.uuid}"
    assert told[1].startswith("POST learner:attempt-submit 303 in ")
    assert told[2] == f"{about} is done, try 1"
