"""A delivery on its way: sent by a job, tried again for days, given up in words, and sent again when asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from course.reading.fetching import INTERNET, Wire
from hooks.domain.endpoints import secrets_in_force
from hooks.domain.failing import note_failure, settle_given_up
from hooks.domain.kinds import DELIVER
from hooks.errors import EndpointNotActive
from hooks.models import Delivery, DeliveryState, DeliveryTry, Endpoint, EndpointState
from hooks.sending import MOST_TRIES, Posted, message, post, signed_headers, wait_after
from jobs.domain import ClaimedJob, TryLater, enqueue
from jobs.domain.clock import database_now, instant
from jobs.models import LIVE, Job

KEPT_FOR = timedelta(days=30)
"""Deliveries older than this are forgotten, with their tries."""
FORGOTTEN_AT_ONCE = 500
NOT_ACTIVE = "The endpoint was paused or disabled before this could be sent."
UNSENT = "Postil could not send it, for a reason of its own; the log has it."


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a delivery in the end: `posted` is the last try, None where its endpoint was not active."""

    delivery: Delivery
    posted: Posted | None
    at: datetime

    @property
    def error(self) -> str:
        """Why it did not arrive; "" if it did."""
        return self.posted.error if self.posted else NOT_ACTIVE


def deliveries_of(endpoint: Endpoint) -> QuerySet[Any]:
    """The endpoint's deliveries, the newest first, each with `next_try_at` while one is to come, and its tries."""
    live = Job.objects.filter(kind=DELIVER, subject=OuterRef("uuid"), state__in=LIVE)
    own = Delivery.objects.filter(endpoint=endpoint).select_related("endpoint__course").order_by("-pk")
    return own.annotate(next_try_at=Subquery(live.values("next_try_at")[:1])).prefetch_related("tries")


def words_sent(delivery: Delivery) -> str:
    """The body of every try of the delivery."""
    return _body(delivery).decode()


def deliver(claimed: ClaimedJob, *, wire: Wire = INTERNET) -> Sent | None:
    """What became of the job's delivery; None when it is gone, or was delivered before.

    Ends when it was taken, at the last try, when the endpoint says that it is gone for good, and when it is not active
    any more. Any other try is kept and raises TryLater.
    """
    delivery = Delivery.objects.select_related("endpoint").filter(uuid=str(claimed.subject)).first()
    if delivery is None or delivery.state == DeliveryState.DELIVERED:
        return None
    now = database_now()
    if delivery.endpoint.state != EndpointState.ACTIVE:
        return Sent(delivery, None, now)
    posted = _posted(delivery, wire=wire, at=now)
    if posted.is_taken or posted.is_gone or claimed.tries >= MOST_TRIES:
        return Sent(delivery, posted, now)
    _keep_try(claimed, delivery, posted, at=now)
    note_failure(delivery.endpoint, at=now)
    raise TryLater(posted.error, seconds=wait_after(claimed.tries, claim=claimed.token, asked=posted.asked))


def _posted(delivery: Delivery, *, wire: Wire, at: datetime) -> Posted:
    body = _body(delivery)
    keys = secrets_in_force(delivery.endpoint, at=at)
    headers = signed_headers(body, name=delivery.uuid, keys=keys, at=at)
    return post(delivery.endpoint.address, body, headers, wire=wire)


def _body(delivery: Delivery) -> bytes:
    return message(delivery.type, delivery.data, happened_at=delivery.happened_at)


def record_sent(claimed: ClaimedJob, sent: Sent | None) -> None:
    """The delivery has arrived and its endpoint is well again; or it has failed, and who has to know is told.

    What was deleted meanwhile stays so. That somebody else's server is down is no failure of the job.
    """
    if sent is None:
        return
    if sent.posted is not None:
        _keep_try(claimed, sent.delivery, sent.posted, at=sent.at)
    if sent.error:
        _fail(sent.delivery, sent.error, at=sent.at)
    elif _end(sent.delivery, DeliveryState.DELIVERED, delivered_at=sent.at):
        failing = Endpoint.objects.filter(pk=sent.delivery.endpoint_id, state=EndpointState.ACTIVE)
        failing.filter(failing_since__isnull=False).update(failing_since=None)


def give_up_delivery(job: Job, _error: str) -> None:
    """The delivery has failed by our own fault until somebody sends it again, and who has to know is told."""
    delivery = Delivery.objects.filter(uuid=str(job.subject)).first()
    if delivery is not None:
        _fail(delivery, UNSENT, at=database_now())


def _fail(delivery: Delivery, error: str, *, at: datetime) -> None:
    if _end(delivery, DeliveryState.FAILED):
        settle_given_up(delivery, error, at=at)


def _end(delivery: Delivery, state: DeliveryState, **fields: Any) -> bool:
    waiting = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING)
    return bool(waiting.update(state=state, **fields))


@transaction.atomic
def _keep_try(claimed: ClaimedJob, delivery: Delivery, posted: Posted, *, at: datetime) -> None:
    # Whoever deletes an endpoint or erases a person waits, or leaves nothing to add a try to.
    if not Delivery.objects.select_for_update().filter(pk=delivery.pk).exists():
        return
    kept = DeliveryTry(
        delivery=delivery,
        claim=claimed.token,
        at=at,
        milliseconds=posted.milliseconds,
        status=posted.status,
        error=posted.error,
        excerpt=posted.excerpt,
    )
    DeliveryTry.objects.bulk_create([kept], ignore_conflicts=True)


@transaction.atomic
def replay(delivery: Delivery, *, at: datetime | None = None) -> None:
    """The delivery is sent again, now, under the same webhook-id and with the same body, and has all its tries.

    One that waits is left to its own next try. The delivery is locked. Raises EndpointNotActive.
    """
    kept = Delivery.objects.select_for_update(of=("self",)).select_related("endpoint").get(pk=delivery.pk)
    if kept.endpoint.state != EndpointState.ACTIVE:
        raise EndpointNotActive
    Delivery.objects.filter(pk=kept.pk).update(state=DeliveryState.WAITING, delivered_at=None)
    enqueue(DELIVER, subject=kept.uuid, at=at)


def forget_old_deliveries(*, at: datetime | None = None) -> int:
    """The oldest deliveries of before thirty days that wait for nothing are gone, tries too; returns how many."""
    old = Delivery.objects.exclude(state=DeliveryState.WAITING).filter(
        happened_at__lt=instant(at, seconds=-KEPT_FOR.total_seconds())
    )
    gone = list(old.order_by("happened_at").values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
    if gone:
        Delivery.objects.filter(pk__in=gone).delete()
    return len(gone)
