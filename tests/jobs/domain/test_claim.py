from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from jobs.domain import LostLease, cancel, claim, database_now, enqueue, forget, register
from jobs.models import Job
from tests.jobs.conftest import Recorder
from tests.jobs.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_claim_carries_the_job_and_one_try_more(recorder: Recorder) -> None:
    job = enqueue(recorder.kind, subject=uuid4(), payload={"a": [1]})
    claimed = claim(job.uuid)
    assert claimed
    assert (claimed.job_id, claimed.uuid, claimed.kind) == (job.pk, job.uuid, recorder.kind)
    assert (claimed.subject, claimed.payload, claimed.tries) == (job.subject, {"a": [1]}, 1)


def test_a_claimed_job_runs_under_a_lease_of_its_kind(recorder: Recorder) -> None:
    job = enqueue(recorder.kind)
    before = database_now()
    claimed = claim(job.uuid)
    job.refresh_from_db()
    assert claimed
    assert (job.state, job.token, job.next_try_at) == ("running", claimed.token, None)
    assert job.lease_until
    assert abs(job.lease_until - before - timedelta(seconds=60)) < timedelta(seconds=2)


def test_a_claimed_job_is_not_to_be_had(recorder: Recorder) -> None:
    job = enqueue(recorder.kind)
    assert claim(job.uuid)
    assert claim(job.uuid) is None


def test_an_unknown_job_is_not_to_be_had(recorder: Recorder) -> None:
    assert claim(uuid4()) is None


def test_a_job_is_not_to_be_had_before_its_next_try(recorder: Recorder) -> None:
    now = database_now()
    job = enqueue(recorder.kind, at=now + timedelta(seconds=5))
    assert claim(job.uuid, at=now) is None
    assert claim(job.uuid, at=now + timedelta(seconds=5))


def test_an_expired_lease_may_be_taken_over_with_another_token(recorder: Recorder) -> None:
    job = enqueue(recorder.kind)
    first = claim(job.uuid)
    second = claim(job.uuid, at=database_now() + timedelta(seconds=61))
    assert first
    assert second
    assert second.token != first.token
    assert second.tries == 2


def test_a_job_out_of_tries_is_not_to_be_had(recorder: Recorder) -> None:
    job = enqueue(recorder.kind)
    later = database_now()
    for _ in range(4):
        assert claim(job.uuid, at=later)
        later += timedelta(seconds=61)
    assert claim(job.uuid, at=later) is None


def test_a_kind_that_this_process_does_not_know_is_left_to_others(recorder: Recorder) -> None:
    job = enqueue(recorder.kind)
    forget(recorder.kind)
    assert claim(job.uuid) is None
    register("tests.other", work=recorder.work, record=recorder.record, on_give_up=recorder.on_give_up)
    assert claim(job.uuid) is None
    forget("tests.other")


def test_claiming_takes_one_statement(recorder: Recorder, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    job = enqueue(recorder.kind)
    with django_assert_num_queries(1):
        assert claim(job.uuid)
    with django_assert_num_queries(1):
        claim(job.uuid)


def test_of_several_kinds_each_has_its_own_lease_and_tries(recorder: Recorder) -> None:
    register(
        "tests.long",
        work=recorder.work,
        record=recorder.record,
        on_give_up=recorder.on_give_up,
        lease_seconds=300,
        max_tries=1,
    )
    short, patient = enqueue(recorder.kind), enqueue("tests.long")
    now = database_now()
    assert claim(short.uuid, at=now)
    assert claim(patient.uuid, at=now)
    for job, seconds in ((short, 60), (patient, 300)):
        job.refresh_from_db()
        assert job.lease_until == now + timedelta(seconds=seconds)
    assert claim(short.uuid, at=now + timedelta(seconds=301))
    assert claim(patient.uuid, at=now + timedelta(seconds=301)) is None
    forget("tests.long")


def test_a_heartbeat_renews_the_lease_and_keeps_the_progress(recorder: Recorder) -> None:
    job = enqueue(recorder.kind)
    claimed = claim(job.uuid)
    assert claimed
    job.refresh_from_db()
    first = job.lease_until
    claimed.heartbeat(current=3, total=10)
    job.refresh_from_db()
    assert first
    assert job.lease_until
    assert job.lease_until >= first
    assert (job.current, job.total) == (3, 10)


def test_a_heartbeat_after_a_takeover_raises(recorder: Recorder) -> None:
    job = enqueue(recorder.kind)
    claimed = claim(job.uuid)
    assert claimed
    claim(job.uuid, at=database_now() + timedelta(seconds=61))
    with pytest.raises(LostLease):
        claimed.heartbeat()


def test_a_heartbeat_of_a_cancelled_job_raises(recorder: Recorder) -> None:
    job = enqueue(recorder.kind)
    claimed = claim(job.uuid)
    assert claimed
    cancel(job.uuid)
    with pytest.raises(LostLease):
        claimed.heartbeat()


@pytest.mark.promise(8)
@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_the_same_instant_one_wins_each_of_50_rounds(
    recorder: Recorder, reached: Callable[[str], None]
) -> None:
    uuids = [enqueue(recorder.kind, hint=False).uuid for _ in range(50)]
    rounds = [at_once(partial(claim, job_uuid), times=2) for job_uuid in uuids]
    reached(f"{sum(claimed is not None for both in rounds for claimed in both)} winners in {len(rounds)} rounds")
    assert [[claimed is None for claimed in sorted(both, key=bool)] for both in rounds] == [[True, False]] * 50
    assert set(Job.objects.values_list("tries", flat=True)) == {1}
