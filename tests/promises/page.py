"""The page docs/promises.md, made of the rows and of what the tests reached."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.promises.reached import Outcome, in_short
from tests.promises.rows import PROMISES, Promise

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "promises.md"
UNTRIED = "not tried"
TITLE = """\
# What Postil promises, and what its tests reached

Each row is a promise and the tests that break something to hold it. They use real worker processes, a real Redis and \
real databases, and count rows afterwards. "Lost" is a submitted answer without a grade, "twice" is one with two. The \
numbers are those of `@pytest.mark.promise` in the tests. A promise about a part that does not exist yet says what it \
waits for. How all this is done is on [the page on reliability](reliability.md).

`make promises` runs these tests, long forms too, and writes this page; `python -m tests.promises 5 12` tries these \
two and leaves the other rows as they are. `pytest -m promise` prints figures. What is reached depends on the machine, \
here two shared cores.

| no. | when | promise | figure promised | reached | held by |
|---|---|---|---|---|---|
"""


def written(outcomes: Iterable[Outcome], *, before: str = "") -> str:
    """The whole page; what no test tried is as the page said `before`, or says so."""
    outcomes = list(outcomes)
    said = dict(_said(line) for line in before.splitlines() if line.startswith("| "))
    rows = [(promise, [each for each in outcomes if each.number == promise.number]) for promise in PROMISES]
    return TITLE + "".join(
        _row(promise, *(_told(tried) if tried else said.get(promise.number, (_untried(promise), ""))))
        for promise, tried in rows
    )


def _said(line: str) -> tuple[int, tuple[str, str]]:
    """The number of a row, and what it says was reached and by whom it is held."""
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    return int(cells[0]) if cells[0].isdigit() else 0, (cells[-2], cells[-1])


def _told(outcomes: list[Outcome]) -> tuple[str, str]:
    files = sorted({outcome.test.partition("::")[0] for outcome in outcomes})
    return in_short(outcomes), ", ".join(f"`{file}`" for file in files)


def _untried(promise: Promise) -> str:
    return f"waits for {promise.waits_for}" if promise.waits_for else UNTRIED


def _row(promise: Promise, reached: str, held_by: str) -> str:
    cells = (str(promise.number), promise.when, promise.then, promise.figure, reached, held_by)
    return f"| {' | '.join(cells)} |\n"
