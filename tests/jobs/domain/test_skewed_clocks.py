"""Machines whose clocks are wrong: leases, waits and sweeps go by the database's clock, whoever asks."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from jobs.domain import LostLease, cancel, claim, database_now, enqueue, finish, release, sweep
from jobs.domain.claim import ClaimedJob
from jobs.domain.health import SWEEPER, clock_ahead, health
from jobs.models import Beat, Job, JobState
from tests.jobs.conftest import Recorder

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.promise(12)]

LEASE, SLACK = timedelta(seconds=60), timedelta(seconds=5)


@pytest.fixture(params=[-86_400.0, -7_200.0, -3.0, 3.0, 7_200.0, 86_400.0], ids=lambda seconds: f"{seconds:+.0f} s")
def skewed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> float:
    """This process's wall clock is so many seconds off."""
    real_time, real_now, off = time.time, timezone.now, float(request.param)
    monkeypatch.setattr(time, "time", lambda: real_time() + off)
    monkeypatch.setattr(timezone, "now", lambda: real_now() + timedelta(seconds=off))
    return off


def is_near(moment: datetime | None, wanted: datetime) -> bool:
    return moment is not None and abs(moment - wanted) <= SLACK


def claimed(job: Job) -> ClaimedJob:
    found = claim(job.uuid)
    assert found is not None
    return found


def test_a_job_is_due_at_once_and_its_lease_is_as_long_as_it_is(skewed: float, recorder: Recorder) -> None:
    job = enqueue(recorder.kind, hint=False)
    held = claimed(job)
    lease = Job.objects.get().lease_until

    assert is_near(lease, database_now() + LEASE)
    assert claim(job.uuid) is None
    held.heartbeat()
    assert is_near(Job.objects.get().lease_until, database_now() + LEASE)
    assert abs(skewed) > 1


def test_a_failed_try_waits_as_long_as_the_schedule_says(skewed: float, recorder: Recorder) -> None:
    held = claimed(enqueue(recorder.kind, hint=False))

    release(held, "no")

    assert is_near(Job.objects.get().next_try_at, database_now() + timedelta(seconds=10))


def test_a_sweep_opens_no_lease_that_still_runs_and_opens_one_that_is_over(skewed: float, recorder: Recorder) -> None:
    running, over = (claimed(enqueue(recorder.kind, hint=False)) for _ in range(2))
    Job.objects.filter(pk=over.job_id).update(lease_until=database_now() - timedelta(seconds=1))

    report = sweep()

    states = dict(Job.objects.values_list("pk", "state"))
    assert (report.expired, states) == (1, {running.job_id: JobState.RUNNING, over.job_id: JobState.QUEUED})


def test_nothing_is_purged_before_its_week_is_over(skewed: float, recorder: Recorder) -> None:
    young, old = (claimed(enqueue(recorder.kind, hint=False)) for _ in range(2))
    for each in (young, old):
        finish(each, None)
    Job.objects.filter(pk=old.job_id).update(finished_at=database_now() - timedelta(days=7, seconds=1))

    assert sweep().purged == 1
    assert Job.objects.get().pk == young.job_id


def test_ages_are_told_by_the_clock_that_wrote_them(skewed: float, recorder: Recorder) -> None:
    enqueue(recorder.kind, hint=False)
    sweep()

    told = health()

    assert told.sweeper_age is not None
    assert -1 <= told.sweeper_age <= SLACK.total_seconds()
    assert -1 <= told.oldest_due_age <= SLACK.total_seconds()
    assert is_near(Beat.objects.get(name=SWEEPER).last_success_at, database_now())


ENDS: dict[str, Callable[[ClaimedJob], Any]] = {
    "finish": lambda held: finish(held, None),
    "heartbeat": lambda held: held.heartbeat(),
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("late", ["taken over", "cancelled", "opened again"])
def test_who_slept_through_the_lease_changes_nothing_any_more(recorder: Recorder, end: str, late: str) -> None:
    job = enqueue(recorder.kind, hint=False)
    held = claimed(job)
    if late == "cancelled":
        cancel(job.uuid)
    else:
        Job.objects.update(lease_until=database_now() - timedelta(seconds=1))
        sweep()
        if late == "taken over":
            Job.objects.update(next_try_at=database_now() - timedelta(seconds=1))
            claimed(job)
    before = Job.objects.values().get()

    with pytest.raises(LostLease):
        ENDS[end](held)

    assert Job.objects.values().get() == before
    assert recorder.recorded == []


@pytest.mark.parametrize(
    ("beats", "progress"),
    [
        ([(0, 10), (3, None)], (3, 10)),
        ([(0, 10), (10, None)], (10, 10)),
        ([(7, None)], (7, None)),
        ([(7, 10), (None, None)], (7, 10)),
        ([(9, 10), (0, 4)], (0, 4)),
    ],
)
def test_progress_is_what_was_told_last(
    recorder: Recorder, beats: list[tuple[int | None, int | None]], progress: tuple[int, int | None]
) -> None:
    held = claimed(enqueue(recorder.kind, hint=False))

    for current, total in beats:
        held.heartbeat(current=current, total=total)

    assert Job.objects.values_list("current", "total").get() == progress


def test_more_than_all_is_refused_by_the_database_and_costs_no_lease(recorder: Recorder) -> None:
    held = claimed(enqueue(recorder.kind, hint=False))
    held.heartbeat(current=0, total=4)

    with pytest.raises(IntegrityError), transaction.atomic():
        held.heartbeat(current=5)

    held.heartbeat(current=4)
    assert Job.objects.get().state == JobState.RUNNING


def test_a_sweeper_says_how_far_its_clock_is_off(skewed: float) -> None:
    assert clock_ahead(SWEEPER) is None
    sweep()
    assert clock_ahead(SWEEPER) == pytest.approx(skewed, abs=1)
