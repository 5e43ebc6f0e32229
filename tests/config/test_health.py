from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client


def test_a_process_is_alive_without_a_database(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "alive"}


@pytest.mark.django_db
def test_a_process_is_ready_when_the_database_answers(client: Client) -> None:
    assert client.get("/readyz").json() == {"status": "ready"}


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
