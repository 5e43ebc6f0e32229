"""Where figures are taken: databases of our own, made and gone again, and never those of somebody else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import psycopg
import pytest

from config.benchmarks import databases
from config.benchmarks.databases import (
    Databases,
    databases_on,
    on_given,
    on_postgresql,
    on_sqlite,
    server_of,
    with_database,
)
from config.benchmarks.machine import NotMeasurable, Process
from tests.postgres import PostgresServer
from tests.services import Unavailable


def test_each_side_has_a_file_of_its_own(tmp_path: Path) -> None:
    with databases_on("sqlite", tmp_path) as found:
        assert found == on_sqlite(tmp_path)

    assert found == Databases(
        "sqlite", f"sqlite:///{tmp_path}/postil.sqlite3", f"sqlite:///{tmp_path}/reference.sqlite3"
    )
    assert found.server is None


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("postgres://u:p@host:5432/one", "postgres://u:p@host:5432/two"),
        ("postgres://u@/one?host=/tmp/a", "postgres://u@/two?host=/tmp/a"),
        ("postgres://host/one?sslmode=require&x=/y", "postgres://host/two?sslmode=require&x=/y"),
    ],
)
def test_another_database_of_the_same_server_has_the_same_address(url: str, other: str) -> None:
    assert with_database(url, "two") == other
    assert with_database(other, "one") == url


@contextmanager
def none_to_start() -> Iterator[PostgresServer]:
    raise Unavailable("there are no binaries")
    yield  # type: ignore[unreachable]  # -- what makes it a context


def test_without_a_server_it_is_said_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "running_postgres", none_to_start)
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)

    with pytest.raises(Unavailable, match="there are no binaries"), on_postgresql():
        pass


def connected(pid: int) -> psycopg.Connection[tuple[object, ...]]:
    found: Any = SimpleNamespace(info=SimpleNamespace(backend_pid=pid))
    return cast("psycopg.Connection[tuple[object, ...]]", found)


def test_a_server_of_another_machine_is_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "processes", lambda: {7: Process(7, 1, 0)})

    assert server_of(connected(7)) == 1
    with pytest.raises(Unavailable, match="runs on another machine"):
        server_of(connected(8))


def test_a_machine_that_does_not_tell_is_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing() -> dict[int, Process]:
        raise NotMeasurable("there is no /proc on this system")

    monkeypatch.setattr(databases, "processes", nothing)

    with pytest.raises(Unavailable, match="there is no /proc on this system"):
        server_of(connected(7))


def names(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        return {row[0] for row in connection.execute("SELECT datname FROM pg_database")}


@pytest.mark.postgres
@pytest.mark.skipif(not os.environ.get("TEST_DATABASE_URL"), reason="there is no server to make databases on")
@pytest.mark.parametrize("ends_badly", [False, True])
def test_two_new_databases_are_made_and_gone_again_however_it_ends(ends_badly: bool) -> None:
    url = os.environ["TEST_DATABASE_URL"]
    before, made, held = names(url), set[str](), list[Any]()

    with suppress(ZeroDivisionError), on_given(url) as found:
        made |= {each.partition("?")[0].rpartition("/")[2] for each in (found.postil, found.reference)}
        assert made <= names(url) - before
        assert (len(made), found.server is None) == (2, False)
        # Somebody who is still connected does not keep them.
        held.append(psycopg.connect(found.postil))
        if ends_badly:
            raise ZeroDivisionError

    assert not made & names(url)
    held.pop().close()
