from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from config.processes.child import Child, Program, start, stop
from tests.services import is_running, wait_for

STUBBORN = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
PARENT = "import subprocess, sys, time; print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"


def python(code: str, *, stop_seconds: float = 10.0) -> Program:
    return Program("child", [sys.executable, "-c", code], os.environ, stop_seconds)


def first_line(child: Child) -> str:
    deadline = time.monotonic() + 10
    while "\n" not in (text := child.log.read_text()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return text.partition("\n")[0]


def test_what_a_child_says_is_kept_in_its_log(tmp_path: Path) -> None:
    child = start(python("import sys; print('out'); print('err', file=sys.stderr)"), logs=tmp_path / "logs")
    assert child.process.wait(timeout=10) == 0
    assert sorted(child.last_lines().splitlines()) == ["err", "out"]
    assert child.last_lines(1) in {"out", "err"}
    assert not child.is_alive


def test_a_child_is_the_leader_of_a_session_of_its_own(tmp_path: Path) -> None:
    child = start(python("import os; print(os.getsid(0) == os.getpid(), flush=True)"), logs=tmp_path)
    assert first_line(child) == "True"
    stop(child)


def test_a_child_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    child = start(python(STUBBORN, stop_seconds=0.2), logs=tmp_path)
    assert first_line(child) == "up"
    stop(child)
    assert child.process.returncode == -9


def test_what_a_child_started_is_stopped_with_it(tmp_path: Path) -> None:
    child = start(python(PARENT), logs=tmp_path)
    grandchild = int(first_line(child))
    assert is_running(grandchild)
    stop(child)
    wait_for(lambda: not is_running(grandchild), what="the end of the grandchild")


def test_stopping_twice_is_fine(tmp_path: Path) -> None:
    child = start(python("pass"), logs=tmp_path)
    stop(child)
    stop(child)
    assert not child.is_alive
