"""Everything at once, for as long as one likes: work comes in while a fault comes every few seconds.

`python -m tests.chaos.soaking --minutes 30`, or `make soak`, is the long form, with faults of every sort and a line for
each; a test plays the short one.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from tests.chaos.opening import opened
from tests.chaos.stage import SLEEPER, Stage
from tests.chaos.workload import Tally, in_words
from tests.postgres import running_postgres
from tests.services import Unavailable

EVERY = 4.0
MOST_OPEN = 100
"""While so much waits for its grade, nothing more is submitted: what is tried is faults, not how much a machine can."""
PATIENCE = 60.0
Fault = Callable[[Stage], None]


def kill_worker(stage: Stage) -> None:
    name = random.choice(["worker0", "worker1"])
    stage.kill(name)
    stage.restart(name)


def kill_pool_child(stage: Stage) -> None:
    for pid in stage.pool_children("worker0")[:1]:
        os.kill(pid, signal.SIGKILL)


def kill_redis(stage: Stage) -> None:
    stage.redis.kill()
    stage.wake_redis()


def freeze_redis(stage: Stage) -> None:
    os.kill(stage.redis.pid, signal.SIGSTOP)
    stage.submit(2)
    os.kill(stage.redis.pid, signal.SIGCONT)


def cut_web_short(stage: Stage) -> None:
    stage.lose_web()
    stage.open_door()


def kill_sweeper(stage: Stage) -> None:
    stage.kill("sweeper")
    stage.restart("sweeper")


def stop_worker(stage: Stage) -> None:
    """As a new version is installed: it may end what it does, and another comes in its place."""
    stage.signal("worker1", signal.SIGTERM, only_leader=True)
    stage.wait(lambda: "worker1" not in stage.alive(), seconds=10)
    stage.kill("worker1")
    stage.restart("worker1")


def freeze_worker(stage: Stage) -> None:
    """For longer than its leases: what it had is taken over, and what it brings afterwards is refused."""
    stage.signal("worker0", signal.SIGSTOP)
    time.sleep(EVERY)
    stage.signal("worker0", signal.SIGCONT)


def deliver_thrice(stage: Stage) -> None:
    stage.submit(5, seconds=0.1)
    stage.ask("hint_again", times=2)


def poison(stage: Stage) -> None:
    """One submission kills every worker that takes it, and is to end as given up."""
    stage.submit(1, mode="die")


FAULTS: tuple[Fault, ...] = (kill_worker, kill_redis, kill_pool_child, freeze_redis, cut_web_short, kill_sweeper)
FURTHER: tuple[Fault, ...] = (stop_worker, freeze_worker, deliver_thrice, poison)


@dataclass
class Soaked:
    """What was injected, by name, and what became of all that was submitted."""

    faults: Counter[str] = field(default_factory=Counter)
    tally: Tally | None = None
    seconds: float = 0.0

    @property
    def is_whole(self) -> bool:
        """Everything is graded once, and what no worker outlives is given up."""
        poisoned, tally = self.faults["poison"], self.tally
        return tally is not None and (tally.open, tally.duplicates, tally.given_up) == (0, 0, poisoned)

    def __str__(self) -> str:
        each = ", ".join(f"{count} × {name.replace('_', ' ')}" for name, count in sorted(self.faults.items()))
        told = in_words(self.tally, self.seconds) if self.tally else "nothing counted"
        return f"{self.faults.total()} faults ({each}): {told}"


def soak(
    stage: Stage, *, seconds: float, faults: Sequence[Fault], patience: float, say: Callable[[str], object] = str
) -> Soaked:
    """Work came in for so long, a fault every EVERY seconds, each sort in turn; then all had time to settle."""
    soaked, turns = Soaked(), in_turn(faults)
    ends = time.monotonic() + seconds
    due = time.monotonic() + EVERY
    while time.monotonic() < ends:
        stage.revive()
        if stage.tally().open < MOST_OPEN:
            stage.submit(3, seconds=0.1)
        time.sleep(0.2)
        if time.monotonic() > due:
            fault = next(turns)
            fault(stage)
            soaked.faults[fault.__name__] += 1
            say(f"{fault.__name__.replace('_', ' '):16}  {stage.tally()}")
            due = max(due + EVERY, time.monotonic())
    settling = time.monotonic()
    soaked.tally = stage.settle(seconds=patience)
    soaked.seconds = time.monotonic() - settling
    return soaked


def in_turn(faults: Sequence[Fault]) -> Iterator[Fault]:
    """Every fault once in an order of its own, and again, for ever."""
    while True:
        yield from random.sample(faults, len(faults))


@contextmanager
def staged(database: str) -> Iterator[tuple[Stage, tuple[Fault, ...]]]:
    """A stage on this database, and the faults it knows. PostgreSQL is one of our own, which may crash too."""
    if database == "sqlite":
        with opened(None, workload=SLEEPER) as stage:
            yield stage, (*FAULTS, *FURTHER)
        return
    with running_postgres() as server, opened(server.create("soak"), workload=SLEEPER) as stage:

        def crash_database(_: Stage) -> None:
            server.crash_and_restart()

        yield stage, (*FAULTS, *FURTHER, crash_database)


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.chaos.soaking", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help="for how long faults come")
    parser.add_argument("--database", choices=["postgresql", "sqlite"], default="postgresql")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="the order of the faults")
    given = parser.parse_args()
    random.seed(given.seed)
    began = time.monotonic()
    print(f"{given.minutes:g} minutes on {given.database}, a fault every {EVERY:g} s, seed {given.seed}", flush=True)
    try:
        with staged(given.database) as (stage, faults):
            stage.make_ready()
            run = partial(soak, stage, seconds=given.minutes * 60, faults=faults, patience=PATIENCE)
            soaked = run(say=lambda line: print(f"{time.monotonic() - began:6.0f} s  {line}", flush=True))
            if not soaked.is_whole:
                print(stage.logs())
    except Unavailable as reason:
        print(f"not run because {reason}", file=sys.stderr)
        return 2
    print(soaked)
    return 0 if soaked.is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
