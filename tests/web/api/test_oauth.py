"""Systems get tokens for their secret, and whoever guesses at one waits."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest
from django.test import Client
from oauth2_provider.models import Application
from pytest_django import Settings

from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.promise(40)]

SECRET = "a secret of a platform"


@pytest.fixture
def client_id() -> str:
    application = Application.objects.create(
        name="A platform",
        user=make_person(),
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        client_secret=SECRET,
    )
    return str(application.client_id)


def ask(client_id: str, secret: str, *, path: str = "token", **headers: str) -> Any:
    basic = b64encode(f"{client_id}:{secret}".encode()).decode()
    form = {"grant_type": "client_credentials", "token": "unknown"}
    return Client().post(f"/oauth/{path}/", form, headers={"Authorization": f"Basic {basic}", **headers})


@pytest.mark.parametrize("path", ["token", "revoke"])
def test_who_guesses_at_a_secret_waits_even_when_it_is_right(settings: Settings, client_id: str, path: str) -> None:
    settings.API_REFUSALS_PER_MINUTE = 5
    guesses = [ask(client_id, f"guess {number}", path=path).status_code for number in range(6)]
    answer = ask(client_id, SECRET, path=path)
    assert guesses == [401, 401, 401, 401, 401, 429]
    assert (answer.status_code, answer.json()) == (429, {"error": "temporarily_unavailable"})
    assert 1 <= int(answer["Retry-After"]) <= 60


def test_who_is_never_refused_never_waits(settings: Settings, client_id: str) -> None:
    settings.API_REFUSALS_PER_MINUTE = 1
    assert [ask(client_id, SECRET).status_code for _ in range(3)] == [200, 200, 200]


def test_an_unknown_system_and_a_wrong_secret_are_told_alike(client_id: str) -> None:
    wrong, unknown = ask(client_id, "guess"), ask("nobody", SECRET)
    assert (wrong.status_code, wrong.content) == (unknown.status_code, unknown.content) == (401, unknown.content)


def test_guesses_at_secrets_and_at_tokens_are_counted_together(settings: Settings, client_id: str) -> None:
    settings.API_REFUSALS_PER_MINUTE = 1
    assert Client().get("/api/v1/courses/", headers={"Authorization": "Bearer postil_x"}).status_code == 401
    assert ask(client_id, SECRET).status_code == 429


def test_without_a_limit_nobody_waits(client_id: str) -> None:
    assert [ask(client_id, "guess").status_code for _ in range(12)] == [401] * 12
