from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from jobs.domain import UnknownKind, cancel, claim, enqueue, enqueue_each, fail, finish, hints, requeue
from jobs.models import Job, JobState
from tests.jobs.conftest import Recorder
from tests.jobs.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_an_enqueued_job_is_queued_due_and_hinted(recorder: Recorder) -> None:
    subject = uuid4()
    job = enqueue(recorder.kind, subject=subject, payload={"a": 1}, owner=7)
    assert (job.state, job.key, job.subject, job.payload, job.owner) == ("queued", str(subject), subject, {"a": 1}, 7)
    assert job.next_try_at == job.created_at == job.hinted_at


def test_a_second_enqueue_for_the_same_key_returns_the_live_job(recorder: Recorder) -> None:
    subject = uuid4()
    assert enqueue(recorder.kind, subject=subject) == enqueue(recorder.kind, subject=subject)
    assert Job.objects.count() == 1


def test_a_running_job_is_still_the_live_one(recorder: Recorder) -> None:
    job = enqueue(recorder.kind, key="a")
    claim(job.uuid)
    assert enqueue(recorder.kind, key="a") == job


def test_after_the_end_a_new_job_is_made(recorder: Recorder) -> None:
    job = enqueue(recorder.kind, key="a")
    cancel(job.uuid)
    assert enqueue(recorder.kind, key="a") != job


def test_without_subject_and_key_every_call_is_work_of_its_own(recorder: Recorder) -> None:
    assert enqueue(recorder.kind) != enqueue(recorder.kind)


def test_an_unknown_kind_is_refused_before_anything_is_written() -> None:
    with pytest.raises(UnknownKind):
        enqueue("tests.unheard-of")
    assert Job.objects.count() == 0


def test_enqueueing_takes_one_query_and_one_more_where_a_job_lives(
    recorder: Recorder, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        enqueue(recorder.kind, key="a")
    with django_assert_num_queries(2):
        enqueue(recorder.kind, key="a")


@pytest.mark.parametrize("at", [None, datetime(2026, 3, 1, 9, 30, 0, 123456, tzinfo=UTC)], ids=["now", "at a time"])
@pytest.mark.parametrize("hint", [True, False], ids=["hinted", "quiet"])
def test_the_job_that_is_told_is_the_row_that_was_stored(recorder: Recorder, at: datetime | None, hint: bool) -> None:
    told = enqueue(recorder.kind, subject=uuid4(), payload={"a": ["ä", None]}, owner=7, hint=hint, at=at)
    kept = Job.objects.get()
    names = [field.attname for field in Job._meta.concrete_fields]
    assert {name: getattr(told, name) for name in names} == {name: getattr(kept, name) for name in names}
    assert (kept.hinted_at is not None, at in (None, kept.created_at)) == (hint, True)


def test_the_hint_goes_out_once_and_only_on_commit(
    recorder: Recorder, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        enqueue(recorder.kind, key="a")
        enqueue(recorder.kind, key="a")
        enqueue(recorder.kind, key="b", hint=False)
    assert len(callbacks) == 1


def test_a_broker_that_is_down_does_not_fail_the_caller(
    recorder: Recorder, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue(recorder.kind, key="a")
    assert job.state == JobState.QUEUED
    assert hints.breaker.errors == 1


def test_a_rolled_back_cause_leaves_no_job(recorder: Recorder) -> None:
    with transaction.atomic():
        enqueue(recorder.kind, key="a")
        transaction.set_rollback(True)
    assert Job.objects.count() == 0


def test_a_cancelled_job_cannot_be_claimed(recorder: Recorder) -> None:
    job = enqueue(recorder.kind)
    assert cancel(job.uuid)
    assert claim(job.uuid) is None


def test_cancelling_what_is_over_changes_nothing(recorder: Recorder) -> None:
    job = enqueue(recorder.kind)
    claimed = claim(job.uuid)
    assert claimed
    finish(claimed, None)
    assert not cancel(job.uuid)


def test_a_failed_job_is_queued_again_with_all_its_tries(recorder: Recorder) -> None:
    job = enqueue(recorder.kind)
    claimed = claim(job.uuid)
    assert claimed
    fail(claimed, "no")
    assert requeue(job.uuid)
    job.refresh_from_db()
    assert (job.state, job.tries, job.finished_at) == ("queued", 0, None)


def test_a_job_that_did_not_fail_is_not_queued_again(recorder: Recorder) -> None:
    assert not requeue(enqueue(recorder.kind).uuid)
    assert not requeue(uuid4())


@pytest.mark.django_db(transaction=True)
def test_of_six_that_enqueue_the_same_key_at_once_all_get_the_one_job(recorder: Recorder) -> None:
    jobs = at_once(lambda: enqueue(recorder.kind, key="a", hint=False), times=6)
    assert [job.pk for job in jobs] == [Job.objects.get().pk] * 6


def test_each_subject_has_a_live_job_of_its_own(recorder: Recorder) -> None:
    subjects = [uuid4() for _ in range(3)]
    before = enqueue(recorder.kind, subject=subjects[0])

    enqueue_each(recorder.kind, subjects=subjects, owner=7)

    assert list(Job.objects.order_by("pk").values_list("subject", "key", "owner", "state")) == [
        (subjects[0], str(subjects[0]), None, "queued"),
        (subjects[1], str(subjects[1]), 7, "queued"),
        (subjects[2], str(subjects[2]), 7, "queued"),
    ]
    assert Job.objects.get(subject=subjects[0]) == before


def test_the_first_fifty_are_hinted_and_the_sweeper_wakes_workers_for_the_rest(
    recorder: Recorder,
    django_assert_num_queries: DjangoAssertNumQueries,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks, django_assert_num_queries(1):
        enqueue_each(recorder.kind, subjects=[uuid4() for _ in range(60)])
    assert (len(callbacks), Job.objects.filter(hinted_at__isnull=True).count()) == (50, 10)


def test_many_jobs_of_an_unknown_kind_are_refused(recorder: Recorder) -> None:
    with pytest.raises(UnknownKind):
        enqueue_each("tests.unheard-of", subjects=[uuid4()])
    assert not Job.objects.exists()


def test_no_subject_is_no_job(recorder: Recorder) -> None:
    enqueue_each(recorder.kind, subjects=[])
    assert not Job.objects.exists()
