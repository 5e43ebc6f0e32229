"""Endpoints of a course: made, changed, paused, given another secret, deleted; by its owner."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.domain.audit import record
from accounts.models import User
from course.models import Course
from course.reading.errors import UnreadableSource
from hooks.domain.events import place_of, send
from hooks.errors import AddressRefused, EndpointExists, EndpointNotActive, TooManyEndpoints
from hooks.models import TOLD, Delivery, Endpoint, EndpointState, EventType, Subscription
from hooks.sending import check_address, new_secret
from jobs.domain.clock import database_now

MOST_ENDPOINTS = 20
"""Of one course: each event is as many jobs."""

BOTH_SIGN = timedelta(hours=24)
"""For how long an old secret goes on signing beside the new one."""


def endpoints_of(course: Course) -> QuerySet[Endpoint]:
    """The course's endpoints, the oldest first, each with its course and subscriptions."""
    own = Endpoint.objects.filter(course=course.pk).select_related("course").order_by("pk")
    return own.prefetch_related("subscriptions")


@transaction.atomic
def add_endpoint(
    course: Course, *, address: str, types: Collection[str], actor: User | None, at: datetime | None = None
) -> Endpoint:
    """The course tells this address of these types of event from now on; the endpoint comes with its new secret.

    The course is locked. Raises AddressRefused for what is no public address, EndpointExists, TooManyEndpoints.
    """
    Course.objects.select_for_update().only("pk").get(pk=course.pk)
    if Endpoint.objects.filter(course=course.pk).count() >= MOST_ENDPOINTS:
        raise TooManyEndpoints
    endpoint = Endpoint(
        course_id=course.pk,
        address=_public(address),
        secret=new_secret(),
        made_by=actor,
        created_at=at or database_now(),
    )
    _save(endpoint)
    _subscribe(endpoint, types)
    _record("made an endpoint", endpoint, actor)
    return endpoint


@transaction.atomic
def change_endpoint(endpoint: Endpoint, *, address: str, types: Collection[str], actor: User | None) -> None:
    """The endpoint has this address and is told of these types and no others; what waits goes to the new address.

    Raises AddressRefused and EndpointExists.
    """
    endpoint.address = _public(address)
    _save(endpoint)
    endpoint.subscriptions.exclude(type__in=types).delete()
    _subscribe(endpoint, types)
    _record("changed an endpoint", endpoint, actor)


@transaction.atomic
def pause_endpoint(endpoint: Endpoint, *, actor: User | None) -> bool:
    """Nothing is sent to the endpoint; what happens meanwhile is never told. False when it was not active."""
    if not _move(endpoint, (EndpointState.ACTIVE,), EndpointState.PAUSED):
        return False
    _record("paused an endpoint", endpoint, actor)
    return True


@transaction.atomic
def resume_endpoint(endpoint: Endpoint, *, actor: User | None) -> bool:
    """The endpoint is told of what happens from now on, and counts as well; False when it was active already."""
    inactive = (EndpointState.PAUSED, EndpointState.DISABLED)
    if not _move(endpoint, inactive, EndpointState.ACTIVE, failing_since=None):
        return False
    _record("resumed an endpoint", endpoint, actor)
    return True


@transaction.atomic
def rotate_secret(endpoint: Endpoint, *, actor: User | None, at: datetime | None = None) -> str:
    """The endpoint has a new secret, which is returned; it and the one before both sign for 24 hours.

    Rotated again within them, the newest two sign. The endpoint is locked.
    """
    kept = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    endpoint.old_secret, endpoint.secret = kept.secret, new_secret()
    endpoint.old_secret_until = (at or database_now()) + BOTH_SIGN
    endpoint.save(update_fields=["secret", "old_secret", "old_secret_until"])
    _record("rotated a secret", endpoint, actor)
    return endpoint.secret


@transaction.atomic
def delete_endpoint(endpoint: Endpoint, *, actor: User | None) -> None:
    """The endpoint is gone with its secrets and deliveries; what was on its way is not sent."""
    _record("deleted an endpoint", endpoint, actor)
    endpoint.delete()


@transaction.atomic
def ping(endpoint: Endpoint, *, at: datetime | None = None) -> Delivery:
    """A test event is on its way to the endpoint, whatever it subscribed to. Raises EndpointNotActive."""
    if endpoint.state != EndpointState.ACTIVE:
        raise EndpointNotActive
    delivery = Delivery(
        endpoint=endpoint, type=EventType.PING, data=place_of(endpoint.course), happened_at=at or database_now()
    )
    send([delivery], at=at)
    return delivery


def secrets_in_force(endpoint: Endpoint, *, at: datetime) -> list[str]:
    """The secrets that sign at `at`, the newest first: two for a day after a rotation, else one."""
    until = endpoint.old_secret_until
    return [endpoint.secret, *([endpoint.old_secret] if until is not None and at < until else [])]


def address_problem(address: str) -> str:
    """What keeps this address from being told anything, in a sentence; "" when nothing does. Asks nobody."""
    try:
        _public(address)
    except AddressRefused as error:
        return str(error)
    return ""


def _public(address: str) -> str:
    try:
        return check_address(address.strip())
    except UnreadableSource as error:
        raise AddressRefused from error


def _save(endpoint: Endpoint) -> None:
    try:
        with transaction.atomic():
            endpoint.save()
    except IntegrityError as error:
        if Endpoint.objects.filter(course=endpoint.course_id, address=endpoint.address).exists():
            raise EndpointExists from error
        raise


def _subscribe(endpoint: Endpoint, types: Collection[str]) -> None:
    wanted = [Subscription(endpoint=endpoint, type=kind) for kind in TOLD if kind in types]
    Subscription.objects.bulk_create(wanted, ignore_conflicts=True)


def _move(endpoint: Endpoint, sources: Collection[str], target: EndpointState, **fields: Any) -> bool:
    moved = Endpoint.objects.filter(pk=endpoint.pk, state__in=sources).update(state=target, **fields)
    endpoint.refresh_from_db(fields=["state", "failing_since"])
    return bool(moved)


def _record(verb: str, endpoint: Endpoint, actor: User | None) -> None:
    # Not the address: it may carry a token.
    record(verb, subject=f"endpoint:{endpoint.uuid}", actor=actor, course=endpoint.course.uuid)
