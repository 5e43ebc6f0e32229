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
from config.processes.supervisor import (
    MOST_CRASHES,
    STEADY_SECONDS,
    ProgramFailed,
    Stopped,
    Supervisor,
    Watched,
)
from tests.services import is_running, wait_for

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


def test_pauses_double_up_to_the_longest_and_begin_anew_after_a_steady_run(
    supervisor: Supervisor, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.processes.supervisor.MOST_CRASHES", 7)
    watched = Watched(supervisor.start(program("worker", "raise SystemExit(1)")))
    watched.child.process.wait()

    for _ in range(6):
        supervisor._plan_restart(watched)
    watched.child.started -= STEADY_SECONDS + 1
    supervisor._plan_restart(watched)

    assert [int(words.split(" s; see ")[0].rpartition(" ")[2]) for words in said] == [1, 2, 4, 8, 16, 16, 1]


def test_what_crashed_is_not_started_while_the_others_get_ready(supervisor: Supervisor) -> None:
    child = supervisor.start(program("worker", "raise SystemExit(1)"))
    child.process.wait()

    with pytest.raises(ProgramFailed, match="worker ended with code 1"):
        supervisor.run(program("prepare", SLEEP))

    assert list(supervisor.watched) == ["worker"]


def test_what_a_step_left_running_is_gone_when_it_has_ended(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.run(program("prepare", "import subprocess; print(subprocess.Popen(['sleep', '60']).pid, flush=True)"))

    left = int((tmp_path / "prepare.log").read_text())
    wait_for(lambda: not is_running(left), what="the end of what was left")


SAYS_WHEN_ASKED = """
import pathlib, signal, sys, time
def end(*_):
    with pathlib.Path(sys.argv[1]).open("a") as ended:
        ended.write(sys.argv[2] + "\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
print("up", flush=True)
time.sleep(60)
"""


def test_the_last_started_stops_first(supervisor: Supervisor, tmp_path: Path) -> None:
    names = ["redis", "worker", "web"]
    for name in names:
        command = [sys.executable, "-c", SAYS_WHEN_ASKED, str(tmp_path / "ended"), name]
        child = supervisor.start(Program(name, command, os.environ))
        wait_for(lambda log=child.log: "up" in log.read_text(), what=name)  # type: ignore[misc]  # -- bound now

    supervisor.stop()

    assert (tmp_path / "ended").read_text().split() == names[::-1]


def test_stopping_twice_stops_once(supervisor: Supervisor) -> None:
    child = supervisor.start(program("web", SLEEP))

    supervisor.stop()
    supervisor.stop()

    assert (child.process.returncode, supervisor.watched) == (-signal.SIGTERM, {})


def test_a_supervisor_whose_guardian_was_killed_still_stops_everything(supervisor: Supervisor) -> None:
    children = [supervisor.start(program(name, SLEEP)) for name in ("redis", "worker", "web")]
    os.kill(supervisor._guardian.pid, signal.SIGKILL)

    supervisor.stop()

    assert [child.process.returncode for child in children] == [-signal.SIGTERM] * 3


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
