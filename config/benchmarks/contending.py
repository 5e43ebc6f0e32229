"""Writers that meet in one SQLite file. Each function runs in a process of its own and works until `until`.

`until` counts seconds since the epoch, so that all of them stop together. Each says how long its writes took, in
milliseconds, and how many the database refused because it was locked for too long.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.core.management import call_command
from django.db import OperationalError, connection

from config.benchmarks.course import bench_course, learner
from config.benchmarks.report import percentile
from course.models import Enrollment
from jobs.domain import run_job, sweep
from jobs.models import Job, JobState
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.models import Quiz

IDLE_SECONDS = 0.02


def prepare(*, learners: int) -> None:
    """An empty database holds a course of ten questions and so many enrolled learners."""
    call_command("migrate", verbosity=0)
    course = bench_course(questions=10)
    for number in range(learners):
        learner(course, number)


def answer(*, threads: int, until: float) -> dict[str, Any]:
    """Learners answer as in a web process: each thread starts attempts, saves ten answers one by one, submits."""
    enrollments = list(Enrollment.objects.order_by("pk"))
    with ThreadPoolExecutor(threads) as pool:
        shares = [enrollments[number::threads] for number in range(threads)]
        parts = list(pool.map(lambda share: _answer(share, until), shares))
    return _summed(parts)


def _answer(enrollments: list[Enrollment], until: float) -> tuple[list[float], int]:
    quiz = Quiz.objects.select_related("lesson").get()
    spent: list[float] = []
    refused = 0
    turn = 0
    while time.time() < until:
        attempt = start_attempt(quiz, enrollment=enrollments[turn % len(enrollments)])
        turn += 1
        for position in range(1, 11):
            given = GivenAnswer(position, f"answer {turn}", None)
            refused += _timed(partial(save_answer, attempt, given=given), spent)
        submit_attempt(attempt, hint=False)
    connection.close()
    return spent, refused


def _timed(write: Callable[[], object], spent: list[float]) -> int:
    """1 when the database refused the write, else 0; how long it took is added to `spent`."""
    before = time.perf_counter()
    try:
        write()
    except OperationalError:
        return 1
    finally:
        spent.append((time.perf_counter() - before) * 1000)
    return 0


def grade(*, until: float) -> dict[str, Any]:
    """Submitted attempts are graded as by a worker: one job after the other."""
    spent: list[float] = []
    refused = 0
    while time.time() < until:
        due = list(Job.objects.filter(state=JobState.QUEUED).values_list("uuid", flat=True)[:20])
        for job in due:
            refused += _timed(partial(run_job, job), spent)
        if not due:
            time.sleep(IDLE_SECONDS)
    return _summed([(spent, refused)])


def sweep_all_the_time(*, until: float) -> dict[str, Any]:
    """The sweeper passes ten times a second, a hundred times more often than it does."""
    spent: list[float] = []
    refused = 0
    while time.time() < until:
        refused += _timed(sweep, spent)
        time.sleep(0.1)
    return _summed([(spent, refused)])


def outcome() -> dict[str, int]:
    """What is left: jobs done and jobs given up."""
    given_up = Job.objects.filter(state__in=[JobState.FAILED, JobState.QUARANTINED]).count()
    return {"graded": Job.objects.filter(state=JobState.DONE).count(), "given_up": given_up}


def _summed(parts: list[tuple[list[float], int]]) -> dict[str, Any]:
    spent = [each for part, _ in parts for each in part]
    writes, spent = len(spent), spent or [0.0]
    return {
        "writes": writes,
        "refused": sum(refused for _, refused in parts),
        "p50_ms": round(percentile(spent, 0.5), 2),
        "p95_ms": round(percentile(spent, 0.95), 2),
        "max_ms": round(max(spent), 1),
    }
