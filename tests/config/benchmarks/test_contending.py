"""Writers that meet in one file: what each is counted for, when it stops, and what is left afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError

from config.benchmarks import contending
from config.benchmarks.contending import answer, grade, outcome, sweep_all_the_time
from config.benchmarks.course import bench_course, learner
from jobs.models import Beat, Job, JobState
from quizzes.models import AnswerEvent, Attempt, Response
from tests.factories import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

SHORT = 0.3
"""Seconds; whoever is in the midst of something ends that first."""


def soon() -> float:
    return time.time() + SHORT


@pytest.fixture
def learners() -> None:
    course = bench_course(questions=10)
    for number in range(3):
        learner(course, number)


@pytest.mark.usefixtures("learners")
class TestAnswering:
    def test_every_write_is_counted_and_every_attempt_is_submitted_whole(self) -> None:
        found = answer(threads=2, until=soon())

        attempts = Attempt.objects.count()
        assert attempts >= 2
        assert found["writes"] == AnswerEvent.objects.count() == 10 * attempts
        assert (found["refused"], Attempt.objects.exclude(state="submitted").count()) == (0, 0)
        assert Job.objects.filter(kind="grade_attempt").count() == attempts
        assert found["p50_ms"] <= found["p95_ms"] <= found["max_ms"] + 0.1

    def test_nothing_is_begun_once_the_time_is_over(self) -> None:
        found = answer(threads=2, until=time.time() - 1)

        assert (found["writes"], found["refused"], Attempt.objects.count()) == (0, 0, 0)

    def test_what_was_submitted_is_graded_by_a_worker_beside_it(self) -> None:
        answer(threads=1, until=soon())

        found = grade(until=time.time() + 1)

        done = outcome()
        assert done["given_up"] == 0
        assert 0 < done["graded"] <= Attempt.objects.count()
        assert found["writes"] >= done["graded"]
        assert Response.objects.filter(grading="graded").count() == 10 * done["graded"]


def test_a_worker_without_work_waits_and_stops_in_time() -> None:
    began = time.time()

    found = grade(until=soon())

    assert found == {"writes": 0, "refused": 0, "p50_ms": 0.0, "p95_ms": 0.0, "max_ms": 0.0}
    assert SHORT <= time.time() - began < SHORT + 5


def test_the_sweeper_passes_until_it_is_told_to_stop() -> None:
    found = sweep_all_the_time(until=soon())

    assert found["writes"] >= 1
    assert (found["refused"], Beat.objects.filter(name="sweeper").count()) == (0, 1)


def refused() -> None:
    raise OperationalError("database is locked")


def kept() -> None: ...


@pytest.mark.parametrize(("write", "count"), [(kept, 0), (refused, 1)])
def test_a_write_that_the_locked_database_refused_is_counted_and_its_wait_too(
    write: Callable[[], None], count: int
) -> None:
    spent: list[float] = []

    assert contending._timed(write, spent) == count
    assert len(spent) == 1


def test_what_fails_for_another_reason_is_no_refusal() -> None:
    with pytest.raises(ZeroDivisionError):
        contending._timed(lambda: 1 // 0, [])


@pytest.mark.parametrize(
    ("parts", "summed"),
    [
        ([], {"writes": 0, "refused": 0, "p50_ms": 0.0, "p95_ms": 0.0, "max_ms": 0.0}),
        ([([], 2)], {"writes": 0, "refused": 2, "p50_ms": 0.0, "p95_ms": 0.0, "max_ms": 0.0}),
        (
            [([1.004, 3.0], 1), ([2.0, 99.96], 1)],
            {"writes": 4, "refused": 2, "p50_ms": 2.0, "p95_ms": 99.96, "max_ms": 100.0},
        ),
    ],
)
def test_the_waits_of_all_threads_are_told_together(
    parts: list[tuple[list[float], int]], summed: dict[str, float]
) -> None:
    assert contending._summed(parts) == summed


MOMENTS = {JobState.QUEUED: "next_try_at", JobState.RUNNING: "lease_until"}


@pytest.mark.parametrize("state", JobState)
def test_what_is_left_is_told_by_how_it_ended(state: JobState) -> None:
    columns: dict[str, Any] = {MOMENTS.get(state, "finished_at"): NOW}
    token = uuid4() if state == JobState.RUNNING else None
    Job.objects.create(kind="bench", key="1", state=state, created_at=NOW, token=token, **columns)

    assert outcome() == {
        "graded": int(state == JobState.DONE),
        "given_up": int(state in (JobState.FAILED, JobState.QUARANTINED)),
    }
