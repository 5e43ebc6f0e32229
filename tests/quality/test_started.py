"""The Procfile as a platform starts it: two web servers and two workers on PostgreSQL and Redis, all on loopback.

Once they ask PostgreSQL themselves, and once a pooler that gives each transaction another connection.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.demo import LEARNER
from config.journey import Browser, needed, sign_in, start_quiz, wait_for_grade
from config.processes.child import Child
from tests.pooler import pooled
from tests.postgres import PostgresServer
from tests.quality.test_deploy import UNITS, unit
from tests.services import RedisService, Unavailable
from tests.started import PASSWORD, Platform, started

ENDING = ("sweeper", "worker-1", "worker-2", "web-1", "web-2")
"""In the order of docs/operations.md."""

pytestmark = [pytest.mark.full, pytest.mark.slow, pytest.mark.chaos]


@pytest.fixture(params=["directly", "through a pooler"])
def database(request: pytest.FixtureRequest, postgres_server: PostgresServer) -> Iterator[tuple[str, str]]:
    """The URL for commands that make tables, and that for whatever serves."""
    name = request.param.replace(" ", "_")
    direct = postgres_server.create(name)
    if request.param == "directly":
        yield direct, direct
        return
    try:
        with pooled(postgres_server, name) as url:
            yield direct, f"{url}?server_side_binding=off"
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture
def platform(database: tuple[str, str], redis_service: RedisService, tmp_path: Path) -> Iterator[Platform]:
    direct, served = database
    with started(tmp_path, released_on=direct, served_by=served, redis_url=redis_service.url) as found:
        yield found


def test_what_one_web_server_takes_another_shows_and_all_stop_in_time(platform: Platform) -> None:
    browser = Browser(platform.address(0))
    sign_in(browser, email=LEARNER, password=PASSWORD)
    answering = start_quiz(browser)
    attempt = answering.address.rstrip("/").rpartition("/")[2]
    # Cookies belong to a host whatever its port, as behind a proxy.
    browser.base = platform.address(1)
    summary = browser.send(needed(browser.get(f"/attempts/{attempt}/"), rf"/attempts/{attempt}/$"), go="summary")
    browser.send(needed(summary, r"/submit/$"))
    browser.base = platform.address(0)
    wait_for_grade(browser, attempt)
    graded = [browser.read(f"{platform.address(web)}api/v1/attempts/{attempt}/")["grading"] for web in (0, 1)]
    assert graded[0] == graded[1] != "pending"

    for name in ENDING:
        stops(platform.children[name])
    assert {name: platform.children[name].process.returncode for name in ENDING} == dict.fromkeys(ENDING, 0)


def stops(child: Child) -> None:
    """It has ended after SIGTERM. Raises TimeoutExpired after what its unit leaves it before it is killed."""
    service = unit(f"{UNITS[child.program.name.partition('-')[0]]}.service")["Service"]
    os.kill(child.pid, signal.SIGTERM)
    child.process.wait(timeout=int(service["TimeoutStopSec"]))
