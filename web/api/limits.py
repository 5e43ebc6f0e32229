"""How many calls there may be within a minute: by whoever calls, and refused ones by address.

Counted in the cache, in windows of a minute. Where Redis is away each process counts for itself, so that the limits
are looser then, and nobody waits.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache as configured
from django.http import HttpRequest, HttpResponse
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts.models import User

if TYPE_CHECKING:
    from rest_framework.views import APIView

WINDOW = 60
"""Seconds."""
cache: Any = configured
"""The project's own, which counts (config/cache.py)."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many calls there may be within a window, how many there were, and the seconds until the next window."""

    limit: int
    calls: int
    reset: int

    @property
    def is_over(self) -> bool:
        return self.calls > self.limit

    @property
    def left(self) -> int:
        return max(0, self.limit - self.calls)


def count(who: str, *, limit: int, at: float | None = None) -> Rate | None:
    """One more call of theirs is counted; None where there is no limit (0). `at` in seconds since 1970."""
    if not limit:
        return None
    now = int(time.time() if at is None else at)
    return Rate(limit, cache.count(_key(who, now), 2 * WINDOW), WINDOW - now % WINDOW)


def counted(who: str, *, limit: int, at: float | None = None) -> Rate | None:
    """How many calls of theirs were counted in this window; this one is not. None where there is no limit (0)."""
    if not limit:
        return None
    now = int(time.time() if at is None else at)
    return Rate(limit, int(cache.get(_key(who, now), 0)), WINDOW - now % WINDOW)


def _key(who: str, now: int) -> str:
    return f"api:{who}:{now // WINDOW}"


class CallLimit(BaseThrottle):
    """So many calls a minute for each person, each system, and each address that does not say who calls."""

    rate: Rate | None = None

    def allow_request(self, request: Request, view: APIView) -> bool:
        self.rate = count(_who(request), limit=settings.API_CALLS_PER_MINUTE)
        request._request.rate = self.rate  # type: ignore[attr-defined]  # noqa: SLF001 -- tell_rate gets Django's request
        return self.rate is None or not self.rate.is_over

    def wait(self) -> float | None:
        return None if self.rate is None else self.rate.reset


def _who(request: Request) -> str:
    application = getattr(request.auth, "application_id", None)
    if application is not None:
        return f"system:{application}"
    return f"person:{request.user.pk}" if isinstance(request.user, User) else _address(request)


def _address(request: Request | HttpRequest) -> str:
    return f"address:{request.META.get('REMOTE_ADDR', '')}"


def too_many_refused(request: Request) -> Throttled | None:
    """What to say instead of 401 to an address that was refused too often within a minute; counts this one too.

    Calls that say who calls are answered from there all the same: others may share the address. One that brings no
    token at all guesses at none, and is counted as any other call that does not say who calls.
    """
    brings_token = "HTTP_AUTHORIZATION" in request.META
    rate = count_refusal(request) if brings_token else count(_address(request), limit=settings.API_CALLS_PER_MINUTE)
    return Throttled(wait=rate.reset) if rate is not None and rate.is_over else None


def count_refusal(request: Request | HttpRequest) -> Rate | None:
    """One more refusal is counted for the address that asks; None where there is no limit."""
    return count(f"refused:{_address(request)}", limit=settings.API_REFUSALS_PER_MINUTE)


def refusals(request: HttpRequest) -> Rate | None:
    """How often the address that asks was refused within this minute; None where there is no limit."""
    return counted(f"refused:{_address(request)}", limit=settings.API_REFUSALS_PER_MINUTE)


def tell_rate(request: HttpRequest, response: HttpResponse) -> None:
    """The answer says how many calls there may be, how many are left, and when it begins anew, where they are counted.

    The headers of draft-ietf-httpapi-ratelimit-headers as it stood up to version 7, which clients read.
    """
    rate: Any = getattr(request, "rate", None)
    if rate is None:
        return
    response["RateLimit-Limit"] = str(rate.limit)
    response["RateLimit-Remaining"] = str(rate.left)
    response["RateLimit-Reset"] = str(rate.reset)
