"""One stage for each database and run; a test breaks it, the next one finds it mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.chaos.disks import small_disk
from tests.chaos.opening import opened
from tests.chaos.stage import SLEEPER, Stage
from tests.postgres import PostgresServer, running_postgres
from tests.rabbitmq import RabbitService
from tests.services import Unavailable


@pytest.fixture(autouse=True)
def noting_figures(reached: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """What a stage says it reached is a figure of the test that runs."""
    monkeypatch.setattr(Stage, "reached", staticmethod(reached))


def running_stage(
    database_url: str | None, *, workload: str = SLEEPER, rabbitmq: RabbitService | None = None
) -> Iterator[Stage]:
    """As `opened`; where that cannot be had, the test is skipped with the reason."""
    try:
        with opened(database_url, workload=workload, rabbitmq=rabbitmq) as stage:
            yield stage
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def sqlite_stage() -> Iterator[Stage]:
    yield from running_stage(None)


@pytest.fixture(scope="session")
def postgres_stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    server = request.getfixturevalue("postgres_server")
    yield from running_stage(server.create("chaos"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.full])])
def stage(request: pytest.FixtureRequest) -> Stage:
    """On SQLite, and in full runs on PostgreSQL too. What runs on it is up to the test: see `Stage.make_ready`."""
    made: Stage = request.getfixturevalue(f"{request.param}_stage")
    return made


@pytest.fixture
def disk() -> Iterator[Path]:
    """A small one, to be filled."""
    try:
        with small_disk("256m") as folder:
            yield folder
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """One of its own, since it is broken."""
    try:
        with running_postgres() as found:
            yield found
    except Unavailable as reason:
        pytest.skip(str(reason))
