"""Keeping a lease while work takes long, without the work having to think of it."""

from __future__ import annotations

import logging
from threading import Event, Thread
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection

from jobs.domain.claim import ClaimedJob
from jobs.domain.errors import LostLease
from jobs.domain.registry import kind_of

logger = logging.getLogger(__name__)
# Work that hangs must lose its lease some day; work that is slow on purpose calls heartbeat() itself.
RENEWALS = 30


class LeaseKeeper:
    """While open, renews the claim each third of its lease, in a thread with a database connection of its own."""

    def __init__(self, claimed: ClaimedJob) -> None:
        self.claimed = claimed
        self.period = kind_of(claimed.kind).lease / 3
        self.closing = Event()
        self.thread = Thread(target=self._renew, name=f"lease-{claimed.uuid}", daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self.thread.join()

    def _renew(self) -> None:
        used = False
        for _ in range(RENEWALS):
            if self.closing.wait(self.period) or not self._beat():
                break
            used = True
        if used:
            connection.close()

    def _beat(self) -> bool:
        try:
            self.claimed.heartbeat()
        except LostLease:
            return False
        except DatabaseError as error:
            logger.warning("The lease of job %s was not renewed: %s", self.claimed.uuid, error)
            connection.close()
        return True
