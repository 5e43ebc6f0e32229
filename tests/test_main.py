"""The checks that `make test` runs: what counts as passed."""

from __future__ import annotations

import os
import pwd
import sys
from pathlib import Path

import pytest

from tests.__main__ import (
    BUT_IN_BOTH_DIRECTIONS,
    DROPPED,
    GIVING_WAY,
    LEAST,
    ROOT,
    SAMPLE,
    Result,
    Run,
    clean_environment,
    load_sample,
    look_for_sample,
    on_postgres,
    on_sqlite,
    once_more_in_browsers,
)
from tests.mirror import MIRRORED, VARIABLE, as_asked
from tests.not_run import noted
from tests.postgres import PostgresServer
from tests.templates import NAME, POSTGRES_VARIABLE, SAMPLE_VARIABLE, SQLITE_VARIABLE

pytestmark = pytest.mark.slow

ONCE = """
from pathlib import Path

def test_it(tmp_path_factory):
    seen = Path(__file__).with_suffix(".seen")
    first = not seen.exists()
    seen.touch()
    assert not first
"""


class Listening(Run):
    """A run that says what would be played, and in which environment."""

    def __init__(self, environment: dict[str, str], not_run: Path) -> None:
        super().__init__(environment, not_run)
        self.heard: list[tuple[str, ...]] = []
        self.asked: list[dict[str, str]] = []

    def pytest_patiently(self, name: str, *arguments: str) -> None:
        self.heard.append((name, *arguments))
        self.asked.append(dict(self.environment))

    def pytest(self, name: str, *arguments: str, fine: tuple[int, ...] = (0,)) -> Result:
        self.heard.append((name, *arguments))
        return Result(name, passed=0 in fine, seconds=0)

    def migrate(self, name: str, database_url: str) -> Result:
        return Result(name, passed=True, seconds=0)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    # No other plugin has to do with what is run here, and each start would wait for all of them.
    only = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "-p xdist"}
    return Run(kept | only | {"DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}, tmp_path / "not-run.txt")


def test_a_run_that_broke_before_any_test_is_not_passed_by_repeating_it(run: Run, tmp_path: Path) -> None:
    run.pytest_patiently("broken", str(tmp_path / "nothing_there.py"))
    assert [result.passed for result in run.results] == [False, False]


@pytest.mark.parametrize(("source", "passed"), [(ONCE, [True]), ("def test_it(): assert False", [False, False])])
def test_what_fails_once_may_pass_alone_and_what_is_broken_fails_twice(
    run: Run, tmp_path: Path, source: str, passed: list[bool]
) -> None:
    path = tmp_path / "test_sample.py"
    path.write_text(source)
    run.pytest_patiently("sample", "--rootdir", str(tmp_path), "-c", os.devnull, str(path))
    assert [result.passed for result in run.results] == passed


def test_a_check_beside_another_is_noted_behind_it(run: Run) -> None:
    with run.beside(lambda aside: aside.check("second", ["true"])):
        run.check("first", ["false"])
    assert [(result.name, result.passed) for result in run.results] == [("first", False), ("second", True)]


def test_what_gives_way_has_less_of_the_machine_than_what_it_runs_beside(run: Run) -> None:
    nicer = f"import os; raise SystemExit(os.nice(0) != {LEAST})"
    with run.beside(lambda aside: aside.check("second", [sys.executable, "-c", nicer]), through=GIVING_WAY):
        run.check("first", [sys.executable, "-c", f"import os; raise SystemExit(os.nice(0) != {os.nice(0)})"])
    assert [(result.name, result.passed) for result in run.results] == [("first", True), ("second", True)]


def test_a_mirror_is_asked_for_by_its_own_run_alone(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, "yes")
    monkeypatch.setenv("POSTIL_MIRRORED", "yes")
    assert as_asked() == MIRRORED
    assert {VARIABLE, *MIRRORED}.isdisjoint(clean_environment(tmp_path))
    monkeypatch.delenv(VARIABLE)
    assert as_asked() == {}


def test_nothing_that_a_developer_set_decides_how_a_run_ends(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (*DROPPED, "POSTIL_SIGNUP", "LANG"):
        monkeypatch.setenv(name, "developer")
    environment = clean_environment(tmp_path)
    assert [name for name, value in environment.items() if value == "developer"] == ["LANG"]
    assert environment["DATA_DIR"] == str(tmp_path / "data")


def test_the_sample_course_is_taken_from_the_run_where_it_was_loaded(run: Run, tmp_path: Path) -> None:
    for variable in (SQLITE_VARIABLE, SAMPLE_VARIABLE):
        run.environment.pop(variable, None)
    load_sample(run, tmp_path)
    look_for_sample(run, tmp_path)
    assert (run.results, SAMPLE_VARIABLE in run.environment) == ([], False)
    (tmp_path / SAMPLE).touch()
    look_for_sample(run, tmp_path)
    assert run.environment[SAMPLE_VARIABLE] == str(tmp_path / SAMPLE)


def test_every_run_orders_sets_in_a_way_of_its_own_that_its_processes_share(tmp_path: Path) -> None:
    drawn = {clean_environment(tmp_path)["PYTHONHASHSEED"] for _ in range(3)}
    assert len(drawn) > 1
    assert all(0 <= int(seed) < 2**32 for seed in drawn)


@pytest.fixture
def no_postgres(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose only user may not start one."""

    def nobody(name: str) -> None:
        raise KeyError(name)

    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwnam", nobody)


ALL_IN_BROWSERS = ("-n", "2", "--dist", "loadfile", "-m", "browser", "tests/e2e", BUT_IN_BOTH_DIRECTIONS)


def test_people_in_browsers_come_once_more_mirrored_and_on_postgresql(
    postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", postgres_server.url)
    run = Listening({}, tmp_path / "not-run.txt")
    once_more_in_browsers(run)
    assert run.heard == [("browser journeys, mirrored, on PostgreSQL", *ALL_IN_BROWSERS)]
    assert run.asked == [{VARIABLE: "yes", "TEST_DATABASE_URL": postgres_server.url, POSTGRES_VARIABLE: NAME}]
    assert run.environment == {}


@pytest.mark.usefixtures("no_postgres")
def test_where_there_is_no_postgresql_they_come_mirrored_all_the_same_and_that_is_said(tmp_path: Path) -> None:
    run = Listening({}, tmp_path / "not-run.txt")
    on_postgres(run, everything=True)
    once_more_in_browsers(run)
    assert run.heard == [("browser journeys, mirrored", *ALL_IN_BROWSERS)]
    assert run.asked == [{VARIABLE: "yes"}]
    what, why = "what touches the database, again on PostgreSQL,", "there is no user called nobody"
    assert noted(run.not_run) == [f"not run: 1 in {what} because PostgreSQL does not run as root and {why}"]


def places_and_marks(heard: tuple[str, ...]) -> tuple[str, str]:
    return heard[0], heard[-1]


def test_the_domain_is_left_to_postgresql_and_both_have_all_when_everything_is_run(
    postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", postgres_server.url)
    run = Listening({}, tmp_path / "not-run.txt")
    for everything in (False, True):
        on_sqlite(run, everything=everything)
        on_postgres(run, everything=everything)
    assert [places_and_marks(heard) for heard in run.heard] == [
        ("tests on SQLite", "not browser and not chaos and not full and not domain"),
        ("tests on PostgreSQL", "database and not browser and not chaos and not full and (twice or not once)"),
        ("tests on SQLite", "not browser and not chaos"),
        ("tests on PostgreSQL", "database and not browser and not chaos"),
    ]


@pytest.mark.usefixtures("no_postgres")
def test_where_there_is_no_postgresql_the_domain_has_its_turn_on_sqlite(tmp_path: Path) -> None:
    run = Listening({}, tmp_path / "not-run.txt")
    on_postgres(run, everything=False)
    assert [places_and_marks(heard) for heard in run.heard] == [
        ("tests of the domain, on SQLite", "domain and not full")
    ]
