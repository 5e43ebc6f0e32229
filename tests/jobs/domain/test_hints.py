from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
import redis
from celery import current_app
from pytest_django import Settings

from config.processes.redis import answers, find_server
from jobs.domain import hints
from jobs.domain.hints import Breaker
from tests.promises.reached import at_most


@contextmanager
def redis_server() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    server = find_server()
    if server is None:
        pytest.skip("there is no Redis server, neither on PATH nor in a wheel")
    with tempfile.TemporaryDirectory(prefix="hints-") as folder:
        path = Path(folder) / "r.sock"
        command = [server, "--port", "0", "--unixsocket", str(path), "--save", "", "--dir", folder]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            ends = time.monotonic() + 10
            while not answers(f"unix://{path}"):
                assert time.monotonic() < ends
            yield process, str(path)
        finally:
            process.kill()
            process.wait()


@contextmanager
def publishing_to(url: str) -> Iterator[None]:
    """The process's Celery app publishes there, with new connections, and afterwards where it did before."""
    before = current_app.conf.broker_url
    current_app.conf.broker_url = current_app.conf.broker_write_url = url
    hints.forget_connections()
    try:
        yield
    finally:
        hints.forget_connections()
        current_app.conf.broker_url = current_app.conf.broker_write_url = before


@pytest.fixture
def broker() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with redis_server() as (process, path), publishing_to(f"redis+socket://{path}"):
        yield process, path


def seconds_for(call: Callable[[], object]) -> float:
    before = time.perf_counter()
    call()
    return time.perf_counter() - before


def test_a_hint_is_one_message_that_names_the_job_and_nothing_else(
    broker: tuple[subprocess.Popen[bytes], str],
) -> None:
    job = uuid4()
    assert hints.send(job)
    client = redis.Redis(unix_socket_path=broker[1])
    assert client.llen("celery") == 1
    assert str(job) in str(client.lindex("celery", 0))
    client.close()


def test_the_broker_says_how_many_hints_wait(broker: tuple[subprocess.Popen[bytes], str]) -> None:
    assert hints.waiting() == 0
    for _ in range(3):
        hints.send(uuid4())
    assert hints.waiting() == 3


def test_a_broker_that_answers_again_ends_the_failing(
    broker: tuple[subprocess.Popen[bytes], str], settings: Settings
) -> None:
    settings.JOB_SCHEDULE = {"hint_pause": 0.0}
    os.kill(broker[0].pid, signal.SIGSTOP)
    assert hints.waiting() is None
    assert hints.breaker.failing_for() > 0
    os.kill(broker[0].pid, signal.SIGCONT)
    assert hints.waiting() == 0
    assert hints.breaker.failing_for() == 0


def test_a_frozen_broker_does_not_say_how_many_hints_wait(broker: tuple[subprocess.Popen[bytes], str]) -> None:
    os.kill(broker[0].pid, signal.SIGSTOP)
    assert seconds_for(hints.waiting) < at_most(0.6)
    assert hints.waiting() is None
    os.kill(broker[0].pid, signal.SIGCONT)


@pytest.mark.promise(4)
def test_a_dead_port_costs_one_short_failure_and_then_nothing() -> None:
    with publishing_to("redis://127.0.0.1:1/0"):
        assert seconds_for(lambda: hints.send(uuid4())) < at_most(0.5)
        assert seconds_for(lambda: [hints.send(uuid4()) for _ in range(1_000)]) < at_most(0.5)
    assert hints.breaker.errors == 1


@pytest.mark.promise(5)
@pytest.mark.parametrize("is_warm", [True, False], ids=["open connection", "new connection"])
def test_a_frozen_redis_holds_nobody_up_for_long(
    broker: tuple[subprocess.Popen[bytes], str], reached: Callable[[str], None], *, is_warm: bool
) -> None:
    if is_warm:
        assert hints.send(uuid4())
    os.kill(broker[0].pid, signal.SIGSTOP)
    first = seconds_for(lambda: hints.send(uuid4()))
    rest = seconds_for(lambda: [hints.send(uuid4()) for _ in range(100)])
    os.kill(broker[0].pid, signal.SIGCONT)
    reached(f"first hint {first * 1000:.0f} ms, 100 later ones {rest * 1000:.0f} ms")
    assert first < at_most(0.7)
    assert rest < at_most(0.15)
    assert hints.breaker.errors == 1


def test_after_the_pause_hints_go_out_again(broker: tuple[subprocess.Popen[bytes], str], settings: Settings) -> None:
    settings.JOB_SCHEDULE = {"hint_pause": 0.0}
    os.kill(broker[0].pid, signal.SIGSTOP)
    assert not hints.send(uuid4())
    assert hints.breaker.failing_for() > 0
    os.kill(broker[0].pid, signal.SIGCONT)
    assert hints.send(uuid4())
    assert hints.breaker.failing_for() == 0


def test_the_breaker_opens_for_the_pause_and_closes_on_success() -> None:
    made = Breaker()
    assert (made.is_open, made.errors) == (False, 0)
    made.failed()
    made.failed()
    assert (made.is_open, made.errors) == (True, 2)
    made.worked()
    assert (made.is_open, made.failing_for()) == (False, 0.0)


def test_the_breaker_measures_from_the_first_of_several_failures(settings: Settings) -> None:
    settings.JOB_SCHEDULE = {"hint_pause": 0.0}
    made = Breaker()
    made.failed()
    first = made.failing_since
    made.failed()
    assert made.failing_since == first
