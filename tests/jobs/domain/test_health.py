from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from jobs.domain import claim, database_now, enqueue, fail, finish, health, status, sweep
from tests.jobs.conftest import Recorder

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_an_idle_installation_is_healthy() -> None:
    now = health()
    assert (now.live, now.given_up) == ({"queued": 0, "running": 0}, {"failed": 0, "quarantined": 0})
    assert (now.oldest_due_age, now.sweeper_age, now.tallies) == (0.0, None, {})


def test_jobs_are_counted_by_state_and_finished_ones_are_not(recorder: Recorder) -> None:
    jobs = [enqueue(recorder.kind, hint=False) for _ in range(4)]
    claims = [claim(job.uuid) for job in jobs[:3]]
    assert claims[0]
    assert claims[1]
    finish(claims[0], None)
    fail(claims[1], "no")
    now = health()
    assert (now.live, now.given_up) == ({"queued": 1, "running": 1}, {"failed": 1, "quarantined": 0})


def test_the_oldest_due_job_gives_the_age(recorder: Recorder) -> None:
    for seconds in (30, 90, -600):
        enqueue(recorder.kind, hint=False, at=database_now() - timedelta(seconds=seconds))
    assert 90 <= health().oldest_due_age < 92


def test_a_lease_that_ran_out_counts_as_due(recorder: Recorder) -> None:
    job = enqueue(recorder.kind, hint=False, at=database_now() - timedelta(seconds=200))
    claim(job.uuid, at=database_now() - timedelta(seconds=100))
    assert 40 <= health().oldest_due_age < 42


def test_the_sweeper_s_last_success_gives_its_age() -> None:
    sweep(database_now() - timedelta(seconds=70))
    age = health().sweeper_age
    assert age is not None
    assert 69.9 <= age < 72


def test_health_takes_four_queries(recorder: Recorder, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    enqueue(recorder.kind, hint=False)
    with django_assert_num_queries(4):
        health()


def test_a_status_says_how_far_a_job_is(recorder: Recorder) -> None:
    job = enqueue(recorder.kind)
    claimed = claim(job.uuid)
    assert claimed
    claimed.heartbeat(current=2, total=5)
    now = status(job.uuid)
    assert now
    assert (now.uuid, now.kind, now.state, now.current, now.total) == (job.uuid, recorder.kind, "running", 2, 5)
    assert (now.result, now.error) == (None, "")


def test_an_unknown_job_has_no_status() -> None:
    assert status(uuid4()) is None
