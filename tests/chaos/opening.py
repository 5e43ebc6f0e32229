"""A stage with its Redis and its folder, all of it gone at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.chaos.stage import SLEEPER, Stage
from tests.rabbitmq import RabbitService
from tests.services import running_redis, temporary_folder
from tests.templates import lay_out


@contextmanager
def opened(
    database_url: str | None, *, workload: str = SLEEPER, rabbitmq: RabbitService | None = None
) -> Iterator[Stage]:
    """A migrated stage in a folder of its own; without a URL on a new SQLite file there.

    Raises Unavailable where this machine has no Redis.
    """
    with running_redis() as redis, temporary_folder("chaos-") as folder:
        stage = Stage(folder, database_url or f"sqlite:///{folder}/chaos.sqlite3", redis, workload, rabbitmq)
        stage.note(redis.pid)
        if database_url is None and workload != SLEEPER:
            lay_out(folder / "chaos.sqlite3")
        try:
            stage.migrate()
            yield stage
        finally:
            stage.close()
