"""Sites that figures are taken on: nothing of the installation around them decides a figure."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from config.benchmarks.sites import REFERENCE, environment_of, reference_command, supervised
from config.demo import programs
from config.processes.child import Program
from tests.services import is_running


def test_no_setting_of_the_installation_around_it_reaches_a_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = {"POSTIL_SIGNUP": "closed", "DATABASE_URL": "postgres://theirs/x", "DATABASE_URL_FILE": "/theirs"}
    for name, value in theirs.items():
        monkeypatch.setenv(name, value)

    found = environment_of(tmp_path, database_url="sqlite:////tmp/ours.sqlite3")

    assert {name: value for name, value in found.items() if name.startswith("POSTIL_")} == {
        "POSTIL_LOG_LEVEL": "WARNING",
        "POSTIL_EMAIL_URL": "memory:",
    }
    assert "DATABASE_URL_FILE" not in found
    assert (found["DATABASE_URL"], found["DATA_DIR"]) == ("sqlite:////tmp/ours.sqlite3", str(tmp_path))
    assert len(found["SECRET_KEY"]) >= 50


def test_what_a_benchmark_says_of_itself_comes_last(tmp_path: Path) -> None:
    found = environment_of(tmp_path, database_url="sqlite://", REDIS_URL="unix:///x", DATA_DIR="/elsewhere")

    assert (found["REDIS_URL"], found["DATA_DIR"]) == ("unix:///x", "/elsewhere")


def test_the_rest_of_the_machine_is_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/of/the/machine")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    found = environment_of(tmp_path, database_url="sqlite://")

    assert (found["PATH"], found["LC_ALL"]) == ("/of/the/machine", "C.UTF-8")


def test_the_reference_is_served_by_the_same_server_with_the_same_options(tmp_path: Path) -> None:
    environment = environment_of(tmp_path, database_url="sqlite://", REDIS_URL="redis://127.0.0.1:1/0", PORT="8123")
    ours = next(program for program in programs(environment, port=8123) if program.name == "web")

    theirs = reference_command(environment, 8123)

    assert theirs[0] == sys.executable
    assert theirs[1:-1] == list(ours.command)[1:-1]
    assert theirs[-1] == f"{REFERENCE}.wsgi:application"
    assert "8123" in " ".join(theirs)


@pytest.mark.parametrize("ends_badly", [False, True])
def test_nothing_runs_any_more_after_the_block_however_it_ends(tmp_path: Path, ends_badly: bool) -> None:
    program = Program("sleeper", ["sleep", "60"], {})
    pids: list[int] = []

    def go_on() -> None:
        with supervised(tmp_path) as supervisor:
            pids.append(supervisor.start(program).pid)
            if ends_badly:
                raise ZeroDivisionError

    if ends_badly:
        with pytest.raises(ZeroDivisionError):
            go_on()
    else:
        go_on()

    assert [is_running(pid) for pid in pids] == [False]
    assert (tmp_path / "logs" / "sleeper.log").exists()


def test_every_program_of_the_demo_is_one_whose_work_is_measured(tmp_path: Path) -> None:
    environment = environment_of(tmp_path, database_url="sqlite://", REDIS_URL="redis://127.0.0.1:1/0", PORT="8123")

    names = [program.name for program in programs(environment, port=8123)]

    assert sorted(names) == ["sweeper", "web", "worker"]
    assert all(program.environment == environment for program in programs(environment, port=8123))
