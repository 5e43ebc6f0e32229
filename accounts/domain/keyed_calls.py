"""Calls that their caller named by a key: the same call again changes nothing and is answered as the first time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection

from accounts.errors import KeyInFlight, KeyReused
from accounts.models import KeyedCall
from jobs.domain.clock import instant

KEPT_FOR = timedelta(hours=24)
_PURGED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class NamedCall:
    """Who calls, by which key, and a digest of all that makes the call: method, address and body."""

    person: int
    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class GivenReply:
    """What a call was answered: its status, its body as JSON text, and where the thing that it made is, or ""."""

    status: int
    body: str
    location: str = ""


def reply_before(call: NamedCall, *, at: datetime | None = None) -> GivenReply | None:
    """What the call was answered the first time, within a day; None when it is new, and then it is the caller's alone.

    Belongs into the transaction that does what is called for and ends with `keep_reply`: until that ends, the same key
    raises KeyInFlight on PostgreSQL and waits on SQLite, which has one writer. Where it fails, nothing is kept and the
    key is free. Raises KeyReused when the key came with another digest.
    """
    _take(call)
    KeyedCall.objects.filter(user=call.person, key=call.key, created_at__lte=_oldest(at)).delete()
    kept = KeyedCall.objects.filter(user=call.person, key=call.key).first()
    if kept is None:
        return None
    if kept.digest != call.digest:
        raise KeyReused
    return GivenReply(kept.status, kept.body, kept.location)


def keep_reply(call: NamedCall, reply: GivenReply, *, at: datetime | None = None) -> None:
    """The call will be answered alike for a day. Raises IntegrityError when its key is taken."""
    KeyedCall.objects.create(
        user_id=call.person,
        key=call.key,
        digest=call.digest,
        status=reply.status,
        body=reply.body,
        location=reply.location,
        created_at=instant(at),
    )


def forget_old_calls(at: datetime | None = None) -> int:
    """Answers older than a day are gone, the first five hundred of them; returns how many."""
    old = KeyedCall.objects.filter(created_at__lte=_oldest(at)).values_list("pk", flat=True)[:_PURGED_AT_ONCE]
    return KeyedCall.objects.filter(pk__in=list(old)).delete()[0]


def _oldest(at: datetime | None) -> object:
    return instant(at, seconds=-KEPT_FOR.total_seconds())


def _take(call: NamedCall) -> None:
    if connection.vendor != "postgresql":
        return
    number = int.from_bytes(sha256(f"{call.person} {call.key}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise KeyInFlight
