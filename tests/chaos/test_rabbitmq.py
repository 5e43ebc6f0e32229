"""The same promises with RabbitMQ's quorum queues as the broker: what is lost is a message, and never an answer."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from celery import Celery

from tests.chaos.conftest import running_stage
from tests.chaos.holding import all_graded, hold, said
from tests.chaos.stage import ROOT, WEB_PAUSE, Stage
from tests.promises.reached import at_most
from tests.rabbitmq import RabbitService, running_rabbitmq
from tests.services import Unavailable

pytestmark = [pytest.mark.chaos, pytest.mark.slow, pytest.mark.full]
on_both = pytest.mark.parametrize(
    "staged", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


@pytest.fixture(scope="module")
def staged(request: pytest.FixtureRequest) -> Iterator[tuple[Stage, RabbitService]]:
    """A stage with a RabbitMQ of its own; on SQLite unless a test asks for both databases."""
    url = None
    if getattr(request, "param", "sqlite") == "postgres":
        url = request.getfixturevalue("postgres_server").create("rabbitmq")
    try:
        with running_rabbitmq() as rabbitmq:
            for stage in running_stage(url, rabbitmq=rabbitmq):
                yield stage, rabbitmq
    except Unavailable as reason:
        pytest.skip(str(reason))


@on_both
def test_a_killed_worker_loses_nothing(staged: tuple[Stage, RabbitService]) -> None:
    stage, _ = staged
    stage.make_ready()
    stage.submit(60, seconds=0.1)
    assert stage.wait(lambda: stage.tally().graded >= 5, seconds=20)
    stage.kill("worker0")
    hold(stage, all_graded(60))


@on_both
def test_a_killed_rabbitmq_hands_out_what_it_had_kept_and_each_is_graded_once(
    staged: tuple[Stage, RabbitService],
) -> None:
    stage, rabbitmq = staged
    stage.make_ready()
    stage.submit(100, seconds=0.05)
    rabbitmq.kill()
    rabbitmq.wake()
    hold(stage, all_graded(100))


def test_with_rabbitmq_down_every_submission_is_saved_at_once(staged: tuple[Stage, RabbitService]) -> None:
    stage, rabbitmq = staged
    stage.make_ready()
    rabbitmq.kill()
    answered = sorted(stage.submit(100))
    assert stage.tally().submitted == 100
    stage.reached(f"95 of 100 in {answered[94] * 1000:.0f} ms, at most {answered[-1] * 1000:.0f} ms")
    assert answered[94] <= at_most(0.15)
    assert answered[-1] <= at_most(0.7)
    assert 1 <= stage.ask("broker_errors") <= 1 + sum(answered) // WEB_PAUSE
    rabbitmq.wake()
    hold(stage, all_graded(100))


@pytest.mark.parametrize("is_warm", [True, False], ids=["open connection", "new connection"])
def test_with_rabbitmq_frozen_a_submission_never_hangs(staged: tuple[Stage, RabbitService], *, is_warm: bool) -> None:
    stage, rabbitmq = staged
    stage.make_ready()
    before = stage.submit(1) if is_warm else []
    rabbitmq.freeze()
    first, *rest = stage.submit(30)
    rabbitmq.thaw()
    stage.reached(f"first {first * 1000:.0f} ms, later at most {max(rest) * 1000:.0f} ms")
    assert first <= at_most(0.7)
    assert max(rest) <= at_most(0.15)
    assert stage.ask("broker_errors") <= 1 + (first + sum(rest)) // WEB_PAUSE
    hold(stage, all_graded(30 + len(before)))


def test_if_rabbitmq_never_returns_the_sweeper_grades(staged: tuple[Stage, RabbitService]) -> None:
    stage, rabbitmq = staged
    stage.make_ready(inline=True)
    rabbitmq.kill()
    stage.submit(100, seconds=0.01)
    hold(stage, all_graded(100, runs=100))


def test_hints_delivered_three_times_grade_once(staged: tuple[Stage, RabbitService]) -> None:
    stage, _ = staged
    stage.make_ready()
    stage.submit(40, seconds=0.05)
    assert stage.ask("hint_again", times=2) > 0
    hold(stage, all_graded(40, runs=40))


def test_messages_that_rabbitmq_throws_away_are_sent_again(staged: tuple[Stage, RabbitService]) -> None:
    """As its delivery limit does, or its consumer timeout, or somebody who empties the queue."""
    stage, _ = staged
    stage.make_ready(workers=0)
    stage.submit(40)
    assert stage.ask("throw_hints_away") >= 40
    stage.add_worker()
    hold(stage, all_graded(40, runs=40))


def test_a_submission_that_kills_its_worker_ends_visibly_and_alone(staged: tuple[Stage, RabbitService]) -> None:
    stage, _ = staged
    stage.make_ready()
    stage.submit(1, mode="die")
    stage.submit(39)
    tally = stage.settle(seconds=40)
    wanted = {"submitted": 40, "graded": 39, "duplicates": 0, "given_up": 1, "runs": 43}
    assert said(tally, wanted) == wanted, stage.logs()


def test_after_restarts_of_rabbitmq_workers_and_submissions_find_it_again(
    staged: tuple[Stage, RabbitService],
) -> None:
    stage, rabbitmq = staged
    stage.make_ready()
    for _ in range(2):
        stage.submit(1)
        rabbitmq.kill()
        rabbitmq.wake()
        wait_for_queue(rabbitmq)
    stage.submit(100)
    assert stage.ask("broker_errors") == 0
    hold(stage, all_graded(102), seconds=40)


def test_a_worker_that_is_started_without_rabbitmq_takes_work_once_there_is_one(
    staged: tuple[Stage, RabbitService],
) -> None:
    stage, rabbitmq = staged
    stage.make_ready(workers=0)
    rabbitmq.kill()
    stage.add_worker()
    stage.submit(10)
    time.sleep(2)
    assert "worker0" in stage.alive(), stage.logs()
    rabbitmq.wake()
    hold(stage, all_graded(10, runs=10), seconds=40)


def test_the_doctor_asks_rabbitmq_and_says_when_its_queue_is_of_another_type(
    staged: tuple[Stage, RabbitService],
) -> None:
    stage, rabbitmq = staged
    stage.make_ready(workers=0, sweeper=False)
    assert doctor_of(stage) == "RabbitMQ answers"
    with Celery(broker=rabbitmq.url, set_as_current=False).connection_for_write() as connection:
        channel = connection.default_channel
        channel.queue_delete("celery")
        assert doctor_of(stage) == "RabbitMQ answers"
        channel.queue_declare("celery", durable=True, auto_delete=False)
        assert "inequivalent arg 'x-queue-type'" in doctor_of(stage)
        channel.queue_delete("celery")
    rabbitmq.kill()
    assert doctor_of(stage).startswith("RabbitMQ does not answer as it should: ")


def wait_for_queue(rabbitmq: RabbitService) -> None:
    """The queue has found its leader again, which takes longer than RabbitMQ to answer."""
    with Celery(broker=rabbitmq.url, set_as_current=False).connection_for_write() as connection:
        connection.default_channel.queue_declare("celery", passive=True)


def doctor_of(stage: Stage) -> str:
    """What the doctor finds of the broker of this stage."""
    code = "import django; django.setup(); from config.diagnosis import broker; found = broker()"
    command = [sys.executable, "-c", f"{code}; print(found.words)"]
    environment = stage.environment | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()
