from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from config import health
from config.health import NEVER_SWEPT
from jobs.domain import database_now, hints
from jobs.domain.health import SWEEPER, beat


def test_a_process_is_alive_without_a_database(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "alive"}


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broker that says how much is waiting; a real one stands in the last test."""
    monkeypatch.setattr(hints, "waiting", lambda: 0)


@pytest.mark.django_db
def test_a_process_is_ready_when_database_broker_and_sweeper_are_there(client: Client, answering: None) -> None:
    beat(SWEEPER)
    assert client.get("/readyz").json() == {"status": "ready"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "name"), [("redis://127.0.0.1:1/0", "Redis"), ("amqp://postil:secret@127.0.0.1:1/postil", "RabbitMQ")]
)
def test_without_its_broker_a_process_is_degraded_says_which_and_serves(
    client: Client, settings: Settings, url: str, name: str
) -> None:
    settings.BROKER_URL = url
    beat(SWEEPER)
    response = client.get("/readyz")
    reason = f"{name} does not answer: answers are saved and graded, more slowly."
    assert (response.status_code, response.json()) == (200, {"status": "degraded", "reasons": [reason]})


@pytest.mark.django_db
@pytest.mark.promise(17)
@pytest.mark.parametrize(
    ("seconds", "reasons"),
    [
        (0, []),
        (55, []),
        (62, ["The sweeper was not heard of for 62 s: what a crash leaves behind waits."]),
        (None, [NEVER_SWEPT]),
    ],
)
def test_a_sweeper_that_is_silent_for_a_minute_degrades(
    client: Client, answering: None, seconds: int | None, reasons: list[str]
) -> None:
    if seconds is not None:
        beat(SWEEPER, at=database_now() - timedelta(seconds=seconds))
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json().get("reasons", []) == reasons


@pytest.mark.django_db
def test_a_process_is_not_ready_before_its_tables_are(
    client: Client, monkeypatch: pytest.MonkeyPatch, answering: None
) -> None:
    monkeypatch.setattr(health, "_up_to_date", set())
    monkeypatch.setattr(health, "_newest", lambda: frozenset({("jobs", "9999_tomorrow")}))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "the database waits for: manage.py migrate"}


@pytest.mark.django_db
def test_being_ready_is_one_query_once_the_tables_were_found(client: Client, answering: None) -> None:
    client.get("/readyz")
    with CaptureQueriesContext(connection) as queries:
        client.get("/readyz")
    assert len(queries) == 1


@pytest.mark.django_db
def test_a_process_is_not_ready_without_its_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "the database does not answer"}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_safe_methods_are_answered(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
