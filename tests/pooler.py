"""A PgBouncer in front of a test's PostgreSQL, sharing few connections by transaction."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from config.processes.guardian import Guardian
from config.processes.redis import free_port
from tests.postgres import PostgresServer, as_user
from tests.services import Unavailable, temporary_folder, wait_for

SETTINGS = """\
[databases]
* = host={server} user=postil
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 3
logfile = {folder}/log
"""


@contextmanager
def pooled(server: PostgresServer, database: str) -> Iterator[str]:
    """The URL of the server's database through a pooler of three connections, which is gone at the end."""
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        raise Unavailable("there is no pgbouncer here")
    with temporary_folder("postil-pool-") as folder:
        os.chown(folder, server.user, -1)
        port, file = free_port(), folder / "pgbouncer.ini"
        file.write_text(SETTINGS.format(server=server.folder, port=port, folder=folder))
        process = _started(program, file, server)
        guardian = Guardian()
        guardian.note(process.pid)
        try:
            wait_for(lambda: _listens(port), what="PgBouncer")
            yield f"postgres://postil@127.0.0.1:{port}/{database}"
        finally:
            process.kill()
            process.wait()
            guardian.forget(process.pid)
            guardian.dismiss()


def _started(program: str, file: Path, server: PostgresServer) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        [program, str(file)], stdout=quiet, stderr=quiet, start_new_session=True, **as_user(server.user)
    )


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
