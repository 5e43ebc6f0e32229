"""The checks that `make test` runs: what counts as passed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.__main__ import ROOT, Run

pytestmark = pytest.mark.slow

ONCE = """
from pathlib import Path

def test_it(tmp_path_factory):
    seen = Path(__file__).with_suffix(".seen")
    first = not seen.exists()
    seen.touch()
    assert not first
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return Run(kept | {"DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}, tmp_path / "not-run.txt")


def test_a_run_that_broke_before_any_test_is_not_passed_by_repeating_it(run: Run, tmp_path: Path) -> None:
    run.pytest_patiently("broken", str(tmp_path / "nothing_there.py"))
    assert [result.passed for result in run.results] == [False, False]


@pytest.mark.parametrize(("source", "passed"), [(ONCE, [True]), ("def test_it(): assert False", [False, False])])
def test_what_fails_once_may_pass_alone_and_what_is_broken_fails_twice(
    run: Run, tmp_path: Path, source: str, passed: list[bool]
) -> None:
    path = tmp_path / "test_sample.py"
    path.write_text(source)
    run.pytest_patiently("sample", "--rootdir", str(tmp_path), "-c", os.devnull, str(path))
    assert [result.passed for result in run.results] == passed


def test_a_check_beside_another_is_noted_behind_it(run: Run) -> None:
    with run.beside(lambda aside: aside.check("second", ["true"])):
        run.check("first", ["false"])
    assert [(result.name, result.passed) for result in run.results] == [("first", False), ("second", True)]
