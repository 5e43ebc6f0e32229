"""A RabbitMQ for one test run, started as an ordinary user in a temporary folder, on loopback ports of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from config.processes.child import signal_group
from config.processes.guardian import Guardian
from config.processes.redis import free_port
from tests.postgres import as_user, ordinary_user
from tests.services import Unavailable, temporary_folder, wait_for

PACKAGED = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
"""Where Debian keeps the server itself; what is on its PATH runs for root and for one user alone."""
START_SECONDS = 120.0
GREETING, ANSWER = b"AMQP\x00\x00\x09\x01", b"\x01\x00\x00"
"""What a client says first, and how the server's first frame begins."""
CONFIGURATION = """\
listeners.tcp.1 = 127.0.0.1:{port}
default_vhost = postil
default_user = postil
default_pass = {password}
loopback_users.postil = true
log.console = true
log.console.level = warning
log.file = false
"""


@dataclass
class RabbitService:
    """A RabbitMQ of our own that a test may freeze, kill and start again at the same address, with what it had kept."""

    folder: Path
    user: int
    port: int = field(default_factory=free_port)
    nodes_port: int = field(default_factory=free_port)
    mapper_port: int = field(default_factory=free_port)
    password: str = field(default_factory=lambda: os.urandom(8).hex())
    guardian: Guardian = field(default_factory=Guardian)
    mapper: subprocess.Popen[bytes] | None = None
    server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"amqp://postil:{self.password}@127.0.0.1:{self.port}/postil"

    def start(self) -> None:
        """It runs; `answers` says when it can be asked."""
        self.mapper = self._run("epmd", ["epmd", "-port", str(self.mapper_port), "-address", "127.0.0.1"])
        self._serve()

    def start_again(self) -> None:
        """It answers once more, and has what it had kept."""
        self._serve()
        wait_for(self.answers, what="RabbitMQ", seconds=START_SECONDS)

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=0.5) as connection:
                connection.sendall(GREETING)
                return connection.recv(64).startswith(ANSWER)
        except OSError:
            return False

    def freeze(self) -> None:
        """It takes connections and bytes, as a frozen process does, and answers nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """It is gone at once, as after `kill -9`."""
        self._signal(signal.SIGKILL)
        self._collect(self.server)
        self.server = None

    def wake(self) -> None:
        """It runs and is not frozen."""
        self.thaw()
        if self.server is None:
            self.start_again()

    def stop(self) -> None:
        """Nothing of it is left."""
        self.kill()
        if self.mapper is not None:
            signal_group(self.mapper.pid, signal.SIGKILL)
            self._collect(self.mapper)
        self.guardian.dismiss()

    def _signal(self, number: signal.Signals) -> None:
        if self.server is not None:
            signal_group(self.server.pid, number)

    def _collect(self, process: subprocess.Popen[bytes] | None) -> None:
        if process is not None:
            process.wait()
            self.guardian.forget(process.pid)

    def _serve(self) -> None:
        self.server = self._run("rabbitmq", [str(find_server())])

    def _run(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **{**as_user(self.user), "env": self._environment()},
            )
        self.guardian.note(process.pid)
        return process

    def _environment(self) -> dict[str, str]:
        """Everything in our folder and on loopback, whatever the machine's own installation says."""
        files = {
            "CONF_ENV_FILE": "none",
            "CONFIG_FILE": "rabbitmq.conf",
            "MNESIA_BASE": "kept",
            "LOG_BASE": "logs",
            "ENABLED_PLUGINS_FILE": "plugins",
        }
        named = {name: str(self.folder / file) for name, file in files.items()} | {
            "NODENAME": f"postil-{self.port}@localhost",
            "NODE_IP_ADDRESS": "127.0.0.1",
            "DIST_PORT": str(self.nodes_port),
            "SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        }
        return {f"RABBITMQ_{name}": value for name, value in named.items()} | {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(self.folder),
            "ERL_EPMD_PORT": str(self.mapper_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
        }


def find_server() -> Path | None:
    """The file name of a server that whoever we are may run."""
    if PACKAGED.exists():
        return PACKAGED
    found = shutil.which("rabbitmq-server")
    return Path(found) if found else None


@contextmanager
def running_rabbitmq() -> Iterator[RabbitService]:
    """A real RabbitMQ, gone at the end even if we are killed. Raises Unavailable where there is none."""
    if find_server() is None or shutil.which("epmd") is None:
        raise Unavailable("there is no rabbitmq-server on this machine")
    with temporary_folder("postil-rabbitmq-") as folder:
        service = RabbitService(folder, ordinary_user())
        (folder / "rabbitmq.conf").write_text(CONFIGURATION.format(port=service.port, password=service.password))
        (folder / "plugins").write_text("[].\n")
        for path in (folder, *folder.iterdir()):
            os.chown(path, service.user, -1)
        service.start()
        try:
            wait_for(service.answers, what="RabbitMQ", seconds=START_SECONDS)
            yield service
        finally:
            service.stop()
