"""Faults whose end hangs on what the database does then: tried on both, or on PostgreSQL first."""

from __future__ import annotations

import signal
import time

import pytest

from tests.chaos.holding import all_graded, hold, said
from tests.chaos.stage import Stage
from tests.postgres import PostgresServer

pytestmark = [pytest.mark.chaos, pytest.mark.slow]
MOST_OPEN = 20
"""While so much waits for its grade, nothing more is submitted: what is tried is not how much a machine can."""
# Where the database decides whether the promise holds, a short run breaks it on both.
on_both = pytest.mark.parametrize(
    "stage", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
# Where PostgreSQL does what SQLite does not: it keeps plans, and has a clock of its own.
on_postgres_first = pytest.mark.parametrize(
    "stage",
    [pytest.param("postgres", marks=pytest.mark.postgres), pytest.param("sqlite", marks=pytest.mark.full)],
    indirect=True,
)


@pytest.mark.promise(1)
@on_both
def test_a_killed_worker_loses_nothing(stage: Stage) -> None:
    stage.make_ready()
    stage.submit(60, seconds=0.1)
    stage.wait(lambda: stage.tally().graded >= 5, seconds=10)
    stage.kill("worker0")
    hold(stage, all_graded(60))


@pytest.mark.promise(3)
@on_both
def test_a_killed_redis_that_forgets_every_message_loses_nothing(stage: Stage) -> None:
    stage.make_ready()
    stage.submit(100, seconds=0.05)
    stage.redis.kill()
    time.sleep(0.5)
    stage.wake_redis()
    hold(stage, all_graded(100))


@pytest.mark.promise(7)
@on_both
def test_hints_delivered_three_times_grade_once(stage: Stage) -> None:
    stage.make_ready()
    stage.submit(40, seconds=0.05)
    assert stage.ask("hint_again", times=2) > 0
    hold(stage, all_graded(40, runs=40))


@pytest.mark.promise(9)
@on_both
def test_a_worker_that_wakes_up_after_its_lease_is_fenced(stage: Stage) -> None:
    stage.make_ready(workers=1)
    stage.submit(1, seconds=1)
    assert stage.wait(lambda: stage.tally().runs == 1, seconds=10)
    stage.signal("worker0", signal.SIGSTOP)
    stage.add_worker()
    hold(stage, all_graded(1, runs=2))
    stage.signal("worker0", signal.SIGCONT)
    assert stage.wait(lambda: stage.ask("health")["tallies"].get("fenced") == 1, seconds=10), stage.logs()
    assert said(stage.tally(), all_graded(1, runs=2)) == all_graded(1, runs=2)


@pytest.mark.promise(12)
@on_postgres_first
def test_workers_and_a_sweeper_whose_clocks_are_hours_wrong_take_nothing_too_early_or_too_late(stage: Stage) -> None:
    stage.make_ready(workers=0, sweeper=False)
    for hours in (-2, 2):
        stage.add_worker(hours=hours)
    stage.add_sweeper(hours=2)
    stage.prove_workers(2)
    stage.submit(40, seconds=0.1)
    stage.submit(2, seconds=5)  # longer than its lease, which has to be renewed
    hold(stage, all_graded(42, runs=42))
    assert stage.ask("hours_off") == [-2, 2]
    assert stage.ask("sweeper_hours_off") == 2


@pytest.mark.promise(15)
@on_postgres_first
def test_tables_that_change_under_the_work_and_back_lose_nothing(stage: Stage) -> None:
    stage.make_ready()
    # Each connection has sent what it sends often enough for PostgreSQL to keep a plan of it.
    stage.submit(40, seconds=0.01)
    alive = stage.alive()
    for where in ((), ("growing", "zero")):
        migrating = stage.begin_migrating(*where)
        while migrating.poll() is None:
            if stage.tally().open < MOST_OPEN:
                stage.submit(1, seconds=0.1)
        assert migrating.returncode == 0, stage.logs()
        stage.submit(20)
        hold(stage, all_graded(stage.tally().submitted))
    assert stage.alive() == alive


@pytest.mark.promise(10)
@pytest.mark.postgres
def test_a_database_that_crashes_under_the_work_loses_nothing(
    postgres_stage: Stage, postgres_server: PostgresServer
) -> None:
    postgres_stage.make_ready()
    alive = postgres_stage.alive()
    postgres_stage.submit(60, seconds=0.1)
    postgres_stage.wait(lambda: postgres_stage.tally().graded >= 5, seconds=10)
    postgres_server.crash_and_restart()
    hold(postgres_stage, all_graded(60))
    assert postgres_stage.alive() == alive
