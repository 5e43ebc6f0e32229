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


def test_of_many_who_reach_for_a_folder_at_once_one_has_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    holders = [subprocess.Popen(command, text=True, **pipes) for _ in range(4)]  # type: ignore[call-overload]  # -- pipes
    said = [holder.stdout.readline() for holder in holders]
    ended = [holder.communicate("") for holder in holders]

    assert sorted(said) == ["", "", "", "held\n"]
    refused = [errors for (_, errors), line in zip(ended, said, strict=True) if not line]
    assert all("FolderInUse" in errors for errors in refused)


def test_a_block_that_ends_badly_leaves_the_folder_free_and_clean(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), folder_lock(tmp_path, about="us"):
        raise ZeroDivisionError

    assert (tmp_path / "demo.lock").read_text() == ""
    with folder_lock(tmp_path, about="others"):
        assert (tmp_path / "demo.lock").read_text() == "others"


def test_what_a_killed_holder_wrote_is_written_over_whole(tmp_path: Path) -> None:
    (tmp_path / "demo.lock").write_text("process 12345 with a very long address, http://127.0.0.1:8000/")

    with folder_lock(tmp_path, about="us"):
        assert (tmp_path / "demo.lock").read_text() == "us"


def test_asking_takes_nothing_from_the_holder(tmp_path: Path) -> None:
    with folder_lock(tmp_path, about="us"):
        for _ in range(3):
            with pytest.raises(FolderInUse, match=r"^us$"), folder_lock(tmp_path, about="others"):
                pass
        assert (tmp_path / "demo.lock").read_text() == "us"


def test_two_folders_are_held_at_once(tmp_path: Path) -> None:
    with folder_lock(tmp_path / "a", about="a"), folder_lock(tmp_path / "b", about="b"):
        assert [(tmp_path / name / "demo.lock").read_text() for name in "ab"] == ["a", "b"]


def test_only_its_owner_reads_who_holds_a_folder(tmp_path: Path) -> None:
    with folder_lock(tmp_path, about="us"):
        assert (tmp_path / "demo.lock").stat().st_mode & 0o077 == 0


def test_the_folder_is_made_and_left_clean(tmp_path: Path) -> None:
    with folder_lock(tmp_path / "a" / "b", about="us"):
        pass
    assert (tmp_path / "a" / "b" / "demo.lock").read_text() == ""
