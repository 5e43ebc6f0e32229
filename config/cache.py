"""A cache in Redis that no request ever waits for or fails on.

Throttles are all it holds. While Redis is away each process counts for itself, which is looser and never wrong enough
to turn a learner away.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property, partial
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

    def dumps(self, obj: Any) -> bytes:
        return json.dumps(obj).encode()

    def loads(self, data: Any) -> Any:
        return json.loads(data)


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


class CountingClient(RedisCacheClient):
    """Django's client, and counting in one round trip where its own `add` and `incr` take three."""

    @cached_property
    def _counter(self) -> Any:
        return self.get_client(write=True)

    def count(self, key: str, seconds: int) -> int:
        """How often this was called for the key, this time included; it is forgotten after `seconds`."""
        number = int(self._counter.incr(key))
        if number == 1:
            self._counter.expire(key, seconds)
        return number


class CountingStandIn(LocMemCache):
    """The same in this process."""

    def count(self, key: str, seconds: int) -> int:
        """As CountingClient counts."""
        with suppress(ValueError):  # its turn may come to be thrown out in between
            return 1 if self.add(key, 1, seconds) else int(self.incr(key))
        return 1


class GuardedRedisClient:
    """Every operation of Django's client, with short timeouts, no retries and a stand-in of this process."""

    def __init__(self, servers: Sequence[str], **options: Any) -> None:
        self._redis = CountingClient(
            list(servers),
            serializer=JsonSerializer,
            socket_timeout=SOCKET_SECONDS,
            socket_connect_timeout=SOCKET_SECONDS,
            retry=Retry(NoBackoff(), 0),
            **options,
        )
        self._stand_in = CountingStandIn("redis-stand-in", {"OPTIONS": {"MAX_ENTRIES": 10_000}})

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        return partial(self._guarded, operation)

    def _guarded(self, operation: str, *arguments: Any) -> Any:
        if not breaker.is_open:
            try:
                return getattr(self._redis, operation)(*arguments)
            except (RedisError, OSError) as error:
                breaker.trip()
                logger.warning("The cache is away, each process counts for itself for a while: %s", error)
        return getattr(self._stand_in, operation)(*arguments)


class GuardedRedisCache(RedisCache):
    """The backend to name in CACHES."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = GuardedRedisClient

    def count(self, key: str, seconds: int) -> int:
        """How often this was called for the key, this time included; it is forgotten `seconds` after the first."""
        client: Any = self._cache
        return int(client.count(self.make_and_validate_key(key), seconds))
