from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest

from config.cache import CountingStandIn, GuardedRedisCache, GuardedRedisClient, breaker
from tests.services import RedisService

Open = Callable[[str], GuardedRedisCache]


@pytest.fixture(autouse=True)
def closed_breaker() -> Iterator[None]:
    breaker.reset()
    yield
    breaker.reset()


@pytest.fixture
def cache_at() -> Iterator[Open]:
    opened: list[GuardedRedisCache] = []

    def open_at(url: str) -> GuardedRedisCache:
        opened.append(GuardedRedisCache(url, {"KEY_PREFIX": "test", "TIMEOUT": 60}))
        return opened[-1]

    yield open_at
    for cache in opened:
        client = cast("GuardedRedisClient", cache._cache)
        client._redis.get_client(write=True).connection_pool.disconnect()


def test_values_are_kept_in_redis_as_json(cache_at: Open, redis_service: RedisService) -> None:
    cache = cache_at(redis_service.url)
    cache.set("history", [1.5, 2.5])
    cache.set_many({"a": 1, "b": "two"})
    assert cache.get("history") == [1.5, 2.5]
    assert cache.get_many(["a", "b", "c"]) == {"a": 1, "b": "two"}
    assert cache.incr("a", 4) == 5
    assert cache.get("absent", "default") == "default"
    assert not breaker.is_open


def test_a_dead_redis_is_asked_once_and_each_process_counts_for_itself(cache_at: Open) -> None:
    cache = cache_at("redis://127.0.0.1:1/0")
    cache.clear()
    assert cache.get("history") is None
    assert breaker.is_open
    cache.set("history", [1])
    assert cache.get("history") == [1]
    assert cache.add("history", [2]) is False
    assert cache.incr("counter") if cache.add("counter", 1) else False
    cache.delete("history")
    assert cache.get("history") is None


def test_a_frozen_redis_costs_one_short_wait(cache_at: Open, redis_service: RedisService) -> None:
    cache = cache_at(redis_service.url)
    cache.set("history", [1])
    os.kill(redis_service.pid, signal.SIGSTOP)
    try:
        started = time.monotonic()
        assert cache.get("history") is None
        first = time.monotonic()
        assert cache.get("history") is None
        assert first - started < 0.7
        assert time.monotonic() - first < 0.15
    finally:
        os.kill(redis_service.pid, signal.SIGCONT)
    breaker.reset()
    assert cache.get("history") == [1]


def test_redis_is_asked_again_when_the_break_is_over(cache_at: Open, redis_service: RedisService) -> None:
    cache = cache_at(redis_service.url)
    breaker.trip()
    cache.set("here", 1)
    breaker.reset()
    assert cache.get("here") is None


def test_counting_asks_redis_once_and_is_forgotten_in_time(cache_at: Open, redis_service: RedisService) -> None:
    cache = cache_at(redis_service.url)
    assert [cache.count("calls", 60) for _ in range(3)] == [1, 2, 3]
    assert cache.count("others", 60) == 1
    assert (cache.get("calls"), cache.incr("calls")) == (3, 4)
    client = cast("GuardedRedisClient", cache._cache)._redis.get_client()
    assert 0 < client.ttl(cache.make_key("calls")) <= 60
    assert not breaker.is_open


def test_without_redis_each_process_counts_for_itself(cache_at: Open) -> None:
    cache = cache_at("redis://127.0.0.1:1/0")
    cache.clear()
    assert [cache.count("calls", 60) for _ in range(3)] == [1, 2, 3]
    assert breaker.is_open


def test_what_is_forgotten_in_between_counts_as_the_first() -> None:
    class Forgetful(CountingStandIn):
        def add(self, *_: Any, **__: Any) -> bool:
            return False

    stand_in = Forgetful("forgetful", {})
    stand_in.clear()
    assert stand_in.count("calls", 60) == 1
