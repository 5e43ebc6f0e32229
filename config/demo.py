"""What the demo is made of, and the order in which it starts."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from config.processes.child import Program
from config.processes.redis import answers, private_redis
from config.processes.supervisor import Supervisor
from config.redis_url import FILE as REDIS_URL_FILE

BASE_DIR = Path(__file__).resolve().parent.parent
INSTRUCTOR, LEARNER = "instructor@example.org", "learner@example.org"


@dataclass(frozen=True)
class Demo:
    """Where the demo runs. `given` is the environment it was started from."""

    folder: Path
    port: int
    password: str
    given: Mapping[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def environment(self, redis_url: str) -> dict[str, str]:
        ours = {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATA_DIR": str(self.folder),
            "PORT": str(self.port),
            "REDIS_URL": redis_url,
            "POSTIL_DEMO": "true",
            "DEMO_PASSWORD": self.password,
            "PYTHONPATH": str(BASE_DIR),
            "PYTHONUNBUFFERED": "1",
        }
        return {name: value for name, value in self.given.items() if name != "DEMO_PASSWORD_FILE"} | ours


def start_demo(demo: Demo, supervisor: Supervisor, say: Callable[[str], None], *, sockets: Path) -> None:
    """Redis, worker, sweeper and web are up, the database is migrated and the sample course is loaded."""
    environment = demo.environment(start_redis(demo, supervisor, say, sockets=sockets))
    python = sys.executable
    say("Preparing the database and the sample course …")
    supervisor.run(Program("prepare", [python, str(BASE_DIR / "manage.py"), "prepare_demo"], environment))
    for program in programs(environment, port=demo.port):
        supervisor.start(program)
    supervisor.wait_until(lambda: is_served(demo.port), what="The web server", seconds=60)


def start_redis(demo: Demo, supervisor: Supervisor, say: Callable[[str], None], *, sockets: Path) -> str:
    """The URL of a Redis that answers: the one that REDIS_URL names, else a private one started here."""
    if url := demo.given.get("REDIS_URL"):
        return url
    redis = private_redis(sockets, demo.given)
    if not redis.is_real:
        say(
            "WARNING: there is no redis-server on PATH and none for this platform in the package registry. A slow\n"
            "stand-in written in Python takes its place: good for a look around, not for anything else."
        )
    supervisor.start(redis.program)
    supervisor.wait_until(lambda: answers(redis.url), what="Redis", seconds=30)
    # Commands run beside the demo on the same data folder reach its workers through this.
    (demo.folder / REDIS_URL_FILE).write_text(redis.url, encoding="utf-8")
    return redis.url


def programs(environment: Mapping[str, str], *, port: int) -> list[Program]:
    """Worker, sweeper and web server, in the order they start."""
    python = sys.executable
    level = environment.get("POSTIL_LOG_LEVEL", "INFO")
    worker = [python, "-m", "celery", "-A", "config", "worker", "--concurrency", "2", "--loglevel", level]
    worker += ["--without-gossip", "--without-mingle", "--hostname", f"demo-{port}@%h"]
    web = [python, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    web += ["--workers", "1", "--blocking-threads", "4", "--no-ws", "config.wsgi:application"]
    sweeper = [python, str(BASE_DIR / "manage.py"), "sweep", "--inline"]
    return [
        Program("worker", worker, environment, stop_seconds=15),
        Program("sweeper", sweeper, environment),
        Program("web", web, environment),
    ]


def is_served(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def demo_password(folder: Path, given: Mapping[str, str]) -> str:
    """The password of both demo accounts: as given, else a random one that stays the same for this data folder."""
    if password := given.get("DEMO_PASSWORD"):
        return password
    path = folder / "demo-password"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text("-".join(secrets.token_hex(2) for _ in range(4)), encoding="ascii")
    return path.read_text(encoding="ascii")


def short_folder() -> Path:
    """A private folder whose name leaves room for a socket: paths of sockets end at 108 bytes."""
    root = "/tmp" if os.access("/tmp", os.W_OK) else None  # noqa: S108 -- mkdtemp makes a private folder in it
    return Path(tempfile.mkdtemp(prefix="postil-", dir=root))


def forget(demo: Demo, sockets: Path) -> None:
    """Nothing points at the sockets of a demo that has ended."""
    (demo.folder / REDIS_URL_FILE).unlink(missing_ok=True)
    shutil.rmtree(sockets, ignore_errors=True)
