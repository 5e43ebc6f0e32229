"""The person that a command is told of."""

from __future__ import annotations

from uuid import UUID

from django.core.management.base import CommandError

from accounts.models import User


def person_named(who: str) -> User:
    """The person with this public id, or the one with this address; raises CommandError for none, or for several."""
    try:
        found = list(User.objects.filter(uuid=UUID(who)))
    except ValueError:
        found = list(User.objects.filter(email=who.strip().lower())[:2])
    if len(found) != 1:
        raise CommandError(
            f"{'Several people have' if found else 'Nobody has'} “{who}”. Name one by public id.", returncode=2
        )
    return found[0]
