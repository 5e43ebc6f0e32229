"""Waking a worker through the broker. A hint may be lost, late or doubled; the row stays what counts."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from uuid import UUID

from amqp import ChannelError, RecoverableConnectionError
from celery import current_app
from kombu.pools import ProducerPool

from jobs.domain.schedule import schedule

logger = logging.getLogger(__name__)
TASK = "jobs.run_job"
_PRODUCERS = 32
_NOT_FOUND = "404"


class Breaker:
    """After one failure there is a pause in which nobody tries, so that a dead broker costs one timeout, not many."""

    def __init__(self) -> None:
        self.errors = 0
        self.open_until = 0.0
        self.failing_since: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether hints are kept back for now."""
        return time.monotonic() < self.open_until

    def failed(self) -> None:
        """One more hint could not be published; the next ones are kept back for a while."""
        now = time.monotonic()
        self.errors += 1
        self.open_until = now + schedule().hint_pause
        self.failing_since = self.failing_since or now

    def worked(self) -> None:
        """The broker takes hints; none is kept back any more."""
        self.open_until = 0.0
        self.failing_since = None

    def failing_for(self) -> float:
        """Seconds since the first failure after which nothing went out; 0.0 when the last hint did."""
        return 0.0 if self.failing_since is None else time.monotonic() - self.failing_since


breaker = Breaker()


def send(job_uuid: UUID) -> bool:
    """A worker was told that the job is due; False when the broker did not take the hint or is being left alone.

    Never raises, and never takes longer than the schedule's `hint_timeout` and a little.
    """
    if breaker.is_open:
        return False
    try:
        _publish(str(job_uuid))
    except Exception as error:  # noqa: BLE001 -- a hint must never fail what it follows; it is counted and logged
        breaker.failed()
        logger.warning("No hint for job %s, the sweeper will send it: %s", job_uuid, error)
        return False
    breaker.worked()
    return True


def waiting() -> int | None:
    """How many messages no worker has taken yet; None when the broker does not say. As quick as `send`."""
    if breaker.is_open:
        return None
    try:
        count = _message_count()
    except Exception as error:  # noqa: BLE001 -- as for a hint
        breaker.failed()
        logger.warning("The broker does not say how much is waiting: %s", error)
        return None
    breaker.worked()
    return count


def _message_count() -> int:
    return int(_asked(_count_by))


def _count_by(producer: Any) -> int:
    try:
        queue = producer.channel.queue_declare(current_app.conf.task_default_queue, passive=True)
    except ChannelError as error:  # kombu's word for it too, where Redis has no such list
        if str(error.reply_code) != _NOT_FOUND:
            raise
        return 0  # nothing was ever sent
    return int(queue.message_count)


def _publish(job_uuid: str) -> None:
    """The hint is on its way. Whether RabbitMQ has kept it is not waited for: a lost one is sent again all the same."""

    def publish_by(producer: Any) -> None:
        current_app.send_task(TASK, args=[job_uuid], producer=producer, retry=False, ignore_result=True)

    _asked(publish_by)


def _asked(question: Callable[[Any], Any]) -> Any:
    """The broker's answer; over a new connection, where it turns out that the broker had closed the one that was kept.

    A RabbitMQ that was restarted closes them all. It is there again, so this is no failure, and nobody has waited.
    """
    with _producer() as producer:
        try:
            return question(producer)
        except Exception as error:
            if not _was_closed(error):
                raise
            producer.connection.collect()
            producer.revive(producer.connection)
            return question(producer)


def _was_closed(error: Exception) -> bool:
    """Whether the broker had hung up, rather than being silent or not there. Celery wraps what it passes on."""
    cause = error.__cause__ or error
    is_silent_or_gone = isinstance(cause, TimeoutError | BlockingIOError | ConnectionRefusedError)
    return isinstance(cause, OSError | RecoverableConnectionError) and not is_silent_or_gone


@contextmanager
def _producer() -> Iterator[Any]:
    """One that nobody else has. A connection that failed is dropped without a word, which would be waited for too."""
    waits = schedule().hint_timeout / 4
    with _producers(os.getpid()).acquire(block=True, timeout=waits) as producer:  # type: ignore[no-untyped-call]  # -- kombu
        try:
            yield producer
        except Exception:
            producer.connection.collect()
            raise


@lru_cache(maxsize=1)
def _producers(pid: int) -> ProducerPool:
    """Connections of this process (a fork must not share sockets) that give up soon and never try twice.

    The worker's own connection has to be patient, so these options cannot be the app's: kombu retries a first
    connection for 6 seconds unless `max_retries` is 0 here. The clients of Redis and RabbitMQ call their waits by
    different names, and each passes over the other's.
    """
    del pid
    names = ("socket_timeout", "socket_connect_timeout", "connect_timeout", "read_timeout", "write_timeout")
    options = dict.fromkeys(names, schedule().hint_timeout) | {"max_retries": 0}
    connection = current_app.connection_for_write(transport_options=options)
    return ProducerPool(connection.Pool(_PRODUCERS), limit=_PRODUCERS)  # type: ignore[no-untyped-call]  # -- kombu


def forget_connections() -> None:
    """The next hint opens a connection of its own: after a fork, or when the broker's address has changed."""
    _producers.cache_clear()
