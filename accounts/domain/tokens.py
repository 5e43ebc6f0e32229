"""Personal tokens: keys to the REST interface that are shown once and kept as digests."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Area, PersonalToken, User
from jobs.domain.prepared import first, prepared

# 48 bits to find the row by, 160 bits that nobody guesses: too many for a slow hash to add anything.
_SHAPE = re.compile(r"postil_([0-9a-f]{12})_([0-9a-f]{40})")
_SEEN_EVERY = timedelta(minutes=10)


@dataclass(frozen=True)
class IssuedToken:
    """A new token, and its secret in the only moment in which it can be read."""

    token: PersonalToken
    secret: str


def issue_token(
    person: User,
    *,
    name: str,
    scope: PersonalToken.Scope = PersonalToken.Scope.READ,
    areas: Collection[str] = (),
    expires_at: datetime | None = None,
) -> IssuedToken:
    """The person has one more key to the REST interface, good until `expires_at` or until it is revoked.

    It is limited to these areas where some are named.
    """
    limits = " ".join(area for area in Area.values if area in areas)
    prefix = secrets.token_hex(6)
    secret = f"postil_{prefix}_{secrets.token_hex(20)}"
    token = PersonalToken.objects.create(
        user=person, name=name, scope=scope, areas=limits, prefix=prefix, digest=_digest(secret), expires_at=expires_at
    )
    return IssuedToken(token, secret)


def verify_token(secret: str, *, at: datetime | None = None) -> PersonalToken | None:
    """The live token with this secret, its owner loaded with it, or None: false, expired, revoked, or owner inactive.

    One query; one more, at most every ten minutes, notes that it was used.
    """
    shape = _SHAPE.fullmatch(secret)
    if shape is None:
        return None
    token: PersonalToken | None = first(_tokens(prefix=shape[1]))
    now = at or timezone.now()
    known = token.digest if token else _digest("")
    if not secrets.compare_digest(known, _digest(secret)) or token is None or not _is_live(token, now):
        return None
    _note_use(token, now)
    return token


@prepared
def _tokens(*, prefix: str) -> QuerySet[PersonalToken]:
    return PersonalToken.objects.select_related("user").filter(prefix=prefix)


def live_tokens(person: User) -> QuerySet[PersonalToken]:
    """The person's tokens that were not revoked, the expired ones among them, newest first."""
    return person.personal_tokens.filter(revoked_at__isnull=True)


def revoke_token(person: User, uuid: UUID) -> bool:
    """The person's token with this public id opens nothing any more; idempotent. Returns whether it was alive."""
    return bool(person.personal_tokens.filter(uuid=uuid, revoked_at__isnull=True).update(revoked_at=Now()))


def _is_live(token: PersonalToken, now: datetime) -> bool:
    is_expired = token.expires_at is not None and token.expires_at <= now
    return token.revoked_at is None and not is_expired and token.user.is_active


def _note_use(token: PersonalToken, now: datetime) -> None:
    if token.last_used_at is None or now - token.last_used_at >= _SEEN_EVERY:
        PersonalToken.objects.filter(pk=token.pk).update(last_used_at=now)
        token.last_used_at = now


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
