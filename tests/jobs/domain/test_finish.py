from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from jobs.domain import ClaimedJob, InvalidResult, LostLease, claim, database_now, enqueue, fail, finish, release
from jobs.domain.finish import MAX_ERROR_CHARACTERS, storable
from jobs.models import Job, JobState, Tally
from tests.jobs.conftest import Recorder

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def take(recorder: Recorder) -> ClaimedJob:
    claimed = claim(enqueue(recorder.kind).uuid)
    assert claimed
    return claimed


def row(claimed: ClaimedJob) -> Job:
    return Job.objects.get(pk=claimed.job_id)


def test_a_finished_job_is_done_with_its_result(recorder: Recorder) -> None:
    claimed = take(recorder)
    finish(claimed, {"fraction": 0.5})
    job = row(claimed)
    assert (job.state, job.result, job.token, job.lease_until) == ("done", {"fraction": 0.5}, None, None)
    assert job.finished_at


def test_finishing_takes_two_statements_beside_the_record(recorder: Recorder) -> None:
    claimed = take(recorder)
    with CaptureQueriesContext(connection) as queries:
        finish(claimed, {"a": 1})
    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert [statement.split()[0] for statement in statements] == ["UPDATE", "UPDATE"]


def test_a_repeat_is_fenced_and_records_nothing(recorder: Recorder) -> None:
    claimed = take(recorder)
    finish(claimed, None)
    with pytest.raises(LostLease):
        finish(claimed, None)
    assert len(recorder.recorded) == 1


def test_a_late_finish_after_a_takeover_is_discarded(recorder: Recorder) -> None:
    late = take(recorder)
    second = claim(late.uuid, at=database_now() + timedelta(seconds=61))
    assert second
    with pytest.raises(LostLease):
        finish(late, {"by": "late"})
    finish(second, {"by": "second"})
    assert row(late).result == {"by": "second"}
    assert recorder.recorded == [second]


def test_a_record_that_raises_leaves_the_job_running(recorder: Recorder) -> None:
    claimed = take(recorder)
    recorder.record_error = ValueError("fraction 1.5")
    with pytest.raises(ValueError, match=r"fraction 1\.5"):
        finish(claimed, None)
    assert row(claimed).state == JobState.RUNNING


JUNK: list[Any] = [{"a": float("nan")}, {"a": object()}, {"a": "x" * 200_000}, {"a": "\0"}, {"a": "\ud800"}]


@pytest.mark.promise(14)
@pytest.mark.parametrize("junk", JUNK, ids=["nan", "object", "long", "nul", "surrogate"])
def test_a_result_that_cannot_be_kept_is_refused_whole(recorder: Recorder, junk: dict[str, Any]) -> None:
    claimed = take(recorder)
    with pytest.raises(InvalidResult):
        finish(claimed, junk)
    assert row(claimed).state == JobState.RUNNING


@pytest.mark.parametrize(("tries", "wait"), [(1, 10), (2, 60), (3, 300)])
def test_a_released_job_waits_as_long_as_the_schedule_says(recorder: Recorder, tries: int, wait: int) -> None:
    job = enqueue(recorder.kind)
    at = database_now()
    Job.objects.filter(pk=job.pk).update(tries=tries - 1)
    claimed = claim(job.uuid)
    assert claimed
    assert release(claimed, "no route", at=at) == JobState.QUEUED
    job.refresh_from_db()
    assert (job.state, job.error, job.hinted_at) == ("queued", "no route", None)
    assert job.next_try_at == at + timedelta(seconds=wait)


def test_the_fourth_failure_quarantines_and_tells_the_kind_in_one_transaction(recorder: Recorder) -> None:
    job = enqueue(recorder.kind)
    Job.objects.filter(pk=job.pk).update(tries=3)
    claimed = claim(job.uuid)
    assert claimed
    assert release(claimed, "no route") == JobState.QUARANTINED
    assert row(claimed).state == JobState.QUARANTINED
    assert recorder.given_up == [(job.pk, "no route")]
    assert Tally.objects.get(name="quarantined").value == 1


def test_a_handler_that_raises_undoes_the_quarantine(recorder: Recorder) -> None:
    job = enqueue(recorder.kind)
    Job.objects.filter(pk=job.pk).update(tries=3)
    claimed = claim(job.uuid)
    recorder.give_up_error = RuntimeError("not now")
    assert claimed
    with pytest.raises(RuntimeError), transaction.atomic():
        release(claimed, "no route")
    assert row(claimed).state == JobState.RUNNING


def test_a_failure_for_good_needs_no_further_tries(recorder: Recorder) -> None:
    claimed = take(recorder)
    assert fail(claimed, "The file is encrypted.") == JobState.FAILED
    job = row(claimed)
    assert (job.state, job.error, job.tries) == ("failed", "The file is encrypted.", 1)
    assert recorder.given_up == [(job.pk, "The file is encrypted.")]


def test_whoever_lost_the_lease_neither_releases_nor_fails(recorder: Recorder) -> None:
    late = take(recorder)
    assert claim(late.uuid, at=database_now() + timedelta(seconds=61))
    assert release(late, "x") is None
    assert fail(late, "x") is None
    assert row(late).state == JobState.RUNNING
    assert recorder.given_up == []


def test_an_error_is_stored_as_both_databases_take_it(recorder: Recorder) -> None:
    claimed = take(recorder)
    release(claimed, "a\0b\ud800c" + "x" * 5_000)
    assert row(claimed).error == storable("a\0b\ud800c" + "x" * 5_000)


def test_a_storable_text_has_no_nul_no_surrogate_and_an_end() -> None:
    assert storable("a\0b\ud800c") == "ab?c"
    assert len(storable("x" * 5_000)) == MAX_ERROR_CHARACTERS
    assert storable("x" * 5_000).endswith("x…")
