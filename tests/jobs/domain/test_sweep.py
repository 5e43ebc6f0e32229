from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from jobs.domain import (
    SweepReport,
    cancel,
    claim,
    database_now,
    enqueue,
    fail,
    finish,
    forget,
    forget_sweep,
    hints,
    register,
    register_sweep,
    run_job,
    sweep,
)
from jobs.domain.tallies import tallies
from jobs.models import Beat, Job, JobState
from tests.jobs.conftest import Recorder
from tests.jobs.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def after(seconds: float) -> datetime:
    return database_now() + timedelta(seconds=seconds)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A broker that takes every hint; the real one stands in tests/chaos."""
    published: list[str] = []
    monkeypatch.setattr(hints, "_publish", published.append)
    monkeypatch.setattr(hints, "waiting", lambda: 0)
    return published


def test_a_pass_with_nothing_to_do_does_nothing_but_beat() -> None:
    before = database_now()
    assert sweep() == SweepReport()
    assert Beat.objects.get(name="sweeper").last_success_at >= before - timedelta(milliseconds=1)


def test_a_pass_with_nothing_to_do_writes_only_its_beat(recorder: Recorder, sent: list[str]) -> None:
    with CaptureQueriesContext(connection) as queries:
        sweep()
    words = [query["sql"].split()[0] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert words == ["SELECT", "UPDATE", "SELECT", "SELECT", "INSERT"]


def test_an_expired_lease_is_open_again_and_hinted(recorder: Recorder, sent: list[str]) -> None:
    job = enqueue(recorder.kind, hint=False)
    claim(job.uuid)
    report = sweep(after(61))
    assert (report.expired, report.hinted) == (1, 1)
    job.refresh_from_db()
    assert (job.state, job.tries, sent) == ("queued", 1, [str(job.uuid)])
    assert tallies() == {"expired": 1, "hinted again": 1}


def test_a_lease_that_still_runs_is_left_alone(recorder: Recorder, sent: list[str]) -> None:
    job = enqueue(recorder.kind, hint=False)
    claim(job.uuid)
    assert sweep(after(55)) == SweepReport()


def test_work_that_kills_its_process_is_begun_four_times_and_then_quarantined(recorder: Recorder) -> None:
    job = enqueue(recorder.kind, hint=False)
    at = database_now()
    for _ in range(4):
        assert claim(job.uuid, at=at)
        at += timedelta(seconds=61)
    assert sweep(at).quarantined == 1
    job.refresh_from_db()
    assert (job.state, job.tries) == ("quarantined", 4)
    assert recorder.given_up == [(job.pk, job.error)]
    assert job.error == "The work was begun as often as it may be and never came to an end."


def test_one_job_that_cannot_be_given_up_does_not_hold_back_another(recorder: Recorder) -> None:
    def refuse(job: Job, error: str) -> None:
        raise RuntimeError(error)

    register("tests.refuses", work=recorder.work, record=recorder.record, on_give_up=refuse, max_tries=1)
    register("tests.agrees", work=recorder.work, record=recorder.record, on_give_up=recorder.on_give_up, max_tries=1)
    stuck, other = (enqueue(kind, hint=False) for kind in ("tests.refuses", "tests.agrees"))
    claim(stuck.uuid)
    claim(other.uuid)
    report = sweep(after(61))
    forget("tests.refuses")
    forget("tests.agrees")
    assert (report.quarantined, report.errors) == (1, ["give up"])
    assert set(Job.objects.values_list("state", flat=True)) == {"running", "quarantined"}
    assert not Beat.objects.exists()


def test_a_due_job_is_hinted_again_when_its_hint_is_old(recorder: Recorder, sent: list[str]) -> None:
    job = enqueue(recorder.kind)
    assert sweep(after(25)).hinted == 0
    assert sweep(after(31)).hinted == 1
    assert sweep(after(35)).hinted == 0
    assert sent == [str(job.uuid)]


def test_a_job_whose_next_try_has_not_come_is_not_hinted(recorder: Recorder, sent: list[str]) -> None:
    enqueue(recorder.kind, hint=False, at=after(600))
    assert sweep(after(31)).hinted == 0


def test_hints_go_out_in_batches_the_longest_waiting_first(
    recorder: Recorder, sent: list[str], settings: Settings
) -> None:
    settings.JOB_SCHEDULE = {"batch": 2}
    start = database_now() - timedelta(seconds=100)
    jobs = [enqueue(recorder.kind, hint=False, at=start + timedelta(seconds=n)) for n in (3, 1, 2)]
    assert sweep().hinted == 2
    assert set(sent) == {str(jobs[1].uuid), str(jobs[2].uuid)}
    assert sweep().hinted == 1


def test_without_a_broker_the_rows_stay_unhinted_for_the_next_pass(recorder: Recorder) -> None:
    job = enqueue(recorder.kind, hint=False)
    assert sweep() == SweepReport()
    job.refresh_from_db()
    assert (job.hinted_at, hints.breaker.errors) == (None, 1)
    sweep()
    assert hints.breaker.errors == 1


def test_while_many_messages_wait_no_more_are_added(
    recorder: Recorder, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    enqueue(recorder.kind, hint=False)
    monkeypatch.setattr(hints, "waiting", lambda: 501)
    assert sweep().hinted == 0
    monkeypatch.setattr(hints, "waiting", lambda: 500)
    assert sweep().hinted == 1


def test_done_and_cancelled_jobs_are_purged_after_seven_days_and_failures_stay(recorder: Recorder) -> None:
    finished, failed, cancelled = (enqueue(recorder.kind, hint=False) for _ in range(3))
    claims = [claim(job.uuid) for job in (finished, failed)]
    assert claims[0]
    assert claims[1]
    finish(claims[0], None)
    fail(claims[1], "no")
    cancel(cancelled.uuid)
    assert sweep(after(7 * 86_400 - 60)).purged == 0
    assert sweep(after(7 * 86_400 + 60)).purged == 2
    assert list(Job.objects.all()) == [failed]


@pytest.fixture
def broken_sweep() -> Iterator[None]:
    register_sweep(break_down)
    yield
    forget_sweep(break_down)


def break_down() -> None:
    raise RuntimeError


@pytest.mark.usefixtures("broken_sweep")
def test_a_registered_sweep_that_raises_is_named_and_the_rest_goes_on(recorder: Recorder, sent: list[str]) -> None:
    enqueue(recorder.kind, hint=False)
    report = sweep()
    assert (report.errors, report.hinted) == (["break_down"], 1)
    assert not Beat.objects.exists()


def test_a_registered_sweep_runs_in_each_pass() -> None:
    calls: list[int] = []

    def note() -> None:
        calls.append(1)

    register_sweep(note)
    sweep()
    sweep()
    forget_sweep(note)
    assert calls == [1, 1]


def test_inline_leaves_fresh_jobs_to_the_workers(recorder: Recorder) -> None:
    enqueue(recorder.kind, hint=False)
    assert sweep(inline=True).run_inline == 0


def test_inline_does_what_nobody_claimed_for_a_minute(recorder: Recorder) -> None:
    old = enqueue(recorder.kind, hint=False, at=after(-61))
    enqueue(recorder.kind, hint=False)
    assert sweep(inline=True).run_inline == 1
    old.refresh_from_db()
    assert old.state == JobState.DONE


def test_inline_does_everything_due_once_the_broker_failed_for_a_minute(recorder: Recorder) -> None:
    enqueue(recorder.kind, hint=False)
    assert hints.send(Job.objects.get().uuid) is False
    assert hints.breaker.failing_since is not None
    hints.breaker.failing_since -= 61
    assert sweep(inline=True).run_inline == 1
    assert Job.objects.get().state == JobState.DONE


def test_without_inline_nothing_is_done_here(recorder: Recorder) -> None:
    enqueue(recorder.kind, hint=False, at=after(-600))
    assert sweep().run_inline == 0


def test_a_pass_over_many_expired_jobs_takes_no_more_statements(recorder: Recorder, sent: list[str]) -> None:
    jobs = [enqueue(recorder.kind, hint=False) for _ in range(30)]
    assert all(claim(job.uuid) for job in jobs)
    with CaptureQueriesContext(connection) as queries:
        assert sweep(after(61)).expired == 30
    assert len(queries) < 20


@pytest.mark.django_db(transaction=True)
def test_a_job_swept_and_run_by_two_is_recorded_once(recorder: Recorder, sent: list[str]) -> None:
    job = enqueue(recorder.kind, hint=False)
    sweep()
    sweep()
    assert [run_job(job.uuid) for _ in sent] == [True]


@pytest.mark.django_db(transaction=True)
def test_two_sweepers_at_once_hint_each_job_once(recorder: Recorder, sent: list[str]) -> None:
    jobs = [enqueue(recorder.kind, hint=False) for _ in range(30)]
    reports = at_once(sweep, times=2)
    assert sorted(sent) == sorted(str(job.uuid) for job in jobs)
    assert [report.errors for report in reports] == [[], []]


@pytest.mark.django_db(transaction=True)
def test_two_sweepers_at_once_give_up_each_job_once(recorder: Recorder, sent: list[str]) -> None:
    jobs = [enqueue(recorder.kind, hint=False) for _ in range(10)]
    Job.objects.update(tries=4)
    reports = at_once(sweep, times=2)
    assert sorted(pk for pk, _ in recorder.given_up) == [job.pk for job in jobs]
    assert sum(report.quarantined for report in reports) == 10
