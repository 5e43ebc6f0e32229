"""The inbox: what a person is told, once, until they have read it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now

from accounts.models import InboxMessage, User


def notify(person: User, *, kind: str, text: str, url: str = "", key: str | None = None) -> bool:
    """The person finds `text` in their inbox; with a `key`, saying it again changes nothing.

    `url` is a path within Postil. Returns whether it is new, which is False for a key that was used before.
    """
    message = InboxMessage(user=person, kind=kind, key=key, text=text, url=url)
    if key is None:
        message.save(force_insert=True)
        return True
    before = InboxMessage.objects.filter(user=person, key=key)
    if before.exists():
        return False
    # Two workers may get here at once: the constraint keeps one row, and both have told the same thing.
    InboxMessage.objects.bulk_create([message], ignore_conflicts=True)
    return True


def notify_each(messages: Iterable[InboxMessage]) -> None:
    """Each person finds their message, which has a key, in their inbox; once for each key.

    One statement for each thousand: PostgreSQL takes no more than 65,535 values with one.
    """
    InboxMessage.objects.bulk_create(messages, batch_size=1_000, ignore_conflicts=True)


def unread_messages(person: User) -> QuerySet[InboxMessage]:
    """What the person has not read, newest first."""
    return person.inbox.filter(read_at__isnull=True)


def unread_of() -> Coalesce:
    """How many messages somebody has not read, over OuterRef("pk"), their key."""
    unread = InboxMessage.objects.filter(user=OuterRef("pk"), read_at__isnull=True).order_by()
    return Coalesce(Subquery(unread.values("user").annotate(amount=Count("pk")).values("amount")), 0)


def newest_messages(person: User) -> QuerySet[InboxMessage]:
    """The person's messages, newest first; the read ones among them."""
    return person.inbox.order_by("-pk")


def open_message(person: User, uuid: UUID) -> InboxMessage:
    """The person's message, which counts as read. Raises InboxMessage.DoesNotExist for anybody else's."""
    message = person.inbox.get(uuid=uuid)
    person.inbox.filter(pk=message.pk, read_at__isnull=True).update(read_at=Now())
    return message


def mark_read(person: User, *, up_to: InboxMessage | None = None) -> int:
    """The person's messages, or those not newer than `up_to`, count as read. Returns how many were not before."""
    messages = unread_messages(person)
    if up_to is not None:
        messages = messages.filter(pk__lte=up_to.pk)
    return messages.update(read_at=Now())
