"""Starts programs, watches every one of them, starts again what crashed, and stops all of it.

Nothing here knows what the programs are. The loop is one thread that wakes every tenth of a second.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from config.processes.child import Child, Program, start, stop
from config.processes.guardian import Guardian

TICK_SECONDS = 0.1
# A program that crashes this often without ever running for STEADY_SECONDS will not get better by itself.
MOST_CRASHES = 5
STEADY_SECONDS = 60.0
LONGEST_BACKOFF = 16.0


class ProgramFailed(Exception):
    """A program ended that should be running, or did not get ready; the message says which and shows its last words."""


class Stopped(Exception):
    """A signal, or the end of the parent, asked everything to stop."""


@dataclass
class Watched:
    """A program that has to run, its child, and when it may be started again after a crash."""

    child: Child
    crashes: int = 0
    restart_at: float | None = None


@dataclass
class Supervisor:
    """`say` is told in words what happens. With `parent`, the end of that process stops everything too."""

    logs: Path
    say: Callable[[str], None]
    parent: int | None = None
    watched: dict[str, Watched] = field(default_factory=dict)
    _guardian: Guardian = field(default_factory=Guardian)
    _stop_asked: bool = False

    def start(self, program: Program) -> Child:
        """The program runs and is watched from now on."""
        child = self._start(program)
        self.watched[program.name] = Watched(child)
        return child

    def run(self, program: Program) -> None:
        """The program has run to its end, successfully, while the others were watched."""
        child = self._start(program)
        try:
            while child.is_alive:
                self.tick(may_restart=False)
        finally:
            self._stop(child)
        if child.process.returncode != 0:
            raise ProgramFailed(last_words(child))

    def wait_until(self, is_ready: Callable[[], bool], *, what: str, seconds: float) -> None:
        """`is_ready` holds. A program that ends meanwhile is a failed start, told at once."""
        deadline = time.monotonic() + seconds
        while not is_ready():
            if time.monotonic() > deadline:
                words = "\n".join(last_words(watched.child) for watched in self.watched.values())
                raise ProgramFailed(f"{what} was not ready after {seconds:.0f} seconds.\n{words}")
            self.tick(may_restart=False)

    def watch(self) -> None:
        """Runs until asked to stop (raises Stopped) or until a program keeps crashing (raises ProgramFailed)."""
        while True:
            self.tick(may_restart=True)

    def tick(self, *, may_restart: bool) -> None:
        if self._stop_asked or (self.parent is not None and os.getppid() != self.parent):
            raise Stopped
        for watched in self.watched.values():
            if not watched.child.is_alive:
                self._tend(watched, may_restart=may_restart)
        time.sleep(TICK_SECONDS)

    def stop(self) -> None:
        """Nothing that was started runs any more; the last started stops first."""
        while self.watched:
            _, watched = self.watched.popitem()
            self._stop(watched.child)
        self._guardian.dismiss()

    def pid(self, name: str) -> int:
        return self.watched[name].child.pid

    @contextmanager
    def signals(self) -> Iterator[None]:
        """Ctrl-C and TERM mean stop, even where the shell started us with Ctrl-C ignored."""
        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.signal(number, self._ask_to_stop) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop_asked = True

    def _start(self, program: Program) -> Child:
        child = start(program, logs=self.logs)
        self._guardian.note(child.pid)
        return child

    def _stop(self, child: Child) -> None:
        stop(child)
        self._guardian.forget(child.pid)

    def _tend(self, watched: Watched, *, may_restart: bool) -> None:
        if not may_restart:
            raise ProgramFailed(last_words(watched.child))
        if watched.restart_at is None:
            self._plan_restart(watched)
        elif time.monotonic() >= watched.restart_at:
            watched.child = self._start(watched.child.program)
            watched.restart_at = None

    def _plan_restart(self, watched: Watched) -> None:
        child = watched.child
        self._stop(child)
        watched.crashes = 1 if child.age > STEADY_SECONDS else watched.crashes + 1
        if watched.crashes > MOST_CRASHES:
            raise ProgramFailed(last_words(child))
        pause = min(2.0 ** (watched.crashes - 1), LONGEST_BACKOFF)
        watched.restart_at = time.monotonic() + pause
        self.say(f"{child.program.name} ended unexpectedly and starts again in {pause:.0f} s; see {child.log}")


def last_words(child: Child) -> str:
    code = child.process.poll()
    state = "is still running" if code is None else f"ended with code {code}"
    return f"{child.program.name} {state}. Its log, {child.log}, ends with:\n{child.last_lines()}"
