from __future__ import annotations

from datetime import datetime, timedelta
from threading import Event

import pytest
from django.db import connection
from pytest_django import Settings

from jobs.domain import ClaimedJob, cancel, claim, database_now, enqueue, forget, register, run_job
from jobs.domain.lease import LeaseKeeper
from jobs.models import Job
from tests.jobs.conftest import Recorder

# A lease is renewed from a thread of its own, which sees only what is committed.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def until(condition: str, job: Job, value: object, *, seconds: float = 10) -> None:
    """Returns once the column differs from `value`."""
    ends = database_now() + timedelta(seconds=seconds)
    while getattr(Job.objects.get(pk=job.pk), condition) == value:
        assert database_now() < ends, f"{condition} stayed {value}"


def lease_of(job: Job) -> datetime | None:
    return Job.objects.get(pk=job.pk).lease_until


def test_the_lease_is_renewed_while_the_work_lasts(recorder: Recorder, settings: Settings) -> None:
    settings.JOB_SCHEDULE = {"lease": 0.3}
    job = enqueue(recorder.kind, hint=False)
    claimed = claim(job.uuid)
    assert claimed
    with LeaseKeeper(claimed):
        until("lease_until", job, lease_of(job))
        until("lease_until", job, lease_of(job))
    assert not LeaseKeeper(claimed).thread.is_alive()


@pytest.mark.promise(9)
def test_work_longer_than_its_lease_is_recorded_once_by_its_first_try(recorder: Recorder, settings: Settings) -> None:
    settings.JOB_SCHEDULE = {"lease": 0.6}

    def work(claimed: ClaimedJob) -> dict[str, bool]:
        ends = database_now() + timedelta(seconds=1.8)
        others = [claim(claimed.uuid)]
        while database_now() < ends:
            others.append(claim(claimed.uuid))
        return {"stolen": any(others)}

    register("tests.slow", work=work, record=recorder.record, on_give_up=recorder.on_give_up)
    job = enqueue("tests.slow", hint=False)
    assert run_job(job.uuid)
    forget("tests.slow")
    job.refresh_from_db()
    assert (job.state, job.tries, job.result) == ("done", 1, {"stolen": False})


def test_the_keeper_stops_once_the_lease_is_lost(recorder: Recorder, settings: Settings) -> None:
    settings.JOB_SCHEDULE = {"lease": 0.15}
    job = enqueue(recorder.kind, hint=False)
    claimed = claim(job.uuid)
    assert claimed
    keeper = LeaseKeeper(claimed)
    cancel(job.uuid)
    with keeper:
        keeper.thread.join(timeout=10)
        assert not keeper.thread.is_alive()


def test_work_that_hangs_loses_its_lease_some_day(
    recorder: Recorder, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.domain.lease.RENEWALS", 2)
    settings.JOB_SCHEDULE = {"lease": 0.15}
    claimed = claim(enqueue(recorder.kind, hint=False).uuid)
    assert claimed
    with LeaseKeeper(claimed) as keeper:
        keeper.thread.join(timeout=10)
        assert not keeper.thread.is_alive()


def test_short_work_costs_no_query_and_no_connection(recorder: Recorder) -> None:
    claimed = claim(enqueue(recorder.kind, hint=False).uuid)
    assert claimed
    before = lease_of(Job.objects.get(pk=claimed.job_id))
    done = Event()
    with LeaseKeeper(claimed):
        done.set()
    assert lease_of(Job.objects.get(pk=claimed.job_id)) == before
    assert connection.is_usable()
