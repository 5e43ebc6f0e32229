"""The web process of a chaos test: takes commands as lines of JSON and answers in lines of JSON.

It is a process of its own because it has to be killed too, and because its database is not the test's. It runs as
`python -m django chaos_door`, so that Django is set up before anything here is imported.
"""

from __future__ import annotations

import json
import os
import pickle
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from importlib import import_module
from typing import Any, TextIO
from uuid import UUID

from celery import current_app

from jobs.domain import health, hints
from jobs.domain.connections import drop_broken_connections
from jobs.domain.health import SWEEPER, clock_ahead
from jobs.models import LIVE, Beat, Job, JobState, Tally
from tests.chaos.workload import Workload


def workload() -> Workload:
    """The one named by CHAOS_WORKLOAD as `module:Class`."""
    module, _, name = os.environ["CHAOS_WORKLOAD"].partition(":")
    made: Workload = getattr(import_module(module), name)()
    return made


class Door:
    """One method for each command."""

    def __init__(self) -> None:
        self.workload = workload()

    def submit(self, *, count: int, mode: str = "sleep", seconds: float = 0.02) -> list[float]:
        """Seconds that each submission took until it was answered."""
        return [self._timed(lambda: self.workload.submit(mode=mode, seconds=seconds)) for _ in range(count)]

    def tally(self) -> dict[str, int]:
        return self.workload.tally().as_json()

    def health(self) -> dict[str, Any]:
        return asdict(health())

    def hint_again(self, *, times: int) -> int:
        """Every live job is hinted so many times more; how many hints the broker took."""
        live = [job.uuid for job in Job.objects.filter(state__in=LIVE)]
        return sum(hints.send(job_uuid) for job_uuid in live * times)

    def throw_hints_away(self) -> int:
        """No message waits for a worker any more; how many there were."""
        with current_app.connection_for_write() as connection:
            return int(connection.default_channel.queue_purge(current_app.conf.task_default_queue))

    def lay_trap(self, *, path: str) -> None:
        """Two messages wait: one that makes a file where it is unpacked, and one for a task that is not there."""
        with current_app.connection_for_write() as connection:
            current_app.send_task("nobody.knows_this", args=[path], connection=connection, retry=False)
            current_app.amqp.Producer(connection).publish(
                pickle.dumps(Trap(path)),
                routing_key=current_app.conf.task_default_queue,
                content_type="application/x-python-serialize",
                content_encoding="binary",
                headers={"task": hints.TASK, "id": "trap"},
            )

    def broker_errors(self) -> int:
        """How often this process asked the broker in vain; in between it leaves it alone."""
        return hints.breaker.errors

    def hours_off(self) -> list[int]:
        """By how many hours, of those who graded, the clocks were off: each once."""
        now = time.time()
        return sorted({round((clock - now) / 3_600) for clock in self.workload.clocks()})

    def sweeper_hours_off(self) -> int | None:
        """By how many hours the sweeper's clock is off, as `doctor` finds it; None before its first pass."""
        ahead = clock_ahead(SWEEPER)
        return None if ahead is None else round(ahead / 3_600)

    def most_tries(self) -> int:
        return max(Job.objects.values_list("tries", flat=True), default=0)

    def errors(self) -> list[str]:
        return sorted(Job.objects.filter(state=JobState.QUARANTINED).values_list("error", flat=True))

    def die_between_commit_and_hint(self, *, seconds: float = 0.02) -> None:
        """The row is there, and this process is not."""
        # What a kill at this very place would do.
        hints.send = _exit
        self.workload.submit(mode="sleep", seconds=seconds)

    def start_afresh(self) -> None:
        self.workload.forget_all()
        for model in (Beat, Tally):
            model._default_manager.all().delete()
        hints.forget_connections()
        hints.breaker.worked()
        hints.breaker.errors = 0

    @staticmethod
    def _timed(call: Callable[[], object]) -> float:
        before = time.perf_counter()
        call()
        return time.perf_counter() - before


class Trap:
    """What makes a file by being unpacked, as what somebody else packed might do anything."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return open, (self.path, "w")


def _exit(job_uuid: UUID) -> bool:
    os._exit(9)


def serve(lines: Iterable[str], out: TextIO) -> None:
    """Answers each line `{"do": name, …}` with `{"answer": …}`, or `{"error": …}`, until there are no more."""
    door = Door()
    print(json.dumps({"answer": "ready"}), file=out, flush=True)
    for line in lines:
        command = json.loads(line)
        drop_broken_connections()
        try:
            said = {"answer": getattr(door, command.pop("do"))(**command)}
        except Exception as error:  # noqa: BLE001 -- the driver raises it on its side
            said = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(said, default=str), file=out, flush=True)
