"""What the Procfile starts, as a platform does: two web servers, two workers and a sweeper, all on loopback."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from config.processes.child import Child, Program, start, stop
from config.processes.guardian import Guardian
from config.processes.redis import free_port
from tests.quality.source import ROOT
from tests.quality.test_deploy import procfile
from tests.services import wait_for

PASSWORD = "eleven quiet herons"


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

    def is_ready(self) -> bool:
        return all(self.ready(web) == {"status": "ready"} for web in (0, 1))

    def alive(self) -> list[str]:
        """The names of those that have not ended since they were started."""
        return [name for name, child in self.children.items() if child.is_alive]


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


@contextmanager
def started(folder: Path, *, released_on: str, served_by: str, redis_url: str) -> Iterator[Platform]:
    """All run and are ready, with the sample course in the database, and are gone at the end.

    `released_on` is the database's URL for commands that make tables, `served_by` that for whatever serves. Raises
    Unavailable when they do not get ready.
    """
    ports = free_port(), free_port()
    environment = settings(folder, released_on, redis_url, ports[0])
    for line in (procfile()["release"], "python manage.py load_demo"):
        subprocess.run(["sh", "-c", line], cwd=ROOT, env=environment, check=True, capture_output=True, timeout=600)
    found = Platform(environment | {"DATABASE_URL": served_by}, ports, {})
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
            child = start(Program(name, words, found.environment), logs=folder / "logs")
            guardian.note(child.pid)
            ending.callback(stop, child)
            found.children[name] = child
        wait_for(found.is_ready, what="the platform", seconds=180)
        yield found
