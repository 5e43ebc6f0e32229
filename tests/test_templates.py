"""Where a run has migrated a database, its processes start from copies; else each migrates its own."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import psycopg
import pytest
from psycopg import OperationalError

from tests import templates
from tests.postgres import PostgresServer
from tests.templates import (
    NAME,
    POSTGRES_VARIABLE,
    SAMPLE_VARIABLE,
    SQLITE_VARIABLE,
    empty_template,
    keep,
    kept_template,
    lay_out,
    lay_out_sample,
    postgres_template,
    sqlite_template,
)


@pytest.fixture(autouse=True)
def nothing_kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a clone in which no test has run yet."""
    monkeypatch.setattr(templates, "KEPT", tmp_path_factory.mktemp("kept") / "migrated")


def test_a_copy_is_laid_out_where_the_run_has_a_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = tmp_path / "template.sqlite3"
    template.write_bytes(b"tables")
    monkeypatch.setenv(SQLITE_VARIABLE, str(template))
    lay_out(tmp_path / "copy.sqlite3")
    assert sqlite_template() == template
    assert (tmp_path / "copy.sqlite3").read_bytes() == b"tables"


def test_the_sample_course_is_laid_out_where_the_run_has_loaded_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SAMPLE_VARIABLE, raising=False)
    for variable in (SQLITE_VARIABLE, SAMPLE_VARIABLE):
        (tmp_path / variable).write_text(variable, encoding="utf-8")
        monkeypatch.setenv(variable, str(tmp_path / variable))
        lay_out_sample(tmp_path / "copy.sqlite3")
        assert (tmp_path / "copy.sqlite3").read_text(encoding="utf-8") == variable


@pytest.mark.parametrize("value", [None, ""])
def test_without_a_template_nothing_is_laid_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    for variable in (SQLITE_VARIABLE, POSTGRES_VARIABLE, SAMPLE_VARIABLE):
        monkeypatch.delenv(variable, raising=False)
        if value is not None:
            monkeypatch.setenv(variable, value)
    lay_out_sample(tmp_path / "copy.sqlite3")
    assert (sqlite_template(), postgres_template()) == (None, None)
    assert list(tmp_path.iterdir()) == []


def test_what_one_process_migrated_is_kept_for_later_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SQLITE_VARIABLE, raising=False)
    migrated = sqlite3.connect(tmp_path / "migrated.sqlite3")
    migrated.execute("PRAGMA journal_mode = WAL")
    migrated.execute("CREATE TABLE note (text text)")
    keep(tmp_path / "migrated.sqlite3")
    migrated.close()

    lay_out(tmp_path / "copy.sqlite3")

    copy = sqlite3.connect(tmp_path / "copy.sqlite3")
    assert copy.execute("SELECT name FROM sqlite_master").fetchall() == [("note",)]
    copy.close()
    assert sqlite_template() == kept_template()


def test_what_was_kept_is_gone_once_a_migration_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SQLITE_VARIABLE, raising=False)
    (tmp_path / "course" / "migrations").mkdir(parents=True)
    monkeypatch.setattr(templates, "ROOT", tmp_path)
    sqlite3.connect(tmp_path / "migrated.sqlite3").close()
    keep(tmp_path / "migrated.sqlite3")
    before = kept_template()

    (tmp_path / "course" / "migrations" / "0001_first.py").write_text("operations = []")

    assert sqlite_template() is None
    keep(tmp_path / "migrated.sqlite3")
    assert list(templates.KEPT.iterdir()) == [kept_template()] != [before]


@pytest.mark.slow
def test_a_template_on_a_server_is_empty_copied_and_gone_at_the_end(postgres_server: PostgresServer) -> None:
    for _ in range(2):
        with empty_template(postgres_server.url) as url:
            with psycopg.connect(url) as connection:
                connection.execute("CREATE TABLE note (text text)")
            with psycopg.connect(postgres_server.url, autocommit=True) as connection:
                connection.execute("CREATE DATABASE copied TEMPLATE postil_template")
            with psycopg.connect(postgres_server.url_of("copied")) as connection:
                assert connection.execute("SELECT count(*) FROM note").fetchone() == (0,)
            with psycopg.connect(postgres_server.url, autocommit=True) as connection:
                connection.execute("DROP DATABASE copied")
    with pytest.raises(OperationalError, match="does not exist"):
        psycopg.connect(postgres_server.url_of(NAME))
