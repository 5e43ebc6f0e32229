"""Whoever guesses at a password, a secret or a token waits after a few tries, at every door alike, and learns nothing.

With the limits that an installation has when nobody sets any.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from oauth2_provider.models import Application
from pytest_django import Settings

from accounts.domain.people import create_person
from accounts.domain.tokens import issue_token
from accounts.models import PersonalToken
from tests.factories import make_person
from tests.quality.source import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.once, pytest.mark.promise(40)]

REFUSALS = re.search(r"POSTIL_API_REFUSALS_PER_MINUTE=(\d+)", (ROOT / ".env.example").read_text(encoding="utf-8"))
"""As the example of all settings says it, which says what holds where nobody sets anything."""
TRIES = 20
MOST_WRONG = 10
"""Guesses that are told to be wrong; whatever comes after them is not looked at."""
EMAIL, PASSWORD = "ana@example.org", "three quiet words"
WAITS = "There were too many attempts for this address."

Door = Callable[[str, str], Any]
"""What comes of a guess: whose secret it is said to be, and the secret."""


def by_form(address: str) -> Door:
    return lambda who, secret: Client().post(address, {"login": who, "password": secret})


def by_secret(address: str) -> Door:
    def guess(who: str, secret: str) -> Any:
        basic = b64encode(f"{who}:{secret}".encode()).decode()
        sent = {"grant_type": "client_credentials", "token": "unknown"}
        return Client().post(address, sent, headers={"Authorization": f"Basic {basic}"})

    return guess


def by_token(who: str, secret: str) -> Any:
    return Client().get("/api/v1/courses/", headers={"Authorization": f"Bearer {who}{secret}"})


@pytest.fixture
def guarded(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Limits as nobody has set them, in a minute that does not end; what others were refused before is forgotten."""
    assert REFUSALS
    settings.API_REFUSALS_PER_MINUTE = int(REFUSALS[1])
    monkeypatch.setattr("web.api.limits.time.time", lambda: 1_800_000_000.0)
    caches["default"].clear()
    yield
    caches["default"].clear()


@pytest.fixture
def doors() -> Mapping[str, tuple[Door, str, str, str]]:
    """At each door how one guesses, who is there, who is not, and the right secret."""
    person = create_person(EMAIL, name="Ana Moravec", password=PASSWORD)
    system = Application.objects.create(
        name="A platform",
        user=make_person(),
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        client_secret=PASSWORD,
    )
    token = issue_token(person, name="tests", scope=PersonalToken.Scope.READ).secret
    return {
        "form": (by_form("/accounts/login/"), EMAIL, "nobody@example.org", PASSWORD),
        "token of a system": (by_secret("/oauth/token/"), system.client_id, "nobody", PASSWORD),
        "revoking": (by_secret("/oauth/revoke/"), system.client_id, "nobody", PASSWORD),
        "call": (by_token, token[:12], "postil_nobod", token[12:]),
    }


def is_waiting(answer: Any) -> bool:
    return answer.status_code == 429 or WAITS in answer.content.decode()


def seen(answer: Any, who: str) -> tuple[int, str]:
    """What a guesser sees of an answer, but for what they typed themselves and what is drawn anew for every page."""
    errors = answer.context["form"].errors.as_json() if answer.context else answer.content.decode()
    return answer.status_code, errors.replace(who, "")


@pytest.mark.parametrize("door", ["form", "token of a system", "revoking", "call"])
def test_twenty_guesses_are_soon_told_to_wait_and_tell_nobody_who_is_there(
    guarded: None, doors: Mapping[str, tuple[Door, str, str, str]], door: str, reached: Callable[[str], None]
) -> None:
    guess, present, absent, right = doors[door]
    told = {who: guessed(guess, who) for who in (absent, present)}
    waiting = [is_waiting(answer) for answer in told[present]]
    pairs = zip(told[present], told[absent], strict=True)
    apart = sum(seen(one, present) != seen(other, absent) for one, other in pairs)
    wrong = waiting.index(True)
    reached(f"{door}: guess {wrong + 1} of {TRIES} waits, {apart} told apart")
    assert wrong <= MOST_WRONG
    assert all(waiting[wrong:])
    assert apart == 0
    # Not even the right one is looked at then. A token says whose it is, and its calls are answered all the same.
    assert door == "call" or is_waiting(guess(present, right))


def guessed(guess: Door, who: str) -> list[Any]:
    """What comes of so many guesses in a row."""
    caches["default"].clear()
    return [guess(who, f"guess {number}") for number in range(TRIES)]
