"""A cache in Redis that no request ever waits for or fails on.

Throttles are all it holds. While Redis is away each process counts for itself, which is looser and never wrong enough
to turn a learner away.
"""

from __future__ import annotations

import json
import logging
import time
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

# A frozen Redis costs one request this much; the hint to the workers has the rest of the 700 ms a submit may take.
SOCKET_SECONDS = 0.15
BREAK_SECONDS = 10.0


class JsonSerializer:
    """Whoever can write to Redis must not be able to run code here, so nothing is pickled."""

    def dumps(self, value: Any) -> bytes | int:
        return value if type(value) is int else json.dumps(value).encode()

    def loads(self, stored: bytes) -> Any:
        return json.loads(stored)


class Breaker:
    """After a failure, nobody asks again for `seconds`."""

    def __init__(self, seconds: float = BREAK_SECONDS) -> None:
        self.seconds = seconds
        self._open_until = 0.0

    @property
    def is_open(self) -> bool:
        return time.monotonic() < self._open_until

    def trip(self) -> None:
        self._open_until = time.monotonic() + self.seconds

    def reset(self) -> None:
        self._open_until = 0.0


# Django makes one client for each thread; what one of them learns spares the others the wait.
breaker = Breaker()


class GuardedRedisClient(RedisCacheClient):
    """Django's client, with short timeouts, no retries and a local stand-in."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(
            servers,
            serializer=JsonSerializer,
            socket_timeout=SOCKET_SECONDS,
            socket_connect_timeout=SOCKET_SECONDS,
            retry=Retry(NoBackoff(), 0),
            **options,
        )
        self._stand_in = LocMemCache("redis-stand-in", {"OPTIONS": {"MAX_ENTRIES": 10_000}})

    def add(self, key: str, value: Any, timeout: int | None) -> bool:
        return bool(self._guarded("add", key, value, timeout))

    def get(self, key: str, default: Any) -> Any:
        return self._guarded("get", key, default)

    def set(self, key: str, value: Any, timeout: int | None) -> None:
        self._guarded("set", key, value, timeout)

    def touch(self, key: str, timeout: int | None) -> bool:
        return bool(self._guarded("touch", key, timeout))

    def delete(self, key: str) -> bool:
        return bool(self._guarded("delete", key))

    def get_many(self, keys: Any) -> dict[str, Any]:
        return dict(self._guarded("get_many", list(keys)))

    def has_key(self, key: str) -> bool:
        return bool(self._guarded("has_key", key))

    def incr(self, key: str, delta: int) -> int:
        return int(self._guarded("incr", key, delta))

    def set_many(self, data: dict[str, Any], timeout: int | None) -> None:
        self._guarded("set_many", data, timeout)

    def delete_many(self, keys: Any) -> None:
        self._guarded("delete_many", list(keys))

    def clear(self) -> bool:
        self._stand_in.clear()
        return bool(self._guarded("clear"))

    def _guarded(self, operation: str, *arguments: Any) -> Any:
        if not breaker.is_open:
            try:
                return getattr(super(), operation)(*arguments)
            except (RedisError, OSError) as error:
                breaker.trip()
                logger.warning("The cache is away, each process counts for itself for a while: %s", error)
        return getattr(self._stand_in, operation)(*arguments)


class GuardedRedisCache(RedisCache):
    """The backend to name in CACHES."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = GuardedRedisClient
