"""PostgreSQL's disk fills under the work: the one its tables are on, or the one its log is on.

The database's own process ends when its log has no room, and has to be started again by whatever runs it; none of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.chaos.conftest import running_stage
from tests.chaos.disks import fill
from tests.chaos.holding import all_graded, hold
from tests.chaos.stage import ChaosError, Stage
from tests.postgres import PostgresServer
from tests.services import Unavailable

pytestmark = [pytest.mark.chaos, pytest.mark.slow, pytest.mark.postgres, pytest.mark.full]
ENOUGH = 2_000


def submit_until_refused(stage: Stage, *, between: Callable[[], object] = lambda: None) -> int:
    """How many submissions were acknowledged before the first that was refused, which comes to pass."""
    for acknowledged in range(ENOUGH):
        try:
            stage.submit(1)
        except ChaosError as refusal:
            if "OperationalError" not in str(refusal):
                raise
            return acknowledged
        between()
    raise ChaosError("The disk never was full.")


def running(stage: Stage) -> dict[str, int]:
    return {name: stage.children[name].pid for name in stage.alive()}


@pytest.fixture
def tables_on_it(server: PostgresServer, disk: Path) -> Iterator[Stage]:
    yield from running_stage(server.create("cramped", on=disk))


@pytest.fixture
def log_on_it(server: PostgresServer, disk: Path) -> Iterator[Stage]:
    for stage in running_stage(server.create("cramped")):
        server.keep_log_on(disk)
        yield stage


def test_tables_without_room_lose_nothing_and_nobody_is_started_again(tables_on_it: Stage, disk: Path) -> None:
    tables_on_it.make_ready()
    before = running(tables_on_it)
    acknowledged = len(tables_on_it.submit(10))
    filler = fill(disk)
    acknowledged += submit_until_refused(tables_on_it)
    # As long as it takes to give up a job for good, were this the job's fault.
    tables_on_it.wait(lambda: tables_on_it.tally().open == 0, seconds=10)

    filler.unlink()
    acknowledged += len(tables_on_it.submit(5))

    hold(tables_on_it, all_graded(acknowledged))
    assert running(tables_on_it) == before


def test_a_log_without_room_ends_the_database_and_loses_nothing(
    log_on_it: Stage, server: PostgresServer, disk: Path
) -> None:
    log_on_it.make_ready()
    before = running(log_on_it)
    acknowledged = len(log_on_it.submit(10))
    filler = fill(disk)
    acknowledged += submit_until_refused(log_on_it, between=lambda: take_the_next_file(server))
    assert server.process.wait(timeout=60) != 0

    filler.unlink()
    server.start_again()
    acknowledged += len(log_on_it.submit(5))

    hold(log_on_it, all_graded(acknowledged))
    assert running(log_on_it) == before


def take_the_next_file(server: PostgresServer) -> None:
    """The log goes on in its next file, as after 16 MB more; where there is none any more, the server is ending."""
    try:
        server.ask("SELECT pg_switch_wal()")
    except Unavailable:
        return
