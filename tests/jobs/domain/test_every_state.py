"""What can be done with a job in each of its states, and a job's whole life against a model of ten lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobs.domain import (
    ClaimedJob,
    LostLease,
    cancel,
    claim,
    database_now,
    enqueue,
    fail,
    finish,
    release,
    requeue,
    sweep,
)
from jobs.domain.health import health, status
from jobs.models import LIVE, Job, JobState
from tests.jobs.conftest import Recorder

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LEASE = timedelta(seconds=60)
MOMENT = timedelta(seconds=1)


@dataclass
class Life:
    """A job that was brought into a state, the claim that was held last, and the moment it all happened at."""

    job: Job
    claimed: ClaimedJob | None
    now: datetime

    @property
    def state(self) -> str:
        return Job.objects.get(pk=self.job.pk).state


def brought_into(state: JobState, recorder: Recorder) -> Life:
    now = database_now()
    job = enqueue(recorder.kind, at=now)
    if state is JobState.QUEUED:
        return Life(job, None, now)
    claimed = claim(job.uuid, at=now)
    assert claimed
    if state is JobState.DONE:
        finish(claimed, None, at=now)
    elif state is JobState.FAILED:
        fail(claimed, "no", at=now)
    elif state is JobState.CANCELLED:
        cancel(job.uuid, at=now)
    elif state is JobState.QUARANTINED:
        Job.objects.filter(pk=job.pk).update(tries=4)
        release(ClaimedJob(**{**vars(claimed), "tries": 4}), "no", at=now)
    life = Life(job, claimed, now)
    assert life.state == state
    return life


def outcome(act: Callable[[], Any]) -> str:
    """What an act came to: "refused", "nothing" or "done"."""
    try:
        return "done" if act() else "nothing"
    except LostLease:
        return "refused"


@pytest.mark.parametrize(
    ("state", "claimed"),
    [
        (JobState.QUEUED, True),
        (JobState.RUNNING, False),
        (JobState.DONE, False),
        (JobState.FAILED, False),
        (JobState.QUARANTINED, False),
        (JobState.CANCELLED, False),
    ],
)
def test_only_a_queued_job_can_be_claimed_while_leases_last(state: JobState, claimed: bool, recorder: Recorder) -> None:
    life = brought_into(state, recorder)
    assert (claim(life.job.uuid, at=life.now) is not None) is claimed


@pytest.mark.parametrize("state", [state for state in JobState if state not in LIVE])
def test_no_time_that_passes_opens_a_job_that_is_over(state: JobState, recorder: Recorder) -> None:
    life = brought_into(state, recorder)
    assert claim(life.job.uuid, at=life.now + timedelta(days=3650)) is None
    assert life.state == state


@pytest.mark.parametrize(
    ("state", "cancelled"),
    [
        (JobState.QUEUED, True),
        (JobState.RUNNING, True),
        (JobState.DONE, False),
        (JobState.FAILED, False),
        (JobState.QUARANTINED, False),
        (JobState.CANCELLED, False),
    ],
)
def test_only_what_is_not_over_can_be_cancelled(state: JobState, cancelled: bool, recorder: Recorder) -> None:
    life = brought_into(state, recorder)
    assert cancel(life.job.uuid) is cancelled
    assert life.state == (JobState.CANCELLED if cancelled else state)


@pytest.mark.parametrize(
    ("state", "queued"),
    [
        (JobState.QUEUED, False),
        (JobState.RUNNING, False),
        (JobState.DONE, False),
        (JobState.FAILED, True),
        (JobState.QUARANTINED, True),
        (JobState.CANCELLED, False),
    ],
)
def test_only_what_was_given_up_can_be_queued_again(state: JobState, queued: bool, recorder: Recorder) -> None:
    life = brought_into(state, recorder)
    assert requeue(life.job.uuid) is queued
    assert life.state == (JobState.QUEUED if queued else state)


@pytest.mark.parametrize("state", [state for state in JobState if state is not JobState.QUEUED])
@pytest.mark.parametrize(
    ("end", "while_running", "afterwards"),
    [("finish", "nothing", "refused"), ("release", "done", "nothing"), ("fail", "done", "nothing")],
)
def test_a_claim_ends_its_job_once_and_is_worth_nothing_afterwards(
    state: JobState, end: str, while_running: str, afterwards: str, recorder: Recorder
) -> None:
    life = brought_into(state, recorder)
    assert life.claimed
    ends: dict[str, Callable[[ClaimedJob], Any]] = {
        "finish": lambda claimed: finish(claimed, None),
        "release": lambda claimed: release(claimed, "no"),
        "fail": lambda claimed: fail(claimed, "no"),
    }
    claimed = life.claimed
    assert outcome(lambda: ends[end](claimed)) == (while_running if state is JobState.RUNNING else afterwards)
    assert outcome(lambda: ends[end](claimed)) == afterwards
    assert life.state == (state if state is not JobState.RUNNING else {
        "finish": JobState.DONE, "release": JobState.QUEUED, "fail": JobState.FAILED,
    }[end])  # fmt: skip


@pytest.mark.parametrize(
    ("state", "after", "swept"),
    [
        (JobState.QUEUED, timedelta(), JobState.QUEUED),
        (JobState.QUEUED, timedelta(days=1), JobState.QUEUED),
        (JobState.RUNNING, LEASE - MOMENT, JobState.RUNNING),
        (JobState.RUNNING, LEASE, JobState.RUNNING),
        (JobState.RUNNING, LEASE + MOMENT, JobState.QUEUED),
        (JobState.FAILED, timedelta(days=400), JobState.FAILED),
        (JobState.QUARANTINED, timedelta(days=400), JobState.QUARANTINED),
        (JobState.DONE, timedelta(days=7), JobState.DONE),
        (JobState.CANCELLED, timedelta(days=7), JobState.CANCELLED),
    ],
)
def test_a_sweep_leaves_each_state_as_it_is_but_for_a_lease_that_is_over(
    state: JobState, after: timedelta, swept: JobState, recorder: Recorder
) -> None:
    life = brought_into(state, recorder)
    sweep(life.now + after)
    assert life.state == swept


@pytest.mark.parametrize(
    ("state", "kept"),
    [(JobState.DONE, False), (JobState.CANCELLED, False), (JobState.FAILED, True), (JobState.QUARANTINED, True)],
)
def test_after_a_week_only_what_a_person_should_see_is_kept(state: JobState, kept: bool, recorder: Recorder) -> None:
    life = brought_into(state, recorder)
    report = sweep(life.now + timedelta(days=7, seconds=60))
    assert Job.objects.filter(pk=life.job.pk).exists() is kept
    assert report.purged == (0 if kept else 1)


@pytest.mark.parametrize(("tries", "seconds"), [(1, 10), (2, 60), (3, 300)])
def test_a_job_that_was_released_waits_as_long_as_its_tries_ask(tries: int, seconds: int, recorder: Recorder) -> None:
    now = database_now()
    job = enqueue(recorder.kind, at=now)
    Job.objects.filter(pk=job.pk).update(tries=tries - 1)
    claimed = claim(job.uuid, at=now)
    assert claimed
    assert release(claimed, "no", at=now) is JobState.QUEUED
    assert claim(job.uuid, at=now + timedelta(seconds=seconds) - MOMENT) is None
    assert claim(job.uuid, at=now + timedelta(seconds=seconds)) is not None


def test_the_last_release_gives_the_job_up_and_settles_its_subject(recorder: Recorder) -> None:
    job = enqueue(recorder.kind)
    Job.objects.filter(pk=job.pk).update(tries=3)
    claimed = claim(job.uuid)
    assert claimed
    assert release(claimed, "not again") is JobState.QUARANTINED
    assert recorder.given_up == [(job.pk, "not again")]


@pytest.mark.parametrize("state", JobState)
def test_a_status_tells_the_state_and_nothing_of_the_token(state: JobState, recorder: Recorder) -> None:
    life = brought_into(state, recorder)
    told = status(life.job.uuid)
    assert told
    assert (told.uuid, told.kind, told.state) == (life.job.uuid, recorder.kind, state)
    assert not hasattr(told, "token")


@pytest.mark.parametrize(
    ("state", "live", "given_up"),
    [
        (JobState.QUEUED, (1, 0), (0, 0)),
        (JobState.RUNNING, (0, 1), (0, 0)),
        (JobState.DONE, (0, 0), (0, 0)),
        (JobState.CANCELLED, (0, 0), (0, 0)),
        (JobState.FAILED, (0, 0), (1, 0)),
        (JobState.QUARANTINED, (0, 0), (0, 1)),
    ],
)
def test_health_counts_each_job_where_it_is(
    state: JobState, live: tuple[int, int], given_up: tuple[int, int], recorder: Recorder
) -> None:
    brought_into(state, recorder)
    found = health()
    assert (found.live["queued"], found.live["running"]) == live
    assert (found.given_up["failed"], found.given_up["quarantined"]) == given_up


class Model:
    """What a job does, in words of its own: its state, its tries, and who holds it until when."""

    def __init__(self, now: datetime) -> None:
        self.state, self.tries, self.holder = "queued", 0, 0
        self.due = self.now = now

    def claim(self) -> bool:
        if self.state not in ("queued", "running") or self.due > self.now or self.tries >= 4:
            return False
        self.state, self.tries, self.holder, self.due = "running", self.tries + 1, self.holder + 1, self.now + LEASE
        return True

    def end(self, holder: int, state: str) -> bool:
        if self.state != "running" or holder != self.holder:
            return False
        self.state = state
        return True

    def release(self, holder: int) -> bool:
        held = self.end(holder, "quarantined" if self.tries >= 4 else "queued")
        if held and self.state == "queued":
            self.due = self.now + timedelta(seconds=(10, 60, 300)[self.tries - 1])
        return held

    def cancel(self) -> bool:
        found = self.state in ("queued", "running")
        self.state = "cancelled" if found else self.state
        return found

    def requeue(self) -> bool:
        found = self.state in ("failed", "quarantined")
        if found:
            self.state, self.tries, self.due = "queued", 0, self.now
        return found


ACTS = st.lists(
    st.sampled_from(
        ["claim", "claim", "finish", "fail", "release", "cancel", "requeue", "wait 5", "wait 61", "wait 301"]
    ),
    max_size=14,
)


@settings(
    max_examples=40,
    deadline=None,
    # The recorder only counts what it was given; nothing of it is looked at here.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ACTS, st.booleans())
def test_a_job_lives_as_its_model_does(recorder: Recorder, acts: list[str], late: bool) -> None:
    """`late` acts with the first claim that was ever had, whoever holds the job by then."""
    model = Model(database_now())
    job = enqueue(recorder.kind, at=model.now, hint=False)
    claims: list[ClaimedJob] = []
    for act in acts:
        if act.startswith("wait"):
            model.now += timedelta(seconds=int(act.removeprefix("wait ")))
        elif act == "claim":
            claimed = claim(job.uuid, at=model.now)
            assert (claimed is not None) is model.claim()
            claims += [claimed] if claimed else []
        elif act in ("cancel", "requeue"):
            done = {"cancel": cancel, "requeue": requeue}[act](job.uuid, at=model.now)
            assert done is getattr(model, act)()
        elif claims:
            holder = 1 if late else len(claims)
            _end(act, claims[holder - 1], model, holder)
        row = Job.objects.get(pk=job.pk)
        assert (row.state, row.tries) == (model.state, model.tries)


def _end(act: str, claimed: ClaimedJob, model: Model, holder: int) -> None:
    if act == "finish":
        found = outcome(lambda: finish(claimed, None, at=model.now))
        assert (found == "nothing") is model.end(holder, "done")
    elif act == "fail":
        assert (fail(claimed, "no", at=model.now) is not None) is model.end(holder, "failed")
    else:
        assert (release(claimed, "no", at=model.now) is not None) is model.release(holder)
