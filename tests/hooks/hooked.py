"""A course that tells an endpoint what happens in it, and the worker that sends it, over a wire of the test's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import F

from course.reading.fetching import Wire
from hooks.domain.deliveries import deliver, give_up_delivery, record_sent
from hooks.domain.endpoints import add_endpoint
from hooks.domain.kinds import DELIVER
from hooks.models import TOLD, Delivery, Endpoint
from hooks.sending import MOST_TRIES
from jobs.domain import forget, register, run_job
from jobs.models import Job
from tests.factories import make_course, make_person
from tests.hooks.receiver import ADDRESS, Told

DAYS = timedelta(days=30)
EVERYTHING = frozenset(kind.value for kind in TOLD)


def make_endpoint(address: str = ADDRESS, **fields: Any) -> Endpoint:
    """An endpoint that hears everything of a course of its own, or of `course`."""
    course = fields.pop("course", None) or make_course(owner=make_person("Olga"))
    endpoint = add_endpoint(course, address=address, types=EVERYTHING, actor=None)
    for name, value in fields.items():
        setattr(endpoint, name, value)
    endpoint.save()
    return endpoint


@contextmanager
def sending_over(wire: Wire) -> Iterator[None]:
    """Deliveries are sent over this wire by whoever runs their jobs in this process."""
    _registered(partial(deliver, wire=wire))
    try:
        yield
    finally:
        _registered(deliver)


def _registered(work: Any) -> None:
    forget(DELIVER)
    register(DELIVER, work=work, record=record_sent, on_give_up=give_up_delivery, max_tries=MOST_TRIES)


def send_what_waits() -> None:
    """Every delivery that waits is tried once, as if its next try had come."""
    for job in Job.objects.filter(kind=DELIVER, finished_at__isnull=True).order_by("pk"):
        try_now(job)


def try_now(job: Job) -> Job:
    """The job's next try is now."""
    Job.objects.filter(pk=job.pk, next_try_at__isnull=False).update(next_try_at=F("created_at") - DAYS)
    run_job(job.uuid)
    job.refresh_from_db()
    return job


def job_of(delivery: Delivery) -> Job:
    """The newest job that sends the delivery."""
    return Job.objects.filter(kind=DELIVER, subject=delivery.uuid).order_by("-pk")[0]


def said_in(told: Told) -> dict[str, Any]:
    """The body of a request, as JSON."""
    read: dict[str, Any] = json.loads(told.body)
    return read
