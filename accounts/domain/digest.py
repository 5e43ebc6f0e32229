"""The mail digest: one mail that says what waits unread, at most once a day or once a week, and only once of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts.domain.people import public_link
from accounts.models import InboxMessage, MailRule, MutedKind, User
from accounts.notices import NoticeKind, kind_of, notice_kinds
from jobs.domain import ClaimedJob, enqueue_each
from jobs.domain.clock import database_now
from jobs.models import Job
from language import again, say

MAIL_DIGEST = "mail_digest"
HOLD = timedelta(hours=1)
"""What is read within the hour is mailed to nobody."""
PERIODS = {MailRule.Every.DAY: timedelta(days=1), MailRule.Every.WEEK: timedelta(days=7)}
AT_ONCE = 500
"""People whose mail one pass of the sweeper asks for."""
_STOP_SALT = "accounts.stop_mail"


@dataclass(frozen=True, slots=True)
class Digest:
    """What one mail is about: its person, and the keys and sorts of the messages that it counts."""

    person: User
    messages: tuple[int, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MailSetting:
    """A sort of notice as its person has it."""

    slug: str
    label: str
    is_mailed: bool


def ask_for_digests(*, at: datetime | None = None) -> int:
    """A job will mail everybody whose digest is due; returns how many were asked for. Safe to run twice at once."""
    now = at or database_now()
    due = list(_people_due(now).values_list("uuid", flat=True)[:AT_ONCE])
    enqueue_each(MAIL_DIGEST, subjects=due)
    return len(due)


def send_digest(claimed: ClaimedJob) -> Digest | None:
    """The mail is out, in its person's language; None when nothing is due any more.

    A repeat sends it again rather than not at all.
    """
    now = database_now()
    person = _people_due(now).filter(uuid=claimed.subject).first() if claimed.subject else None
    if person is None:
        return None
    found = list(_mailable(now).filter(user=person).order_by("pk").values_list("pk", "kind"))
    digest = Digest(person, tuple(key for key, _ in found), tuple(kind for _, kind in found))
    with translation.override(person.language or settings.LANGUAGE_CODE):
        _mail(digest).send()
    return digest


def record_digest(_claimed: ClaimedJob, digest: Digest | None) -> dict[str, Any]:
    """What was mailed is not mailed again, and the next digest waits for its day."""
    if digest is None:
        return {"mailed": 0}
    now = database_now()
    InboxMessage.objects.filter(pk__in=digest.messages).update(mailed_at=now)
    MailRule.objects.update_or_create(user=digest.person, defaults={"mailed_at": now})
    return {"mailed": len(digest.messages)}


def give_up_digest(job: Job, _error: str) -> None:
    """The mail could not be sent: its person is left alone for a period. Everything stays unread in the inbox."""
    person = User.objects.filter(uuid=job.subject).first() if job.subject else None
    if person is not None:
        MailRule.objects.update_or_create(user=person, defaults={"mailed_at": database_now()})


def mail_settings(person: User) -> tuple[MailRule.Every, list[MailSetting]]:
    """How often the person gets a digest, and which of the sorts they are asked about it counts, by label."""
    rule = MailRule.objects.filter(user=person).first()
    muted = set(MutedKind.objects.filter(user=person).values_list("kind", flat=True))
    asked = sorted(_asked_about(person), key=lambda kind: kind.label)
    settings_ = [MailSetting(kind.slug, kind.label, kind.slug not in muted) for kind in asked]
    return MailRule.Every(rule.every) if rule else MailRule.Every.DAY, settings_


@transaction.atomic
def set_mail(person: User, *, every: MailRule.Every, mailed: Collection[str]) -> None:
    """The person gets a digest this often, which counts these and no other of the sorts they are asked about."""
    MailRule.objects.update_or_create(user=person, defaults={"every": every})
    asked = {kind.slug for kind in _asked_about(person)}
    muted = asked - set(mailed)
    MutedKind.objects.filter(user=person, kind__in=asked - muted).delete()
    MutedKind.objects.bulk_create((MutedKind(user=person, kind=kind) for kind in sorted(muted)), ignore_conflicts=True)


def _asked_about(person: User) -> list[NoticeKind]:
    """The sorts of notices; those that go to teachers only for who may author, or was told one before."""
    told = set() if person.may_author else set(person.inbox.order_by().values_list("kind", flat=True).distinct())
    return [kind for kind in notice_kinds.values() if not kind.to_teachers or person.may_author or kind.slug in told]


def stop_mail(token: str) -> bool:
    """Whoever holds a digest's own link gets no more of them; False for a link that is none. Again, nothing changes."""
    try:
        uuid = UUID(signing.loads(token, salt=_STOP_SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return False
    person = User.objects.filter(uuid=uuid).first()
    if person is None:
        return False
    MailRule.objects.update_or_create(user=person, defaults={"every": MailRule.Every.NEVER})
    return True


def stop_link(person: User) -> str:
    """The absolute link that stops the person's digests without signing in. It does not grow old."""
    return public_link(reverse("accounts:stop-mail", args=[signing.dumps(str(person.uuid), salt=_STOP_SALT)]))


def _mailable(now: datetime) -> QuerySet[InboxMessage]:
    """Messages that wait unread for an hour, were not mailed, and are of a sort that their person wants mailed."""
    muted = MutedKind.objects.filter(user=OuterRef("user"), kind=OuterRef("kind"))
    waiting = InboxMessage.objects.filter(read_at__isnull=True, mailed_at__isnull=True, created_at__lte=now - HOLD)
    return waiting.exclude(Exists(muted))


def _people_due(now: datetime) -> QuerySet[User]:
    """People with a verified address, something to be mailed, and no digest within their period."""
    rules = MailRule.objects.filter(user=OuterRef("pk"))
    lately = Q(every=MailRule.Every.NEVER)
    for every, period in PERIODS.items():
        lately |= Q(every=every, mailed_at__gt=now - period)
    waiting = _mailable(now).values("user")
    reachable = User.objects.filter(is_active=True, email_verified_at__isnull=False, pk__in=waiting)
    return reachable.exclude(Exists(rules.filter(lately))).order_by("pk")


def _mail(digest: Digest) -> EmailMessage:
    lines = [again(line) for line in counted_kinds(digest.kinds)]
    total = len(digest.messages)
    said = {
        "name": digest.person.name,
        "lines": lines,
        "inbox": public_link(reverse("accounts:inbox")),
        "settings": public_link(reverse("accounts:mail")),
        "stop": stop_link(digest.person),
        "public_url": settings.PUBLIC_URL,
    }
    subject = say("One new message for you") if total == 1 else say("{total} new messages for you", total=total)
    headers = {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{said['stop']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return EmailMessage(
        subject,
        render_to_string("account/mail/digest.txt", said),
        to=[digest.person.email or ""],
        headers=headers,
    )


def counted_kinds(kinds: Sequence[str]) -> list[str]:
    """How many there are of each sort, in words, the most first."""
    counts = Counter(kind_of(slug) for slug in kinds)
    return [kind.counted(amount) for kind, amount in sorted(counts.items(), key=lambda each: (-each[1], each[0].slug))]
