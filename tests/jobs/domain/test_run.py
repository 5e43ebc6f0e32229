from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from jobs.domain import ClaimedJob, JobFailed, TryLater, cancel, claim, database_now, enqueue, forget, register, run_job
from jobs.domain.tallies import tallies
from jobs.models import Job, JobState
from tests.jobs.conftest import Recorder

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def state(job: Job) -> tuple[str, str]:
    job.refresh_from_db()
    return job.state, job.error


def test_a_job_is_claimed_worked_on_and_recorded(recorder: Recorder) -> None:
    recorder.result = {"made": 3}
    job = enqueue(recorder.kind)
    assert run_job(job.uuid)
    assert state(job) == ("done", "")
    assert [job.result, recorder.worked] == [{"made": 3}, recorder.recorded]


def test_a_second_run_finds_nothing_to_do(recorder: Recorder) -> None:
    job = enqueue(recorder.kind)
    assert run_job(job.uuid)
    assert not run_job(job.uuid)
    assert len(recorder.worked) == 1


def test_an_error_of_the_work_is_kept_and_tried_again(recorder: Recorder) -> None:
    recorder.error = ConnectionError("no route")
    job = enqueue(recorder.kind)
    assert run_job(job.uuid)
    assert state(job) == ("queued", "ConnectionError: no route")


def test_the_error_is_gone_once_it_went_well(recorder: Recorder) -> None:
    recorder.error = ConnectionError("no route")
    job = enqueue(recorder.kind)
    run_job(job.uuid)
    recorder.error = None
    Job.objects.update(next_try_at=database_now())
    run_job(job.uuid)
    assert state(job) == ("done", "")


@pytest.mark.promise(14)
@pytest.mark.parametrize("junk", [[1], "text", {"a": float("inf")}, {"a": {1, 2}}])
def test_a_junk_result_ends_in_quarantine_and_not_in_progress(recorder: Recorder, junk: Any) -> None:
    recorder.result = junk
    job = enqueue(recorder.kind)
    for _ in range(4):
        Job.objects.filter(state=JobState.QUEUED).update(next_try_at=database_now())
        assert run_job(job.uuid)
    assert state(job)[0] == JobState.QUARANTINED
    assert len(recorder.given_up) == 1


def test_work_that_says_it_failed_is_not_tried_again(recorder: Recorder) -> None:
    recorder.error = JobFailed("The file is encrypted.")
    job = enqueue(recorder.kind)
    assert run_job(job.uuid)
    assert state(job) == ("failed", "The file is encrypted.")
    assert recorder.given_up == [(job.pk, "The file is encrypted.")]


def test_work_that_was_cancelled_in_its_midst_records_nothing_and_is_counted(recorder: Recorder) -> None:
    def work(claimed: ClaimedJob) -> None:
        cancel(claimed.uuid)

    register("tests.cancelled", work=work, record=recorder.record, on_give_up=recorder.on_give_up)
    job = enqueue("tests.cancelled")
    assert run_job(job.uuid)
    forget("tests.cancelled")
    assert state(job) == ("cancelled", "")
    assert recorder.recorded == []
    assert tallies() == {"fenced": 1}


def test_work_that_failed_after_a_takeover_is_counted_as_fenced(recorder: Recorder) -> None:
    def work(claimed: ClaimedJob) -> None:
        assert claim(claimed.uuid, at=database_now() + timedelta(seconds=61))
        raise ConnectionError

    register("tests.overtaken", work=work, record=recorder.record, on_give_up=recorder.on_give_up)
    job = enqueue("tests.overtaken")
    assert run_job(job.uuid)
    forget("tests.overtaken")
    assert state(job)[0] == JobState.RUNNING
    assert tallies() == {"fenced": 1}


@pytest.mark.parametrize(("asked", "waited"), [(0, 10), (3, 10), (42, 42), (3_600, 3_600)])
def test_work_that_asks_for_time_waits_at_least_so_long(recorder: Recorder, asked: float, waited: float) -> None:
    recorder.error = TryLater("The service is busy.", seconds=asked)
    job = enqueue(recorder.kind)
    before = database_now()
    assert run_job(job.uuid)
    assert state(job) == ("queued", "The service is busy.")
    assert job.next_try_at is not None
    assert waited <= (job.next_try_at - before).total_seconds() < waited + 5


def test_work_that_asks_for_time_too_often_is_given_up(recorder: Recorder) -> None:
    recorder.error = TryLater("The service is busy.", seconds=1)
    job = enqueue(recorder.kind)
    for _ in range(4):
        Job.objects.update(next_try_at=database_now())
        run_job(job.uuid)
    assert state(job) == ("quarantined", "The service is busy.")
