"""Everything at once, for a while: submissions go on while a fault comes every few seconds."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable

import pytest

from tests.chaos.stage import Stage
from tests.chaos.test_faults import in_words

pytestmark = [pytest.mark.chaos, pytest.mark.slow]
EVERY = 4.0


def kill_worker(stage: Stage) -> None:
    name = random.choice(["worker0", "worker1"])
    stage.kill(name)
    stage.restart(name)


def kill_pool_child(stage: Stage) -> None:
    for pid in stage.pool_children("worker0")[:1]:
        os.kill(pid, signal.SIGKILL)


def kill_redis(stage: Stage) -> None:
    stage.redis.kill()
    stage.wake_redis()


def freeze_redis(stage: Stage) -> None:
    os.kill(stage.redis.pid, signal.SIGSTOP)
    stage.submit(2)
    os.kill(stage.redis.pid, signal.SIGCONT)


def cut_web_short(stage: Stage) -> None:
    stage.lose_web()
    stage.open_door()


def kill_sweeper(stage: Stage) -> None:
    stage.kill("sweeper")
    stage.restart("sweeper")


FAULTS: list[Callable[[Stage], None]] = [
    kill_worker,
    kill_redis,
    kill_pool_child,
    freeze_redis,
    cut_web_short,
    kill_sweeper,
]


@pytest.mark.promise(16)
@pytest.mark.parametrize("seconds", [16, pytest.param(120, marks=pytest.mark.full)])
def test_a_fault_every_four_seconds_loses_nothing(stage: Stage, seconds: int) -> None:
    stage.make_ready()
    began, faults = time.monotonic(), 0
    order = random.sample(FAULTS, len(FAULTS))
    while time.monotonic() < began + seconds:
        stage.submit(3, seconds=0.1)
        time.sleep(0.2)
        if time.monotonic() > began + EVERY * (faults + 1):
            order[faults % len(order)](stage)
            faults += 1
    submitted = stage.tally().submitted
    ended = time.monotonic()
    tally = stage.settle(seconds=20)
    stage.reached(f"{faults} faults: {in_words(tally, time.monotonic() - ended)}")
    assert faults >= 3
    assert submitted >= 50
    assert (tally.graded, tally.duplicates, tally.given_up) == (submitted, 0, 0), stage.logs()
