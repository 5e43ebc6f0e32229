from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.benchmarks import machine
from config.benchmarks.machine import Load, NotMeasurable, about_machine, cpu_ms, load, processes, read_process

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc on this system")
BURN = "import time\nwhile time.process_time() < 0.3: pass"


def test_we_are_among_the_processes_below_our_parent() -> None:
    assert processes()[os.getpid()].parent == os.getppid()


def test_work_of_a_child_that_ended_counts() -> None:
    before = cpu_ms([os.getpid()])
    subprocess.run([sys.executable, "-c", BURN], check=True)
    assert cpu_ms([os.getpid()]) - before >= 250


def test_a_process_that_is_not_there_costs_nothing() -> None:
    assert cpu_ms([2**30]) == 0.0
    assert read_process(Path("/proc") / str(2**30)) is None


def test_a_process_is_counted_once_however_often_it_is_named() -> None:
    child = subprocess.Popen([sys.executable, "-c", BURN + "\nimport sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    try:
        once = cpu_ms([child.pid])
        assert cpu_ms([child.pid, child.pid]) <= once + 400
    finally:
        child.communicate()


def test_without_proc_nothing_is_measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(machine, "PROC", tmp_path)
    with pytest.raises(NotMeasurable, match="there is no /proc"):
        processes()


def test_the_busy_share_is_that_of_the_time_between() -> None:
    assert Load(busy=150, total=400).share_since(Load(busy=100, total=200)) == 0.25
    assert load().share_since(load()) == 0.0 or 0.0 <= load().share_since(Load(0, 0)) <= 1.0


def test_the_machine_tells_what_figures_depend_on() -> None:
    assert {"processors", "kernel", "python", "django", "celery", "granian"} <= set(about_machine())
