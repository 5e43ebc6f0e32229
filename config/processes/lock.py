"""One demo for each data folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FolderInUse(Exception):
    """Another process holds the folder; the message is what it wrote about itself."""


@contextmanager
def folder_lock(folder: Path, *, about: str) -> Iterator[None]:
    """The folder is ours until the block ends or the process dies. Raises FolderInUse with the holder's `about`."""
    folder.mkdir(parents=True, exist_ok=True)
    # Opened without truncating: what the holder wrote has to survive our asking.
    descriptor = os.open(folder / "demo.lock", os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderInUse(file.read().strip()) from None
        file.truncate(0)
        file.write(about)
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)
