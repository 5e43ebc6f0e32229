"""What is promised when a process or Redis fails: N submissions end as N grades, none twice, none stuck."""

from __future__ import annotations

import os
import signal
import time

import pytest

from tests.chaos.holding import RECOVERY, all_graded, hold, leaves_the_broker_alone, said
from tests.chaos.stage import Stage
from tests.promises.reached import at_most

pytestmark = [pytest.mark.chaos, pytest.mark.slow]
JUNK_MODES = ("nan", "above", "text", "nothing", "huge", "raise")


@pytest.mark.promise(2)
def test_a_pool_child_killed_in_a_tenth_of_the_tasks_loses_nothing(stage: Stage) -> None:
    stage.make_ready()
    stage.submit(54)
    stage.submit(6, mode="die_once")
    hold(stage, all_graded(60, runs=66), seconds=30)


@pytest.mark.promise(4)
def test_with_redis_down_every_submission_is_saved_at_once(stage: Stage) -> None:
    stage.make_ready()
    stage.redis.kill()
    answered = sorted(stage.submit(100))
    assert stage.tally().submitted == 100
    stage.reached(f"95 of 100 in {answered[94] * 1000:.0f} ms")
    assert answered[94] <= at_most(0.15)
    leaves_the_broker_alone(stage, answered)
    stage.wake_redis()
    hold(stage, all_graded(100))


@pytest.mark.promise(5)
def test_with_redis_frozen_a_submission_never_hangs(stage: Stage) -> None:
    stage.make_ready()
    os.kill(stage.redis.pid, signal.SIGSTOP)
    first, *rest = stage.submit(30)
    os.kill(stage.redis.pid, signal.SIGCONT)
    stage.reached(f"first {first * 1000:.0f} ms, later at most {max(rest) * 1000:.0f} ms")
    assert first <= at_most(0.7)
    assert max(rest) <= at_most(0.15)
    leaves_the_broker_alone(stage, [first, *rest])
    hold(stage, all_graded(30))


@pytest.mark.promise(6)
def test_if_redis_never_returns_the_sweeper_grades(stage: Stage) -> None:
    stage.make_ready(inline=True)
    stage.redis.kill()
    stage.submit(100, seconds=0.01)
    assert stage.wait(lambda: stage.tally().graded > 0, seconds=10), stage.logs()
    began, before = time.monotonic(), stage.tally().graded
    hold(stage, all_graded(100, runs=100))
    took = time.monotonic() - began
    stage.reached(f"{(100 - before) / took:.0f} a second")
    assert took <= at_most((100 - before) / 10)


@pytest.mark.promise(9)
def test_grading_longer_than_its_lease_is_neither_repeated_nor_quarantined(stage: Stage) -> None:
    stage.make_ready()
    stage.submit(4, seconds=5)
    hold(stage, all_graded(4, runs=4))
    assert stage.ask("most_tries") == 1


@pytest.mark.promise(11)
def test_a_web_process_that_dies_before_its_hint_loses_nothing(stage: Stage) -> None:
    stage.make_ready()
    for _ in range(2):
        stage.lose_web()
        stage.open_door()
    hold(stage, all_graded(2, runs=2))


@pytest.mark.promise(13)
def test_a_submission_that_kills_its_worker_ends_visibly_and_alone(stage: Stage) -> None:
    stage.make_ready()
    stage.submit(1, mode="die")
    stage.submit(39)
    tally = stage.settle(seconds=40)
    stage.reached(f"{tally.runs - tally.graded} runs, {tally.graded} of 39 others graded")
    wanted = {"submitted": 40, "graded": 39, "duplicates": 0, "given_up": 1, "runs": 43}
    assert said(tally, wanted) == wanted, stage.logs()


@pytest.mark.promise(14)
def test_a_grader_that_raises_or_returns_junk_leaves_nothing_in_progress(stage: Stage) -> None:
    stage.make_ready()
    for mode in JUNK_MODES:
        stage.submit(1, mode=mode)
    count = len(JUNK_MODES)
    wanted = {"submitted": count, "graded": 0, "duplicates": 0, "given_up": count, "runs": 4 * count}
    hold(stage, wanted)
    errors = stage.ask("errors")
    assert [error.partition(":")[0] for error in errors] == ["JunkFraction"] * 5 + ["ZeroDivisionError"]
    assert max(len(error) for error in errors) <= 2_000


@pytest.mark.promise(15)
def test_a_worker_and_a_sweeper_that_are_asked_to_stop_do_so_within_ten_seconds(stage: Stage) -> None:
    stage.make_ready()
    stage.submit(40, seconds=0.1)
    names = ("worker0", "worker1", "sweeper")
    began = time.monotonic()
    for name in names:
        stage.signal(name, signal.SIGTERM, only_leader=True)
    assert stage.wait(lambda: stage.alive().isdisjoint(names), seconds=at_most(10)), stage.logs()
    stage.reached(f"stopped within {time.monotonic() - began:.1f} s")
    for name in names:
        stage.restart(name)
    hold(stage, all_graded(40, runs=40))


@pytest.mark.promise(15)
def test_a_deploy_that_cuts_work_short_loses_nothing(stage: Stage) -> None:
    stage.make_ready()
    stage.submit(40, seconds=0.1)
    for name in ("worker0", "worker1"):
        stage.signal(name, signal.SIGTERM, only_leader=True)
        time.sleep(0.3)
        stage.kill(name)
        stage.restart(name)
    hold(stage, all_graded(40))


@pytest.mark.promise(17)
def test_a_dead_sweeper_shows_by_its_age_and_its_return_loses_nothing(stage: Stage) -> None:
    stage.make_ready()
    assert stage.wait(lambda: stage.ask("health")["sweeper_age"] is not None, seconds=10)
    stage.kill("sweeper")
    stage.lose_web()
    stage.open_door()
    assert stage.wait(lambda: stage.ask("health")["sweeper_age"] > 3, seconds=10)
    assert stage.tally().open == 1
    stage.restart("sweeper")
    hold(stage, all_graded(1, runs=1))


@pytest.mark.promise(18)
def test_after_six_restarts_of_redis_the_workers_still_take_work(stage: Stage) -> None:
    stage.make_ready()
    for _ in range(6):
        stage.redis.kill()
        stage.wake_redis()
        time.sleep(0.5)
    stage.submit(100)
    hold(stage, all_graded(100), seconds=15)


@pytest.mark.promise(18)
def test_a_worker_that_is_started_without_redis_takes_work_once_there_is_one(stage: Stage) -> None:
    stage.make_ready(workers=0)
    stage.redis.kill()
    stage.add_worker()
    stage.submit(10)
    time.sleep(2)
    assert "worker0" in stage.alive(), stage.logs()
    stage.wake_redis()
    hold(stage, all_graded(10, runs=10))


@pytest.mark.promise(39)
def test_messages_that_would_run_something_are_thrown_away_and_the_next_job_is_done(stage: Stage) -> None:
    stage.make_ready(sweeper=False)
    trap = stage.folder / "was-executed"
    stage.ask("lay_trap", path=str(trap))
    began = time.monotonic()
    stage.submit(1, seconds=0.01)
    assert stage.wait(lambda: stage.tally().open == 0, seconds=RECOVERY), stage.logs()
    seconds = time.monotonic() - began
    stage.reached(f"{trap.exists():d} executed, the next job after {seconds:.1f} s")
    assert not trap.exists()
    assert seconds <= at_most(1)
    assert all(name in stage.logs() for name in ("ContentDisallowed", "nobody.knows_this"))
