"""One child process: started in a session of its own, logged to a file, stopped as a group."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Program:
    """What to run, and how long it may take to stop before it is killed (seconds)."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    stop_seconds: float = 10.0


@dataclass
class Child:
    """A running program. Its process id is also the id of its process group."""

    program: Program
    log: Path
    process: subprocess.Popen[bytes]
    started: float = field(default_factory=time.monotonic)

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    @property
    def age(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self.started

    def last_lines(self, count: int = 15) -> str:
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-count:])


def start(program: Program, *, logs: Path) -> Child:
    """The program runs, and Ctrl-C in the terminal does not reach it: only its supervisor stops it."""
    logs.mkdir(parents=True, exist_ok=True)
    log = logs / f"{program.name}.log"
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 -- every command is put together in this package
            list(program.command),
            env=dict(program.environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Child(program, log, process)


def stop(child: Child) -> None:
    """The child and everything it started is gone: asked first, killed after its `stop_seconds`."""
    if child.is_alive:
        signal_group(child.pid, signal.SIGTERM, only_leader=True)
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(timeout=child.program.stop_seconds)
    # What the child left behind, such as pool processes of a worker that crashed.
    signal_group(child.pid, signal.SIGKILL)
    child.process.wait()


def signal_group(pid: int, number: signal.Signals, *, only_leader: bool = False) -> None:
    """The signal has reached the group (or its leader, which knows best how to stop its own children), if it exists."""
    with suppress(ProcessLookupError, PermissionError):
        if only_leader:
            os.kill(pid, number)
        else:
            os.killpg(pid, number)
