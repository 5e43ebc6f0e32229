"""Two hosts, each with a worker, a sweeper and a web process, and the database and Redis on a third: one is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest

from config.processes.redis import free_port
from tests.chaos.holding import all_graded, hold
from tests.chaos.hosts import NETWORK, Host, two_hosts
from tests.chaos.stage import ChaosError, Stage
from tests.postgres import Listening, running_postgres
from tests.services import Unavailable, running_redis, temporary_folder

pytestmark = [pytest.mark.chaos, pytest.mark.slow, pytest.mark.postgres]
SERVER = {"tcp_user_timeout": 2_000, "tcp_keepalives_idle": 1, "tcp_keepalives_interval": 1, "tcp_keepalives_count": 2}
CLIENT = {name.removeprefix("tcp_") if "keep" in name else name: value for name, value in SERVER.items()}
SOON = urlencode({**CLIENT, "options": " ".join(f"-c {name}={value}" for name, value in SERVER.items())})
"""The product's waits for a host that says nothing, scaled down as the other periods are."""


@dataclass(frozen=True)
class Site:
    """One host and what runs on it."""

    host: Host
    stage: Stage


@pytest.fixture(scope="module")
def sites() -> Iterator[tuple[Site, Site]]:
    try:
        with ExitStack() as stack:
            hosts = stack.enter_context(two_hosts())
            gateways = tuple(host.gateway for host in hosts)
            server = stack.enter_context(running_postgres(Listening(gateways, free_port(), NETWORK)))
            redis = stack.enter_context(running_redis(*gateways))
            server.create("hosts")
            made = []
            for host in hosts:
                folder = stack.enter_context(temporary_folder("chaos-"))
                url = f"{server.url_at(host.gateway, 'hosts')}?{SOON}"
                stage = Stage(folder, url, redis.at(host.gateway), enter=host.enter)
                stack.callback(stage.close)
                made.append(Site(host, stage))
            made[0].stage.migrate()
            yield made[0], made[1]
    except Unavailable as reason:
        pytest.skip(str(reason))


def open_both(north: Site, south: Site, *, workers: tuple[int, int] = (1, 1)) -> None:
    for site, count in zip((north, south), workers, strict=True):
        site.host.plug_it_in()
        site.stage.make_ready(workers=count)


@pytest.mark.full
def test_a_host_that_is_cut_off_while_it_grades_loses_nothing_and_comes_back(sites: tuple[Site, Site]) -> None:
    north, south = sites
    open_both(north, south)
    for site in sites:
        site.stage.submit(20, seconds=0.2)
    assert north.stage.wait(lambda: north.stage.tally().graded >= 5, seconds=10)

    south.host.pull_the_cable()
    with pytest.raises(ChaosError, match="OperationalError"):
        south.stage.submit(1)
    north.stage.submit(5)
    hold(north.stage, all_graded(45))

    south.host.plug_it_in()
    north.stage.kill("worker0")
    south.stage.submit(5)
    hold(north.stage, all_graded(50), seconds=40)


def test_a_host_that_is_cut_off_while_it_holds_a_row_holds_nobody_up(sites: tuple[Site, Site]) -> None:
    north, south = sites
    open_both(north, south, workers=(0, 1))
    south.stage.submit(1, mode="records_slowly", seconds=3)
    assert north.stage.wait(lambda: north.stage.tally().runs == 1, seconds=10)

    south.host.pull_the_cable()
    north.stage.add_worker()

    hold(north.stage, all_graded(1, runs=2))
    south.host.plug_it_in()
