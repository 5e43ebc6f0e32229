"""Endpoints that do not take what they are told: since when, for how long it is borne, and who is told."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from accounts.domain.inbox import notify_each
from accounts.models import InboxMessage
from accounts.notices import notice_kind
from course.models import Enrollment, Role
from course.rules import is_current
from hooks.models import Delivery, Endpoint, EndpointState
from hooks.sending.posting import GONE

BORNE_FOR = timedelta(days=3)
"""An endpoint that took nothing for this long is disabled when the next delivery to it is given up."""
WORTH_SAYING = timedelta(hours=1)
"""For how long an endpoint fails before the doctor names it: most are well again within minutes."""

UNDELIVERED = notice_kind(
    "undelivered",
    label="Webhooks that do not arrive",
    one="a webhook of a course does not arrive",
    many="webhooks of a course do not arrive, {n} times",
    to_teachers=True,
)


def note_failure(endpoint: Endpoint, *, at: datetime) -> None:
    """The endpoint has been failing since then, unless it has been for longer."""
    Endpoint.objects.filter(pk=endpoint.pk, failing_since__isnull=True).update(failing_since=at)


def settle_given_up(delivery: Delivery, error: str, *, at: datetime) -> None:
    """The course's owners are told that the delivery was given up; an endpoint that is gone, or failed for three days,
    is disabled. Nobody is told of an endpoint that a person paused, and of one that is disabled only once.

    In the caller's transaction; the endpoint is locked.
    """
    locked = Endpoint.objects.select_for_update(of=("self",)).select_related("course")
    endpoint = locked.get(pk=delivery.endpoint_id)
    if endpoint.state != EndpointState.ACTIVE:
        return
    since = endpoint.failing_since or at
    if _is_gone(delivery) or since <= at - BORNE_FOR:
        Endpoint.objects.filter(pk=endpoint.pk).update(state=EndpointState.DISABLED, failing_since=since)
        said = "A webhook of “{course}” has failed for days and is disabled: {error}"
        _tell(endpoint, said, error, key=f"endpoint:{endpoint.uuid}:{since.isoformat()}")
    else:
        said = "A webhook of “{course}” could not be delivered: {error}"
        _tell(endpoint, said, error, key=f"delivery:{delivery.uuid}:{at.isoformat()}")


def _is_gone(delivery: Delivery) -> bool:
    last = delivery.tries.order_by("-pk").values_list("status", flat=True).first()
    return last == GONE


def _tell(endpoint: Endpoint, said: str, error: str, *, key: str) -> None:
    course = endpoint.course
    owners = Enrollment.objects.filter(is_current(), course=course, role=Role.OWNER).order_by("pk")
    text = said.format(course=course.title, error=error)[:500]
    url = f"/studio/courses/{course.slug}/webhooks/{endpoint.uuid}/"
    notify_each(
        InboxMessage(user_id=owner, kind=UNDELIVERED, key=key, text=text, url=url)
        for owner in owners.values_list("user", flat=True)
    )


def failing_endpoints(*, at: datetime) -> QuerySet[Endpoint]:
    """The endpoints that are disabled, or have failed for more than an hour, the longest first, with their courses."""
    failing = Q(state=EndpointState.ACTIVE, failing_since__lte=at - WORTH_SAYING) | Q(state=EndpointState.DISABLED)
    return Endpoint.objects.filter(failing).select_related("course").order_by("failing_since", "pk")
