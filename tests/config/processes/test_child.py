from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from config.processes.child import Child, Program, signal_group, start, stop
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


@pytest.mark.parametrize(
    ("written", "count", "last"),
    [
        (b"", 15, ""),
        (b"one\ntwo\nthree\n", 2, "two\nthree"),
        (b"one\ntwo", 15, "one\ntwo"),
        ("é".encode("latin-1"), 15, "\ufffd"),
        (b"a\x00b\n", 15, "a\x00b"),
    ],
)
def test_the_last_lines_of_a_log_are_told_whatever_stands_in_it(
    tmp_path: Path, written: bytes, count: int, last: str
) -> None:
    child = start(python("pass"), logs=tmp_path)
    child.process.wait()
    child.log.write_bytes(written)

    assert child.last_lines(count) == last


def test_a_log_that_is_gone_has_no_lines(tmp_path: Path) -> None:
    child = start(python("pass"), logs=tmp_path)
    child.process.wait()
    child.log.unlink()

    assert child.last_lines() == ""


def test_a_program_that_starts_again_goes_on_in_its_log(tmp_path: Path) -> None:
    for word in ("first", "second"):
        assert start(python(f"print({word!r})"), logs=tmp_path).process.wait(timeout=10) == 0

    assert (tmp_path / "child.log").read_text().split() == ["first", "second"]


def test_a_child_hears_nothing_and_knows_only_its_own_environment(tmp_path: Path) -> None:
    code = "import os, sys; print(repr(sys.stdin.read()), sorted(set(os.environ) - {'LC_CTYPE'}))"
    program = Program("child", [sys.executable, "-c", code], {"ONLY": "this"})
    child = start(program, logs=tmp_path)
    child.process.wait(timeout=10)

    assert child.last_lines() == "'' ['ONLY']"


def test_a_child_that_ends_by_itself_when_asked_is_not_killed(tmp_path: Path) -> None:
    code = (
        "import signal, sys, time; signal.signal(15, lambda *_: sys.exit(3)); print('up', flush=True); time.sleep(60)"
    )
    child = start(python(code), logs=tmp_path)
    assert first_line(child) == "up"
    stop(child)

    assert child.process.returncode == 3


def test_a_signal_to_nobody_is_no_error(tmp_path: Path) -> None:
    child = start(python("pass"), logs=tmp_path)
    child.process.wait()

    signal_group(child.pid, signal.SIGTERM)
    signal_group(child.pid, signal.SIGTERM, only_leader=True)


def test_stopping_twice_is_fine(tmp_path: Path) -> None:
    child = start(python("pass"), logs=tmp_path)
    stop(child)
    stop(child)
    assert not child.is_alive
