"""What a test of a promise reached: noted while it runs, and shown in a table by `pytest -m promise`.

A test names its figure with the fixture `reached`; one that names none says only that it passed. What was noted goes
with the test's report, so that it arrives from whichever process ran it. `PROMISES_FILE` gathers it over several runs.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from tests.promises.rows import PROMISES

FILE_VARIABLE = "PROMISES_FILE"
ROWS_VARIABLE = "PROMISES_ROWS"
"""Numbers of promises with commas between them: only tests that hold one of these are run."""
NUMBER, FIGURE = "promise", "reached"
HELD, BROKEN = "held", "BROKEN"
PATIENCE = 10
"""How many times as long something may take while other tests have the machine too."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one test of one promise ended, and the figures it reached."""

    number: int
    test: str
    passed: bool
    figures: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """Its figures, or only that it was held."""
        return "; ".join(self.figures) or HELD if self.passed else BROKEN


@pytest.fixture
def reached(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Notes a figure that the test reached, in words that stand beside the promised one."""
    return lambda figure: record_property(FIGURE, figure)


def at_most(seconds: float) -> float:
    """How long something may take: as promised where `make promises` measures on a machine that does nothing else.

    Elsewhere others take their turns meanwhile, and a clock tells only what hangs from what does not. A test that has
    to tell more counts what no other can add to.
    """
    return seconds if FILE_VARIABLE in os.environ else seconds * PATIENCE


def numbers_of(item: pytest.Item) -> list[int]:
    """The promises that a test holds: the nearest mark's number first."""
    return [mark.args[0] for mark in item.iter_markers("promise")]


def asked_for() -> frozenset[int]:
    """The promises that alone are to be tried; none where all are."""
    return frozenset(int(number) for number in os.environ.get(ROWS_VARIABLE, "").split(",") if number)


def told_of(held: Sequence[int], rows: Collection[int]) -> list[int]:
    """Of the promises that a test holds, those of which it tells where only `rows` are tried, or all without any.

    Of other rows it would tell less than all the tests of theirs.
    """
    return [number for number in held if not rows or number in rows]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    rows = asked_for()
    for item in items:
        item.user_properties += [(NUMBER, number) for number in told_of(numbers_of(item), rows)]
    if rows:
        others = [item for item in items if rows.isdisjoint(numbers_of(item))]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if not rows.isdisjoint(numbers_of(item))]


def outcomes_of(report: pytest.TestReport) -> list[Outcome]:
    """One for each promise that the test holds; none for a test that was skipped."""
    figures = tuple(str(value) for name, value in report.user_properties if name == FIGURE)
    numbers = [int(str(value)) for name, value in report.user_properties if name == NUMBER]
    return [Outcome(number, report.nodeid, report.passed, figures) for number in numbers if not report.skipped]


def table(outcomes: Iterable[Outcome]) -> list[str]:
    """A line for each promise that was tried: its number, what was promised and what was reached."""
    by_number: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        by_number.setdefault(outcome.number, []).append(outcome)
    return [
        f"{promise.number:>3}  {promise.figure}  →  {in_short(by_number[promise.number])}"
        for promise in PROMISES
        if promise.number in by_number
    ]


def in_short(outcomes: Iterable[Outcome]) -> str:
    """What the tests of one promise reached, each figure once; broken if any of them is."""
    outcomes = list(outcomes)
    if not all(outcome.passed for outcome in outcomes):
        return BROKEN
    figures = dict.fromkeys(figure for outcome in outcomes for figure in outcome.figures)
    return "; ".join(figures) or HELD


def note(file: Path, outcomes: Iterable[Outcome]) -> None:
    with file.open("a", encoding="utf-8") as out:
        out.writelines(json.dumps(asdict(outcome)) + "\n" for outcome in outcomes)


def noted(file: Path) -> list[Outcome]:
    """What every run that added to the file reached."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
    return [Outcome(**{**row, "figures": tuple(row["figures"])}) for row in rows]


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    reports = [
        report
        for state in ("passed", "failed", "error")
        for report in terminalreporter.stats.get(state, [])
        if isinstance(report, pytest.TestReport)
    ]
    outcomes = [outcome for report in reports for outcome in outcomes_of(report)]
    if outcomes and "promise" in config.getoption("-m"):
        terminalreporter.section("promised → reached")
        for line in table(outcomes):
            terminalreporter.write_line(line)
    if FILE_VARIABLE in os.environ:
        note(Path(os.environ[FILE_VARIABLE]), outcomes)
