"""What processes and the machine spent, from Linux's /proc."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

PROC = Path("/proc")
TICK = os.sysconf("SC_CLK_TCK")
# Fields of /proc/<pid>/stat after the name, which may hold spaces: the parent, then user and system time, its own and
# that of children it has waited for.
PARENT, TIMES = 1, slice(11, 15)
PACKAGES = ("Django", "celery", "granian", "psycopg", "redis")


class NotMeasurable(Exception):
    """The machine does not tell; the message completes "not run: … because …"."""


@dataclass(frozen=True)
class Process:
    pid: int
    parent: int
    ticks: int


def processes() -> dict[int, Process]:
    """Every process there is. Raises NotMeasurable where there is no /proc."""
    if not (PROC / "self" / "stat").exists():
        raise NotMeasurable("there is no /proc on this system")
    found = (read_process(path) for path in PROC.iterdir() if path.name.isdigit())
    return {process.pid: process for process in found if process}


def read_process(path: Path) -> Process | None:
    """None when it has ended meanwhile."""
    try:
        fields = (path / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return Process(int(path.name), int(fields[PARENT]), sum(map(int, fields[TIMES])))


def cpu_ms(roots: Iterable[int]) -> float:
    """CPU time that the processes and everything below them have used, children that ended included; milliseconds.

    The clock has steps of 10 ms for each process, so only what takes long is measured well.
    """
    table = processes()
    below: dict[int, list[int]] = {}
    for process in table.values():
        below.setdefault(process.parent, []).append(process.pid)
    waiting, seen = [pid for pid in roots if pid in table], set[int]()
    while waiting:
        pid = waiting.pop()
        if pid not in seen:
            seen.add(pid)
            waiting += below.get(pid, [])
    return sum(table[pid].ticks for pid in seen) * 1000 / TICK


@dataclass(frozen=True)
class Load:
    """The machine's time since it started, in ticks over all processors."""

    busy: int
    total: int

    def share_since(self, before: Load) -> float:
        """How busy the machine was, 0..1, everybody's work included."""
        passed = self.total - before.total
        return round((self.busy - before.busy) / passed, 2) if passed else 0.0


def load() -> Load:
    ticks = [int(word) for word in (PROC / "stat").read_text().splitlines()[0].split()[1:9]]
    idle = ticks[3] + ticks[4]
    return Load(busy=sum(ticks) - idle, total=sum(ticks))


def about_machine() -> dict[str, Any]:
    """Processors, Python and the packages that the figures depend on."""
    versions = {name.lower(): version(name) for name in PACKAGES}
    return {"processors": os.cpu_count(), "kernel": platform.release(), "python": platform.python_version(), **versions}
