from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.processes.child import Program
from config.processes.supervisor import MOST_CRASHES, ProgramFailed, Stopped, Supervisor

SLEEP = "import time; time.sleep(60)"


def program(name: str, code: str) -> Program:
    return Program(name, [sys.executable, "-c", code], os.environ, stop_seconds=5)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, said: list[str]) -> Iterator[Supervisor]:
    supervisor = Supervisor(logs=tmp_path, say=said.append)
    yield supervisor
    supervisor.stop()


def test_a_step_runs_to_its_end(supervisor: Supervisor) -> None:
    supervisor.run(program("prepare", "print('done')"))
    assert supervisor.watched == {}


def test_a_step_that_fails_is_told_with_its_last_words(supervisor: Supervisor) -> None:
    with pytest.raises(ProgramFailed, match=r"^prepare ended with code 3\. Its log, .*prepare\.log, ends with:\nwhy$"):
        supervisor.run(program("prepare", "import sys; print('why', flush=True); sys.exit(3)"))


def test_a_program_that_dies_while_another_gets_ready_is_told_at_once(supervisor: Supervisor) -> None:
    supervisor.start(program("web", SLEEP))
    supervisor.start(program("worker", "raise SystemExit('no broker')"))
    started = time.monotonic()
    with pytest.raises(ProgramFailed, match="worker ended with code 1"):
        supervisor.wait_until(lambda: False, what="The web server", seconds=60)
    assert time.monotonic() - started < 10


def test_what_does_not_get_ready_is_told_with_everybodys_last_words(supervisor: Supervisor) -> None:
    supervisor.start(program("web", SLEEP))
    with pytest.raises(ProgramFailed, match=r"The page was not ready after 0 seconds\.\nweb is still running"):
        supervisor.wait_until(lambda: False, what="The page", seconds=0)


def test_a_crashed_program_starts_again(supervisor: Supervisor, said: list[str]) -> None:
    first = supervisor.start(program("worker", SLEEP)).pid
    os.kill(first, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while supervisor.pid("worker") == first and time.monotonic() < deadline:
        supervisor.tick(may_restart=True)
    assert supervisor.watched["worker"].child.is_alive
    assert len(said) == 1
    assert said[0].startswith("worker ended unexpectedly and starts again in 1 s; see ")


def test_a_program_that_keeps_crashing_is_given_up(
    supervisor: Supervisor, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.processes.supervisor.LONGEST_BACKOFF", 0.0)
    supervisor.start(program("worker", "raise SystemExit(1)"))
    with pytest.raises(ProgramFailed, match="worker ended with code 1"):
        supervisor.watch()
    assert len(said) == MOST_CRASHES


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_the_watch_and_then_everything(supervisor: Supervisor, number: signal.Signals) -> None:
    child = supervisor.start(program("web", SLEEP))
    with supervisor.signals():
        timer = threading.Timer(0.2, os.kill, (os.getpid(), number))
        timer.start()
        with pytest.raises(Stopped):
            supervisor.watch()
        timer.join()
    supervisor.stop()
    assert child.process.returncode == -signal.SIGTERM


def test_the_end_of_the_parent_stops_the_watch(tmp_path: Path) -> None:
    orphan = Supervisor(logs=tmp_path, say=print, parent=os.getppid() + 1)
    with pytest.raises(Stopped):
        orphan.watch()
    orphan.stop()
