"""The Procfile as a platform starts it: two web servers and two workers on PostgreSQL and Redis, all on loopback.

Once they ask PostgreSQL themselves, and once a pooler that gives each transaction another connection.
"""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from config.demo import LEARNER
from config.journey import Browser, needed, sign_in, start_quiz, wait_for_grade
from config.processes.child import Child, Program, start, stop
from config.processes.guardian import Guardian
from config.processes.redis import free_port
from tests.pooler import pooled
from tests.postgres import PostgresServer
from tests.quality.source import ROOT
from tests.quality.test_deploy import UNITS, procfile, unit
from tests.services import RedisService, Unavailable, wait_for

PASSWORD = "eleven quiet herons"
ENDING = ("sweeper", "worker-1", "worker-2", "web-1", "web-2")
"""In the order of docs/operations.md."""

pytestmark = [pytest.mark.full, pytest.mark.slow, pytest.mark.chaos]


@dataclass(frozen=True)
class Platform:
    """What runs the Procfile: an environment, a port for each web server, and the children by their names."""

    environment: dict[str, str]
    ports: tuple[int, int]
    children: dict[str, Child]

    def address(self, web: int) -> str:
        return f"http://127.0.0.1:{self.ports[web]}/"

    def ready(self, web: int) -> dict[str, object]:
        """What /readyz says; the reasons where it is not."""
        try:
            with urlopen(f"{self.address(web)}readyz", timeout=5) as answer:
                said: dict[str, object] = json.load(answer)
        except HTTPError as error:
            said = {"status": error.code}
        except OSError:
            said = {}
        return said


def is_ready(platform: Platform) -> bool:
    return all(platform.ready(web) == {"status": "ready"} for web in (0, 1))


def command(process: str, port: int = 0) -> list[str]:
    """As the Procfile has it, on loopback."""
    words = shlex.split(procfile()[process].replace("$PORT", str(port)).replace("0.0.0.0", "127.0.0.1"))
    return [str(Path(sys.executable).parent / words[0]), *words[1:]]


def settings(folder: Path, database_url: str, redis_url: str, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("POSTIL_", "DJANGO_"))}
    return kept | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "SECRET_KEY": "only-for-tests-" + "x" * 50,
        "POSTIL_PUBLIC_URL": f"http://127.0.0.1:{port}/",
        "DEMO_PASSWORD": PASSWORD,
        "PYTHONPATH": str(ROOT),
    }


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
    ports, (direct, served) = (free_port(), free_port()), database
    environment = settings(tmp_path, direct, redis_service.url, ports[0])
    for line in (procfile()["release"], "python manage.py load_demo"):
        subprocess.run(["sh", "-c", line], cwd=ROOT, env=environment, check=True, capture_output=True, timeout=300)
    environment["DATABASE_URL"] = served
    found = Platform(environment, ports, {})
    programs = {
        "web-1": command("web", ports[0]),
        "web-2": command("web", ports[1]),
        "worker-1": [*command("worker"), "--hostname", "one@%h"],
        "worker-2": [*command("worker"), "--hostname", "two@%h"],
        "sweeper": command("sweeper"),
    }
    guardian = Guardian()
    with ExitStack() as ending:
        ending.callback(guardian.dismiss)
        for name, words in programs.items():
            child = start(Program(name, words, environment), logs=tmp_path / "logs")
            guardian.note(child.pid)
            ending.callback(stop, child)
            found.children[name] = child
        wait_for(
            lambda: all(found.ready(web) == {"status": "ready"} for web in (0, 1)), what="the platform", seconds=180
        )
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
