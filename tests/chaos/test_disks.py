"""A disk that fills under the work, and a database that somebody else writes to for longer than anybody waits."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.chaos.disks import fill, small_disk
from tests.chaos.holding import all_graded, hold
from tests.chaos.stage import ChaosError, Stage
from tests.services import Unavailable, running_redis

pytestmark = [pytest.mark.chaos, pytest.mark.slow]


@pytest.fixture
def cramped() -> Iterator[Stage]:
    try:
        with small_disk("16m") as folder, running_redis() as redis:
            stage = Stage(folder, f"sqlite:///{folder}/chaos.sqlite3", redis)
            stage.note(redis.pid)
            try:
                stage.migrate()
                yield stage
            finally:
                stage.close()
    except Unavailable as reason:
        pytest.skip(str(reason))


def refused(stage: Stage, *, words: str, most: int) -> None:
    """Somebody who goes on submitting is told so in the end: the database has some room left in what it had taken."""
    with pytest.raises(ChaosError, match=words):
        stage.submit(most)


def test_a_disk_that_is_full_for_a_while_loses_nothing(cramped: Stage) -> None:
    cramped.make_ready()
    cramped.submit(30, seconds=0.1)
    filler = fill(cramped.folder)
    refused(cramped, words="full|I/O", most=2_000)
    submitted = cramped.tally().submitted

    filler.unlink()
    cramped.submit(5)

    hold(cramped, all_graded(submitted + 5))


@pytest.mark.full
def test_a_database_that_is_locked_for_longer_than_anybody_waits_loses_nothing(sqlite_stage: Stage) -> None:
    sqlite_stage.make_ready()
    sqlite_stage.submit(30, seconds=0.1)
    with closing(sqlite3.connect(sqlite_stage.folder / "chaos.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused(sqlite_stage, words="locked", most=1)

    sqlite_stage.submit(5)

    hold(sqlite_stage, all_graded(35), seconds=40)
