"""So many calls within a minute, each answer saying how many are left; and no Redis is ever waited for."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from accounts.models import User
from config.cache import GuardedRedisCache, breaker
from tests.factories import make_person
from tests.services import RedisService
from tests.web.api.callers import Caller, call, told
from tests.web.api.test_areas import bearing
from web.api.limits import WINDOW, Rate, count

THROTTLED = (429, "throttled")


@pytest.fixture
def person(db: None) -> User:
    return make_person()


@pytest.fixture(autouse=True)
def at_the_beginning_of_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.api.limits.time.time", lambda: 1_800_000_000.0)


def rates(answer: Any) -> list[int]:
    return [int(answer[f"RateLimit-{name}"]) for name in ("Limit", "Remaining", "Reset")]


def test_every_answer_says_how_many_calls_are_left(settings: Settings, person: User) -> None:
    settings.API_CALLS_PER_MINUTE = 3
    caller = Caller(person)
    answers = [caller.get("courses/"), caller.get("courses/none/"), caller.put("courses/", {}), caller.get("courses/")]
    assert [answer.status_code for answer in answers] == [200, 404, 405, 429]
    assert [rates(answer) for answer in answers] == [[3, 2, 60], [3, 1, 60], [3, 0, 60], [3, 0, 60]]
    assert told(answers[-1])[:2] == THROTTLED
    assert answers[-1]["Retry-After"] == "60"


def test_people_and_systems_are_counted_apart(settings: Settings, person: User) -> None:
    settings.API_CALLS_PER_MINUTE = 1
    system: Any = bearing(person, "read")
    assert [Caller(person).get("courses/").status_code for _ in range(2)] == [200, 429]
    assert [call("GET", "courses/", **system).status_code for _ in range(2)] == [200, 429]
    assert Caller(make_person()).get("courses/").status_code == 200


@pytest.mark.django_db
def test_an_address_that_does_not_say_who_calls_is_counted_too(settings: Settings) -> None:
    settings.API_CALLS_PER_MINUTE = 1
    assert [Client().get("/api/v1/docs/").status_code for _ in range(2)] == [200, 429]


def test_an_address_that_is_refused_too_often_is_told_to_wait_and_others_there_go_on(
    settings: Settings, person: User
) -> None:
    settings.API_REFUSALS_PER_MINUTE = 2
    tokens = ["postil_x", "postil_y", "unknown", ""]
    answers = [call("GET", "courses/", Authorization=f"Bearer {token}") for token in tokens]
    assert [answer.status_code for answer in answers] == [401, 401, 429, 429]
    assert (told(answers[-1])[:2], answers[-1]["Retry-After"]) == (THROTTLED, "60")
    assert Caller(person).get("courses/").status_code == 200


def test_who_brings_no_token_guesses_at_none_and_is_counted_as_any_call_is(settings: Settings) -> None:
    settings.API_REFUSALS_PER_MINUTE, settings.API_CALLS_PER_MINUTE = 1, 3
    assert [call("GET", "courses/").status_code for _ in range(4)] == [401, 401, 401, 429]
    assert call("GET", "courses/", Authorization="Bearer postil_x").status_code == 401


def test_without_limits_nothing_is_counted_or_said(person: User) -> None:
    answer = Caller(person).get("courses/")
    assert [name for name in answer.headers if name.startswith("RateLimit")] == []


@given(limit=st.integers(1, 20), calls=st.integers(1, 25))
def test_exactly_so_many_calls_are_let_in_and_what_is_left_falls_to_nothing(limit: int, calls: int) -> None:
    caches["default"].clear()
    seen = [count("somebody", limit=limit, at=0.0) for _ in range(calls)]
    assert [rate.is_over for rate in seen if rate] == [number > limit for number in range(1, calls + 1)]
    assert [rate.left for rate in seen if rate] == [max(0, limit - number) for number in range(1, calls + 1)]


@given(st.floats(0, 2e9))
def test_a_minute_ends_within_a_minute(at: float) -> None:
    caches["default"].clear()
    rate = count("somebody", limit=9, at=at)
    assert rate is not None
    assert 1 <= rate.reset <= WINDOW
    assert count("somebody", limit=9, at=at + rate.reset) == Rate(9, 1, WINDOW)


@pytest.mark.django_db
def test_a_frozen_redis_costs_one_call_a_short_wait_and_the_next_ones_nothing(
    settings: Settings, redis_service: RedisService, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    cache = GuardedRedisCache(redis_service.url, {"TIMEOUT": 60})
    monkeypatch.setattr("web.api.limits.cache", cache)
    settings.API_CALLS_PER_MINUTE = 100
    breaker.reset()
    caller = Caller(person)
    assert rates(caller.get("progress/"))[:2] == [100, 99]
    assert cache.get("anything") is None
    assert not breaker.is_open

    os.kill(redis_service.pid, signal.SIGSTOP)
    try:
        seconds = []
        for _ in range(3):
            started = time.monotonic()
            assert caller.get("progress/").status_code == 200
            seconds.append(time.monotonic() - started)
    finally:
        os.kill(redis_service.pid, signal.SIGCONT)
        client: Any = cache._cache
        client._redis.get_client(write=True).connection_pool.disconnect()

    assert seconds[0] < 0.7
    assert max(seconds[1:]) < 0.15
