"""Stops what a killed supervisor left behind.

A small process of its own, which holds one end of a pipe. The supervisor writes `+<group>` and `-<group>` lines into
the other end; when that end closes, however the supervisor died, every group still noted is stopped. Grandchildren
are reached too, which a parent-death signal would not do, and it works on every POSIX system. Standard library only:
it is started in isolated mode, without site packages.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress

GRACE_SECONDS = 4.0


class Guardian:
    """The supervisor's side of the pipe. One that was killed is followed by another, which knows what it knew."""

    def __init__(self) -> None:
        self._noted: set[int] = set()
        self._process = self._started()

    @property
    def pid(self) -> int:
        return self._process.pid

    def note(self, group: int) -> None:
        self._noted.add(group)
        self._tell(f"+{group}\n")

    def forget(self, group: int) -> None:
        self._noted.discard(group)
        self._tell(f"-{group}\n")

    def dismiss(self) -> None:
        """The guardian has ended. Groups that were not forgotten are stopped."""
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()

    @staticmethod
    def _started() -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 -- runs this very file
            [sys.executable, "-I", "-S", __file__],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _tell(self, line: str) -> None:
        try:
            self._write(line)
        except BrokenPipeError:
            self.dismiss()
            self._process = self._started()
            self._write("".join(f"+{group}\n" for group in sorted(self._noted)))

    def _write(self, lines: str) -> None:
        if self._process.stdin:
            self._process.stdin.write(lines.encode())


def groups_left(lines: Iterable[str]) -> set[int]:
    """The groups noted and not forgotten once the pipe is closed."""
    groups: set[int] = set()
    for line in lines:
        if line.startswith("+"):
            groups.add(int(line[1:]))
        else:
            groups.discard(int(line[1:]))
    return groups


def signal_all(groups: set[int], number: int) -> set[int]:
    """The groups that still exist, after the signal (0 only looks)."""
    left = set()
    for group in groups:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, number)
            left.add(group)
    return left


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    left = signal_all(groups_left(sys.stdin), signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = signal_all(left, 0)
    signal_all(left, signal.SIGKILL)


if __name__ == "__main__":
    main()
