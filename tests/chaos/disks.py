"""File systems of their own, with room for little, that a test fills."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.services import Unavailable, temporary_folder


@contextmanager
def small_disk(size: str) -> Iterator[Path]:
    """A folder with room for so much, such as "16m"; gone at the end. Raises Unavailable where nothing is mounted."""
    with temporary_folder("chaos-") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "postil-small", str(folder)]
        try:
            done = subprocess.run(mount, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            raise Unavailable("there is no mount") from None
        if done.returncode != 0:
            reason = done.stderr.splitlines()[0].rpartition(": ")[2]
            raise Unavailable(f"a small disk cannot be mounted: {reason}")
        try:
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """There is no room on the disk any more but for what this file takes."""
    filler = folder / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as out:
        while out.write(bytes(4_096)):
            pass
    return filler
