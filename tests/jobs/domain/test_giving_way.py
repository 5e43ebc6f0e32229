"""Long work lets through what somebody waits for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs.domain import ClaimedJob, database_now, enqueue, forget, give_way, register, run_job
from jobs.domain.giving_way import AT_ONCE
from jobs.models import Job, JobState
from tests.jobs.conftest import Recorder

pytestmark = [pytest.mark.django_db, pytest.mark.database]
STEPS = 3


@pytest.fixture
def urgent(recorder: Recorder) -> Iterator[Recorder]:
    """A kind that somebody waits for, beside the one that nobody does."""
    made = Recorder(kind="tests.urgent")
    register(made.kind, work=made.work, record=made.record, on_give_up=made.on_give_up, is_urgent=True)
    yield made
    forget(made.kind)


def states(kind: str) -> list[str]:
    return list(Job.objects.filter(kind=kind).order_by("pk").values_list("state", flat=True))


def test_what_somebody_waits_for_is_done_and_nothing_else(recorder: Recorder, urgent: Recorder) -> None:
    enqueue(urgent.kind)
    enqueue(recorder.kind)
    enqueue(urgent.kind)

    assert give_way() == 2

    assert (states(urgent.kind), states(recorder.kind)) == (["done", "done"], ["queued"])


def test_who_came_first_is_first(urgent: Recorder) -> None:
    jobs = [enqueue(urgent.kind).uuid for _ in range(4)]

    give_way()

    assert [claimed.uuid for claimed in urgent.worked] == jobs


def test_where_nobody_waits_it_costs_one_query(recorder: Recorder, urgent: Recorder) -> None:
    enqueue(recorder.kind)

    with CaptureQueriesContext(connection) as queries:
        assert give_way() == 0

    assert len(queries) == 1


@pytest.mark.parametrize("number", [AT_ONCE - 1, AT_ONCE, 2 * AT_ONCE + 1])
def test_everybody_who_waits_is_let_through(urgent: Recorder, number: int) -> None:
    for _ in range(number):
        enqueue(urgent.kind)

    assert give_way() == number
    assert set(states(urgent.kind)) == {"done"}


def test_what_is_not_due_yet_or_worked_on_elsewhere_is_left_alone(urgent: Recorder) -> None:
    later, elsewhere = enqueue(urgent.kind), enqueue(urgent.kind)
    Job.objects.filter(pk=later.pk).update(next_try_at=database_now() + timedelta(minutes=1))
    lease = {"lease_until": database_now() + timedelta(minutes=1), "token": elsewhere.uuid, "next_try_at": None}
    Job.objects.filter(pk=elsewhere.pk).update(state=JobState.RUNNING, **lease)

    assert give_way() == 0


def test_one_that_fails_waits_for_its_next_try_and_keeps_nobody(urgent: Recorder) -> None:
    urgent.error = ConnectionError("no route")
    enqueue(urgent.kind)

    assert give_way() == 1

    job = Job.objects.get()
    assert (job.state, job.error, job.tries) == ("queued", "ConnectionError: no route", 1)


def test_long_work_is_done_though_it_gives_way_at_every_step(urgent: Recorder) -> None:
    seen: list[int] = []

    def long_work(claimed: ClaimedJob) -> int:
        for step in range(STEPS):
            enqueue(urgent.kind)
            seen.append(give_way())
            claimed.heartbeat(current=step + 1, total=STEPS)
        return STEPS

    register("tests.long", work=long_work, record=lambda _, steps: {"steps": steps}, on_give_up=lambda *_: None)
    job = enqueue("tests.long")
    assert run_job(job.uuid)

    job.refresh_from_db()
    assert (job.state, job.result, job.current) == ("done", {"steps": STEPS}, STEPS)
    assert (seen, len(urgent.recorded)) == ([1] * STEPS, STEPS)
