from __future__ import annotations

import os
import signal
import subprocess
import sys

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


def test_groups_that_are_gone_are_no_error() -> None:
    child = subprocess.Popen(["true"], start_new_session=True)
    child.wait()
    assert signal_all({child.pid}, signal.SIGTERM) == set()
    assert signal_all({os.getpgid(0)}, 0) == {os.getpgid(0)}
