"""Telling endpoints what happened: a delivery and a job for each, in the transaction of what happened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists

from accounts.domain.people import public_link
from course.models import Course
from hooks.domain.kinds import DELIVER
from hooks.models import Delivery, Endpoint, EndpointState, EventType, Subscription
from jobs.domain import enqueue_each
from jobs.domain.clock import database_now

BATCH = 1_000
"""Rows in a statement: PostgreSQL takes no more than 65,535 values with one."""


@dataclass(frozen=True, slots=True)
class CourseEvent:
    """Something that happened in a course (key): `data` are public ids and links, never a person's name or words.

    `learner` is the public id of the part it is about, if it is about one, so that erasing finds it.
    """

    course: int
    type: EventType
    data: Mapping[str, Any]
    learner: UUID | None = None


def is_heard(**course: Any) -> Exists:
    """Whether an endpoint is told of what happens in the course of the outer query: part of a query asked anyway."""
    return Exists(Endpoint.objects.filter(state=EndpointState.ACTIVE, **course))


def courses_heard(courses: Iterable[int]) -> frozenset[int]:
    """Those of these courses (keys) that some endpoint is told of. One query."""
    heard = Endpoint.objects.filter(course__in=set(courses), state=EndpointState.ACTIVE).order_by()
    return frozenset(heard.values_list("course", flat=True))


def place_of(course: Course) -> dict[str, Any]:
    """How every event names its course: public id, slug, and where a program reads it."""
    link = public_link(f"/api/v1/courses/{course.slug}/")
    return {"course": str(course.uuid), "slug": course.slug, "links": {"course": link}}


def tell(events: Sequence[CourseEvent], *, at: datetime | None = None) -> int:
    """Every endpoint that subscribed to an event's type has a delivery of it, and a job sends it; returns how many.

    In the caller's transaction: what is rolled back was never told. One query where nobody is to be told.
    """
    if not events:
        return 0
    hearing = _hearing({event.course for event in events})
    if not hearing:
        return 0
    now = at or database_now()
    made = [
        Delivery(endpoint_id=endpoint, type=event.type, data=dict(event.data), learner=event.learner, happened_at=now)
        for event in events
        for endpoint in hearing.get((event.course, event.type), ())
    ]
    send(made, at=at)
    return len(made)


def send(deliveries: Sequence[Delivery], *, at: datetime | None = None) -> None:
    """The new deliveries are stored, each with the job that sends it, in two statements for a thousand of them."""
    for start in range(0, len(deliveries), BATCH):
        some = deliveries[start : start + BATCH]
        Delivery.objects.bulk_create(some)
        enqueue_each(DELIVER, subjects=[delivery.uuid for delivery in some], at=at)


def _hearing(courses: Collection[int]) -> dict[tuple[int, str], list[int]]:
    """By course (key) and type, the active endpoints (keys) that subscribed to it."""
    found = Subscription.objects.filter(endpoint__course__in=courses, endpoint__state=EndpointState.ACTIVE)
    hearing: dict[tuple[int, str], list[int]] = {}
    for course, kind, endpoint in found.order_by("pk").values_list("endpoint__course", "type", "endpoint"):
        hearing.setdefault((course, kind), []).append(endpoint)
    return hearing
