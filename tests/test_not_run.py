from __future__ import annotations

from pathlib import Path

from tests.not_run import lines_of, note, noted

SKIPS = [("tests/e2e/test_doors.py::test_a", "no Chromium"), ("tests/e2e/test_doors.py::test_b", "no Chromium")]


def test_skips_are_counted_by_place_and_reason() -> None:
    assert lines_of(SKIPS) == ["not run: 2 in tests/e2e/test_doors.py because no Chromium"]
    assert lines_of([]) == []


def test_what_another_run_ran_was_run(tmp_path: Path) -> None:
    file = tmp_path / "not-run.txt"
    note(file, skips=SKIPS, ran=["tests/a.py::test_c"])
    note(file, skips=[("tests/a.py::test_c", "about SQLite")], ran=["tests/e2e/test_doors.py::test_a"])
    assert noted(file) == ["not run: 1 in tests/e2e/test_doors.py because no Chromium"]


def test_the_same_skip_in_two_runs_counts_once(tmp_path: Path) -> None:
    file = tmp_path / "not-run.txt"
    note(file, skips=SKIPS[:1], ran=[])
    note(file, skips=SKIPS[:1], ran=[])
    assert noted(file) == ["not run: 1 in tests/e2e/test_doors.py because no Chromium"]


def test_a_reason_of_several_lines_stays_one_line(tmp_path: Path) -> None:
    file = tmp_path / "not-run.txt"
    note(file, skips=[("tests/a.py::test_c", "first\nsecond\tthird")], ran=[])
    assert noted(file) == ["not run: 1 in tests/a.py because first second third"]


def test_without_a_file_nothing_was_left_out(tmp_path: Path) -> None:
    assert noted(tmp_path / "absent") == []
