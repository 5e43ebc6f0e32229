from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from config.processes.lock import FolderInUse, folder_lock

HOLDER = """
import sys, pathlib
from config.processes.lock import folder_lock
with folder_lock(pathlib.Path(sys.argv[1]), about="process 7, http://127.0.0.1:8000/"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_holder_is_told_about_the_first(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        words = r"^process 7, http://127\.0\.0\.1:8000/$"
        with pytest.raises(FolderInUse, match=words), folder_lock(tmp_path, about="us"):
            pass
        holder.kill()
    # A killed holder holds nothing.
    with folder_lock(tmp_path, about="us"):
        assert (tmp_path / "demo.lock").read_text() == "us"


def test_the_folder_is_made_and_left_clean(tmp_path: Path) -> None:
    with folder_lock(tmp_path / "a" / "b", about="us"):
        pass
    assert (tmp_path / "a" / "b" / "demo.lock").read_text() == ""
