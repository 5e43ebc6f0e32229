"""The same promises for the product's own work: answers that learners submit and the product grades."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from tests.chaos.conftest import running_stage
from tests.chaos.holding import all_graded, hold, leaves_the_broker_alone
from tests.chaos.stage import Stage
from tests.promises.reached import at_most

pytestmark = [pytest.mark.chaos, pytest.mark.slow]
ANSWERS = "tests.chaos.answers:AnswersWorkload"


@pytest.fixture(scope="module")
def answers() -> Iterator[Stage]:
    yield from running_stage(None, workload=ANSWERS)


@pytest.mark.promise(1)
@pytest.mark.promise(3)
def test_answers_survive_a_killed_worker_and_a_killed_redis(answers: Stage) -> None:
    answers.make_ready()
    answers.submit(20)
    answers.kill("worker0")
    answers.submit(20)
    answers.redis.kill()
    answers.submit(10)
    answers.wake_redis()
    hold(answers, all_graded(50))


@pytest.mark.promise(5)
def test_answers_are_saved_at_once_while_redis_is_frozen(answers: Stage) -> None:
    answers.make_ready()
    os.kill(answers.redis.pid, signal.SIGSTOP)
    first, *rest = sorted(answers.submit(20), reverse=True)
    os.kill(answers.redis.pid, signal.SIGCONT)
    answers.reached(f"first {first * 1000:.0f} ms, later at most {rest[0] * 1000:.0f} ms")
    assert first <= at_most(0.7)
    assert rest[0] <= at_most(0.15)
    leaves_the_broker_alone(answers, [first, *rest])
    hold(answers, all_graded(20, runs=20))


@pytest.mark.promise(11)
def test_answers_survive_a_web_process_that_dies_before_its_hint(answers: Stage) -> None:
    answers.make_ready()
    answers.lose_web()
    answers.open_door()
    hold(answers, all_graded(1, runs=1))
