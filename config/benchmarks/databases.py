"""The databases that figures are taken on: files in a folder, and a PostgreSQL of our own or one on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from config.benchmarks.machine import NotMeasurable, processes
from tests.postgres import running_postgres
from tests.services import Unavailable


@dataclass(frozen=True)
class Databases:
    """Where Postil's and the reference's data are, and the server's process, if it has one of its own."""

    name: str
    postil: str
    reference: str
    server: int | None = None

    def look_through(self) -> None:
        """Both databases know how many rows their tables have by now, as a server in use is told by its autovacuum.

        What was planned for tables that were still empty is planned anew.
        """
        if self.name == "postgresql":
            for url in (self.postil, self.reference):
                with psycopg.connect(url, autocommit=True) as connection:
                    connection.execute("ANALYZE")


def on_sqlite(folder: Path) -> Databases:
    return Databases("sqlite", f"sqlite:///{folder / 'postil.sqlite3'}", f"sqlite:///{folder / 'reference.sqlite3'}")


def databases_on(name: str, folder: Path) -> AbstractContextManager[Databases]:
    """Those of `name`, "sqlite" or "postgresql", until the block ends; the first are files in the folder."""
    return nullcontext(on_sqlite(folder)) if name == "sqlite" else on_postgresql()


@contextmanager
def on_postgresql() -> Iterator[Databases]:
    """Two new databases. A server of our own comes first: the figures of one that others use are theirs too.

    Raises Unavailable where there is neither one to start nor a TEST_DATABASE_URL on this machine.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    try:
        with running_postgres() as server:
            yield Databases("postgresql", server.create("postil"), server.create("reference"), server.process.pid)
            return
    except Unavailable:
        if not given:
            raise
    with on_given(given) as found:
        yield found


@contextmanager
def on_given(url: str) -> Iterator[Databases]:
    """Two databases on the server at `url`, gone afterwards. Raises Unavailable when its processes are not here."""
    names = [f"bench_{name}_{uuid4().hex[:8]}" for name in ("postil", "reference")]
    with psycopg.connect(url, autocommit=True) as connection:
        server = server_of(connection)
        for name in names:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield Databases("postgresql", with_database(url, names[0]), with_database(url, names[1]), server)
        finally:
            for name in names:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def server_of(connection: psycopg.Connection[tuple[object, ...]]) -> int:
    """The process that all of the server's processes are children of."""
    try:
        backend = processes().get(connection.info.backend_pid)
    except NotMeasurable as reason:
        raise Unavailable(str(reason)) from None
    if backend is None:
        raise Unavailable("the server at TEST_DATABASE_URL runs on another machine, where its work cannot be measured")
    return backend.parent


def with_database(url: str, name: str) -> str:
    address, mark, query = url.partition("?")
    return f"{address.rpartition('/')[0]}/{name}{mark}{query}"
