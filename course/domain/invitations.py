"""Invitations by mail: who has been enrolled by address is told, and who has no account yet gets the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from accounts.domain.audit import record
from accounts.domain.awaited import give_way
from accounts.domain.inbox import notify
from accounts.domain.people import find_person, invitation_link, public_link
from accounts.models import User
from accounts.notices import notice_kind
from course.errors import CannotInvite
from course.models import CourseState, Enrollment
from jobs.domain import ClaimedJob, enqueue_each
from jobs.domain.clock import database_now
from jobs.models import Job
from language import again

INVITE = "invite"
PAUSE = timedelta(minutes=10)
"""How long nobody is invited again."""


NOT_SENT = notice_kind(
    "invitation",
    label="Invitations that could not be sent",
    one="an invitation could not be sent",
    many="{n} invitations could not be sent",
    to_teachers=True,
)


def invite_each(parts: Sequence[UUID], *, actor: User | None) -> None:
    """Each of these parts’ people is sent an invitation once the caller’s transaction commits; one statement.

    One job for each; who is being sent one already gets no second.
    """
    enqueue_each(INVITE, subjects=parts, owner=actor.pk if actor else None)


@transaction.atomic
def invite_again(part: Enrollment, *, actor: User | None, at: datetime | None = None) -> None:
    """The person, who is awaited still, is sent another invitation. The part is locked.

    Raises CannotInvite when they have come, take part no more, or got one within the last ten minutes.
    """
    kept = Enrollment.objects.select_for_update(of=("self",)).select_related("user", "course").get(pk=part.pk)
    if kept.left_at is not None or kept.user.awaited_since is None:
        raise CannotInvite
    if kept.invited_at is not None and kept.invited_at > (at or database_now()) - PAUSE:
        raise CannotInvite("An invitation went out only just now. Give it ten minutes to arrive.")
    invite_each([kept.uuid], actor=actor)
    record("invited again", subject=f"enrollment:{kept.uuid}", actor=actor, course=kept.course.uuid)


def send_invitation(claimed: ClaimedJob) -> bool:
    """The mail is out, in its person's language; False when there is nobody to send it to any more.

    A repeat sends it again.
    """
    part = _part(claimed.subject)
    if part is None or part.user.email is None:
        return False
    if part.user.awaited_since is not None and (person := find_person(part.user.email)) is not None:
        # They verified the address while somebody enrolled them: neither saw the other.
        with transaction.atomic():
            give_way(person)
        part.user = person
    with translation.override(part.user.language or settings.LANGUAGE_CODE):
        _mail(part, part.user.email or "").send()
    return True


def record_invitation(claimed: ClaimedJob, sent: bool) -> dict[str, Any]:
    """The part says when its person was invited."""
    if sent and claimed.subject is not None:
        Enrollment.objects.filter(uuid=claimed.subject).update(invited_at=database_now())
    return {"sent": sent}


def give_up_invitation(job: Job, _error: str) -> None:
    """Whoever invited finds in their inbox that the mail could not be sent."""
    part = _part(job.subject)
    actor = User.objects.filter(pk=job.owner).first() if job.owner else None
    if part is None or actor is None:
        return
    text = f"An invitation to “{part.course.title[:200]}” could not be sent. Look at the address, and try again."
    url = f"/studio/courses/{part.course.slug}/people/{part.uuid}/part/"
    notify(actor, kind=NOT_SENT, text=text, url=url, key=f"invitation:{job.uuid}")


def _part(uuid: UUID | None) -> Enrollment | None:
    if uuid is None:
        return None
    parts = Enrollment.objects.filter(uuid=uuid, left_at__isnull=True, user__is_active=True)
    return parts.select_related("user", "course").first()


def _mail(part: Enrollment, address: str) -> EmailMessage:
    is_awaited = part.user.awaited_since is not None
    path = f"/courses/{part.course.slug}/"
    said = {
        "title": " ".join(part.course.title.split()),
        "role": again(str(part.role)),
        "is_awaited": is_awaited,
        "is_published": part.course.state == CourseState.PUBLISHED,
        "link": invitation_link(address, then=path) if is_awaited else public_link(path),
        "public_url": settings.PUBLIC_URL,
    }
    subject = again(f"“{said['title']}”: you take part")
    body = render_to_string("course/invitation.txt", said)
    return EmailMessage(subject, body, to=[address], headers={"Auto-Submitted": "auto-generated"})
