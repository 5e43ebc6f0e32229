"""People: made, verified, invited, and given a link to choose a password."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypedDict, Unpack
from urllib.parse import urlencode, urljoin
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.urls import reverse

from accounts.domain.awaited import give_way
from accounts.errors import NotAnEmailAddress
from accounts.models import User
from jobs.domain.prepared import first, prepared

INVITATION_SECONDS = 14 * 24 * 3600
LONGEST_ADDRESS = 254
"""Characters, as many as SMTP carries (RFC 5321) and the database keeps."""
_INVITATION_SALT = "accounts.invitation"


@transaction.atomic
def create_person(
    email: str | None,
    *,
    name: str = "",
    password: str | None = None,
    may_author: bool = False,
    verified: bool = True,
    at: datetime | None = None,
) -> User:
    """A new person exists and, when `verified`, may sign in with this address at once.

    Without a password they cannot sign in until they choose one through `set_password_link`. Raises
    NotAnEmailAddress, and IntegrityError when someone else has verified the same address.
    """
    address = clean_email(email) if email else None
    since = {"email_verified_at": at or Now()} if address and verified else {}
    if at:
        since["joined_at"] = at
    person = User.objects.create_user(address, password, name=name, may_author=may_author, **since)
    person.refresh_from_db(fields=["email_verified_at", "joined_at"])
    if address:
        EmailAddress.objects.create(user=person, email=address, primary=True, verified=verified)
    return person


def find_person(email: str) -> User | None:
    """The one person who has verified this address, if there is one."""
    return User.objects.filter(email=clean_email(email), email_verified_at__isnull=False).first()


@transaction.atomic
def make_instructor(email: str, *, name: str = "") -> tuple[User, bool]:
    """The person with this address may author, and is made first if need be; idempotent.

    Returns them and whether they are new. Raises NotAnEmailAddress.
    """
    person = find_person(email)
    if person is None:
        return create_person(email, name=name, may_author=True), True
    if not person.may_author:
        person.may_author = True
        person.save(update_fields=["may_author"])
    return person, False


@transaction.atomic
def mark_email_verified(person: User, *, at: datetime | None = None) -> bool:
    """The person's address counts as theirs alone, unless someone else has verified it first; idempotent.

    Whoever was awaited at this address is this person from now on. Returns whether it is theirs now.
    """
    if person.email is None:
        return False
    rivals = User.objects.filter(email=person.email, email_verified_at__isnull=False).exclude(pk=person.pk)
    if rivals.exists():
        return False
    unverified = User.objects.filter(pk=person.pk, email_verified_at__isnull=True)
    unverified.update(email_verified_at=at or Now(), awaited_since=None)
    person.refresh_from_db(fields=["email_verified_at", "awaited_since"])
    give_way(person)
    EmailAddress.objects.update_or_create(
        user=person,
        email=person.email,
        defaults={"verified": True},
        create_defaults={"verified": True, "primary": True},
    )
    return True


def public_link(path: str) -> str:
    """The address of `path` as people outside reach it, whatever the request said about its host."""
    return urljoin(settings.PUBLIC_URL, path.lstrip("/"))


def set_password_link(person: User) -> str:
    """A link that lets its holder choose this person's password once, within PASSWORD_RESET_TIMEOUT seconds.

    It stops working when the password, the address or the last sign-in changes.
    """
    token = default_token_generator.make_token(person)
    return public_link(reverse("accounts:set-password", kwargs={"uidb64": person.uuid.hex, "token": token}))


def person_by_key(key: int) -> User | None:
    """The person with this key, as they are now; None for nobody. One query, put together once."""
    found: User | None = first(_people(key=key))
    return found


def known_of_everybody(name: str, of_person: Callable[[], Any]) -> None:
    """Whoever is signed in carries this as an attribute from now on, found by the same query as they are.

    `of_person` makes an expression over OuterRef("pk"), the person's key. Apps above say so when the process starts.
    """
    _KNOWN[name] = of_person


_KNOWN: dict[str, Callable[[], Any]] = {}


@prepared
def _people(*, key: int) -> QuerySet[User]:
    return User.objects.filter(pk=key).annotate(**{name: of_person() for name, of_person in _KNOWN.items()})


def person_by_uuid(uuid: str) -> User | None:
    """The active person with this public id, if there is one."""
    try:
        return User.objects.filter(uuid=UUID(uuid), is_active=True).first()
    except ValueError:
        return None


def invitation_link(email: str, *, then: str = "") -> str:
    """A link with which this address, and no other, may sign up within 14 days even when sign-up is by invitation.

    Holding it counts as having verified the address. `then` is a path that it leads on to. Raises NotAnEmailAddress.
    """
    token = signing.dumps(clean_email(email), salt=_INVITATION_SALT)
    path = reverse("accounts:invitation", kwargs={"token": token})
    return public_link(f"{path}?{urlencode({'next': then})}" if then else path)


def email_of_invitation(token: str) -> str | None:
    """The address that an invitation was made for, or None when the invitation is false or too old."""
    try:
        return str(signing.loads(token, salt=_INVITATION_SALT, max_age=INVITATION_SECONDS))
    except signing.BadSignature:
        return None


def clean_email(email: str) -> str:
    """The address in lower case; raises NotAnEmailAddress."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise NotAnEmailAddress(email) from error
    if len(address) > LONGEST_ADDRESS:
        raise NotAnEmailAddress(email)
    return address


class OwnFacts(TypedDict, total=False):
    """What people say of themselves: their name, and how pages look to them wherever they sign in.

    The values are those of Theme, TextSize, Spacing and LANGUAGES; "" leaves it to each device.
    """

    name: str
    theme: str
    size: str
    spacing: str
    language: str


def change_own(person: User, **changed: Unpack[OwnFacts]) -> None:
    """What is named is so from now on, and `person` carries it; the rest stays. Idempotent."""
    for name, value in changed.items():
        setattr(person, name, value)
    person.save(update_fields=list(changed))
