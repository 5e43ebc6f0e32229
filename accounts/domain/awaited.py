"""People who are awaited: others made an account for their address, which its holder may take up.

Nobody else ever can: an account that somebody opened under an address they did not verify is not it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db.models import F, Q, QuerySet

from accounts.models import User
from jobs.domain.clock import database_now

Heir = Callable[[User, User], None]
_heirs: list[Heir] = []
KNOWN = Q(email_verified_at__isnull=False) | Q(awaited_since__isnull=False)


def subscribe(heir: Heir) -> None:
    """`heir(awaited, person)` hands on whatever hangs on the awaited account when the holder of its address turns out
    to be `person`. It runs in the transaction that verifies the address, and the awaited account is deleted after.
    """
    if heir not in _heirs:
        _heirs.append(heir)


def people_at(addresses: Collection[str]) -> dict[str, User]:
    """By address, whoever has verified it, else the person who is awaited there; nobody for others. One query.

    Addresses are in lower case.
    """
    people = User.objects.filter(KNOWN, email__in=addresses)
    # Who has verified it comes last, and stays.
    return {person.email or "": person for person in people.order_by(F("email_verified_at").asc(nulls_first=True))}


def people_or_awaited(names: Mapping[str, str], *, at: datetime | None = None) -> dict[str, User]:
    """By address, as people_at; where there was nobody, somebody is awaited under this name. Three queries at most.

    `names` has a name, or "", for each address, in lower case and known to be one. Two who do this at once make one
    account.
    """
    known = people_at(names)
    missing = {address: name for address, name in names.items() if address not in known}
    if not missing:
        return known
    since = at or database_now()
    User.objects.bulk_create(
        (
            User(email=address, name=name, password=make_password(None), awaited_since=since)
            for address, name in missing.items()
        ),
        ignore_conflicts=True,
    )
    return {**known, **people_at(missing)}


def await_no_more(people: QuerySet[User]) -> None:
    """Those of the people who are awaited are not any more: nothing is kept of them. Others stay."""
    people.filter(awaited_since__isnull=False).delete()


def awaited_person(address: str) -> User | None:
    """Who is awaited at this address, unless somebody has verified it by now."""
    person = people_at([address]).get(address)
    return person if person is not None and person.awaited_since is not None else None


def give_way(person: User) -> None:
    """Whoever was awaited at the person's verified address is that person: what they had goes over. Idempotent.

    In the caller's transaction.
    """
    others = User.objects.filter(email=person.email, awaited_since__isnull=False).exclude(pk=person.pk)
    for awaited in others.select_for_update():
        for heir in _heirs:
            heir(awaited, person)
        awaited.delete()
