from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.processes.guardian import Guardian, groups_left, signal_all
from tests.services import is_running, wait_for

SUPERVISOR = """
import os, subprocess, sys
from config.processes.guardian import Guardian
child = subprocess.Popen(["sleep", "60"], start_new_session=True)
Guardian().note(child.pid)
print(child.pid, flush=True)
os.kill(os.getpid(), 9)
"""


@given(st.lists(st.integers(min_value=1, max_value=9), unique=True), st.lists(st.integers(min_value=1, max_value=9)))
def test_what_is_noted_and_not_forgotten_is_left(noted: list[int], forgotten: list[int]) -> None:
    lines = [f"+{group}\n" for group in noted] + [f"-{group}\n" for group in forgotten]
    assert groups_left(lines) == set(noted) - set(forgotten)


def test_a_killed_supervisor_leaves_nothing_behind() -> None:
    done = subprocess.run([sys.executable, "-c", SUPERVISOR], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    # Nobody is left who could wait for the child, so its absence is what can be seen.
    group = int(done.stdout)
    wait_for(lambda: not is_running(group), what="the end of what was left behind")


def test_a_dismissed_guardian_stops_what_was_not_forgotten() -> None:
    kept = subprocess.Popen(["sleep", "60"], start_new_session=True)
    ended = subprocess.Popen(["sleep", "60"], start_new_session=True)
    guardian = Guardian()
    guardian.note(kept.pid)
    guardian.note(ended.pid)
    guardian.forget(kept.pid)
    guardian.dismiss()
    assert ended.wait(timeout=10) == -signal.SIGTERM
    assert kept.poll() is None
    kept.kill()
    kept.wait()


def sleeper() -> subprocess.Popen[bytes]:
    return subprocess.Popen(["sleep", "60"], start_new_session=True)


def killed(guardian: Guardian) -> int:
    """The guardian's process is gone; returns which it was."""
    pid = guardian.pid
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not is_running(pid), what="the end of the guardian")
    return pid


def test_a_killed_guardian_is_followed_by_one_that_knows_what_it_knew() -> None:
    before, after, ended = sleeper(), sleeper(), sleeper()
    guardian = Guardian()
    guardian.note(before.pid)
    guardian.note(ended.pid)
    first = killed(guardian)

    guardian.forget(ended.pid)
    guardian.note(after.pid)
    second = guardian.pid
    guardian.dismiss()

    assert second != first
    assert [each.wait(timeout=10) for each in (before, after)] == [-signal.SIGTERM] * 2
    assert ended.poll() is None
    ended.kill()
    ended.wait()


def test_a_guardian_that_is_killed_time_and_again_loses_nothing() -> None:
    group = sleeper()
    guardian = Guardian()
    guardian.note(group.pid)
    for _ in range(3):
        killed(guardian)
        guardian.note(group.pid)

    guardian.dismiss()

    assert group.wait(timeout=10) == -signal.SIGTERM


def test_dismissing_one_that_was_killed_is_no_error() -> None:
    guardian = Guardian()
    killed(guardian)

    guardian.dismiss()


STUBBORN = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


def test_what_does_not_listen_is_killed_when_its_time_is_over() -> None:
    command = [sys.executable, "-c", STUBBORN]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as stubborn:
        assert stubborn.stdout is not None
        assert stubborn.stdout.readline() == "up\n"
        guardian = Guardian()
        guardian.note(stubborn.pid)
        guardian.dismiss()
        assert stubborn.wait(timeout=10) == -signal.SIGKILL


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_guardian_outlives_the_signals_that_end_its_supervisor(number: signal.Signals) -> None:
    group = sleeper()
    guardian = Guardian()
    guardian.note(group.pid)
    # It is deaf to signals once it has begun, which it has where something was noted and looked for.
    wait_for(lambda: ignores(guardian.pid, number), what="the guardian")

    os.kill(guardian.pid, number)
    assert is_running(guardian.pid)
    guardian.dismiss()

    assert group.wait(timeout=10) == -signal.SIGTERM


def ignores(pid: int, number: signal.Signals) -> bool:
    """Whether the process has told the system that it does not listen to the signal."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    mask = next(int(line.split()[1], 16) for line in lines if line.startswith("SigIgn:"))
    return bool(mask & 1 << (number - 1))


def test_groups_that_are_gone_are_no_error() -> None:
    child = subprocess.Popen(["true"], start_new_session=True)
    child.wait()
    assert signal_all({child.pid}, signal.SIGTERM) == set()
    assert signal_all({os.getpgid(0)}, 0) == {os.getpgid(0)}
