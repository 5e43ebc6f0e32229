"""A whole installation of its own: Redis, worker, sweeper and web server as processes, its data in a new folder."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from config.demo import is_served, programs
from config.processes.child import signal_group
from config.processes.redis import free_port
from config.processes.supervisor import Supervisor
from tests.authoring.providers.service import MODEL, Service, running_service
from tests.mirror import MIRRORED, as_asked
from tests.services import RedisService, running_redis, temporary_folder, wait_for
from tests.templates import lay_out_sample

ROOT = Path(__file__).parent.parent.parent
PASSWORD = "three plain words"
LINK = re.compile(r"http://\S+/accounts/\S+")


@dataclass
class Installation:
    """What a person would have after installing Postil; mail goes to files. Nothing of it is the test's own process.

    The model that may draft questions is the `service`, which says what a test has it say.
    """

    folder: Path
    redis: RedisService
    service: Service
    port: int = field(default_factory=free_port)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.supervisor = Supervisor(logs=self.folder / "logs", say=self.said.append)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("POSTIL_")}
        return kept | {
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": f"sqlite:///{self.folder}/postil.sqlite3",
            "REDIS_URL": self.redis.url,
            "SECRET_KEY": "only-for-tests-" + "x" * 50,
            "PORT": str(self.port),
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "DEMO_PASSWORD": PASSWORD,
            "POSTIL_SIGNUP": "open",
            "POSTIL_IMPORT_BY_URL": "true",
            "POSTIL_EMAIL_URL": f"file://{self.folder}/mail",
            "POSTIL_MODEL_PROVIDER": "openai",
            "POSTIL_MODEL": MODEL,
            "POSTIL_MODEL_URL": self.service.address,
            **as_asked(),
        }

    def manage(self, *arguments: str) -> str:
        """What the command said; it went well."""
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        """The database is migrated, and worker, sweeper and web server run."""
        lay_out_sample(self.folder / "postil.sqlite3")
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--no-input", "--verbosity", "0")
        for program in programs(self.environment, port=self.port):
            self.supervisor.start(program)
        self.supervisor.wait_until(lambda: is_served(self.port), what="The web server", seconds=180)

    def pid(self, name: str) -> int:
        return self.supervisor.pid(name)

    def password_link(self, address: str) -> str:
        """The link that `create_instructor` prints."""
        return str(LINK.findall(self.manage("create_instructor", address))[0])

    def mailed_link(self, address: str) -> str:
        """The link in the newest mail to the address."""
        found: list[str] = []

        def has_come() -> bool:
            letters = [path.read_text(encoding="utf-8") for path in sorted(self.folder.glob("mail/*.log"))]
            found[:] = [link for letter in letters if f"To: {address}" in letter for link in LINK.findall(letter)]
            return bool(found)

        wait_for(has_come, what=f"mail to {address}")
        return found[-1]

    @contextmanager
    def without_worker(self) -> Iterator[None]:
        """The worker and its pool stand still meanwhile, so that whoever waits can be seen waiting."""
        signal_group(self.pid("worker"), signal.SIGSTOP)
        try:
            yield
        finally:
            signal_group(self.pid("worker"), signal.SIGCONT)

    @contextmanager
    def mirrored(self) -> Iterator[str]:
        """The address of a second web server meanwhile, of the same data, whose pages are laid out from the right."""
        port = free_port()
        web = programs(self.environment | MIRRORED | {"PORT": str(port)}, port=port)[-1]
        supervisor = Supervisor(logs=self.folder / "mirrored", say=self.said.append)
        try:
            supervisor.start(web)
            supervisor.wait_until(lambda: is_served(port), what="The mirrored web server", seconds=180)
            yield f"http://127.0.0.1:{port}"
        finally:
            supervisor.stop()

    def done_by_worker(self) -> int:
        """How many jobs the worker says it has done."""
        log = self.folder / "logs" / "worker.log"
        return sum("jobs.run_job" in line and "succeeded" in line for line in log.read_text().splitlines())


@contextmanager
def running_installation() -> Iterator[Installation]:
    """An installation that answers. Raises tests.services.Unavailable where there is no Redis."""
    with temporary_folder("postil-e2e-") as folder, running_redis() as redis, running_service() as service:
        installation = Installation(folder, redis, service)
        try:
            installation.start()
            yield installation
        finally:
            installation.supervisor.stop()
