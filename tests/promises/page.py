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

`make promises` runs these tests and writes this page; `pytest -m promise` prints its figures. What is reached depends \
on the machine, here two shared cores.

| no. | when | promise | figure promised | reached | held by |
|---|---|---|---|---|---|
"""


def written(outcomes: Iterable[Outcome]) -> str:
    """The whole page; a promise that no test tried says so."""
    outcomes = list(outcomes)
    return TITLE + "".join(_row(promise, [o for o in outcomes if o.number == promise.number]) for promise in PROMISES)


def _row(promise: Promise, outcomes: list[Outcome]) -> str:
    files = sorted({outcome.test.partition("::")[0] for outcome in outcomes})
    waits = f"waits for {promise.waits_for}" if promise.waits_for else UNTRIED
    reached = in_short(outcomes) if outcomes else waits
    cells = (
        str(promise.number),
        promise.when,
        promise.then,
        promise.figure,
        reached,
        ", ".join(f"`{f}`" for f in files),
    )
    return f"| {' | '.join(cells)} |\n"
