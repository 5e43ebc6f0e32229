from __future__ import annotations

import pytest

from tests.promises.page import PAGE, TITLE, UNTRIED, written
from tests.promises.reached import BROKEN, HELD, Outcome
from tests.promises.rows import PROMISES

FIRST = PROMISES[0]


def first_row(*outcomes: Outcome) -> str:
    return written(outcomes).removeprefix(TITLE).partition("\n")[0]


@pytest.mark.parametrize(
    ("outcomes", "cells"),
    [
        ([], f"{UNTRIED} | "),
        ([Outcome(1, "tests/a.py::test_a", passed=True)], f"{HELD} | `tests/a.py`"),
        (
            [
                Outcome(1, "tests/b.py::test_b[postgres]", passed=True, figures=("0 lost",)),
                Outcome(1, "tests/a.py::test_a", passed=True),
                Outcome(1, "tests/b.py::test_c", passed=True),
            ],
            "0 lost | `tests/a.py`, `tests/b.py`",
        ),
        ([Outcome(1, "tests/a.py::test_a", passed=False)], f"{BROKEN} | `tests/a.py`"),
    ],
    ids=["untried", "held", "three tests in two files", "broken"],
)
def test_a_row_says_what_was_promised_what_was_reached_and_who_holds_it(outcomes: list[Outcome], cells: str) -> None:
    assert first_row(*outcomes) == f"| 1 | {FIRST.when} | {FIRST.then} | {FIRST.figure} | {cells} |"


def test_what_no_test_can_hold_yet_says_what_it_waits_for() -> None:
    [row] = [line for line in written([]).splitlines() if line.startswith("| 41 ")]
    assert row.endswith("| waits for grading by a model |  |")


def test_every_promise_has_its_row() -> None:
    assert written([]).removeprefix(TITLE).count("\n") == len(PROMISES)


def test_rows_that_were_not_tried_again_stay_as_the_page_said() -> None:
    before = written([Outcome(number, "tests/a.py::test_a", passed=True, figures=("old",)) for number in (1, 2)])
    after = written([Outcome(2, "tests/b.py::test_b", passed=True, figures=("new",))], before=before)

    said = [line.split(" | ")[4:] for line in after.removeprefix(TITLE).splitlines()[:3]]
    assert said == [["old", "`tests/a.py` |"], ["new", "`tests/b.py` |"], [UNTRIED, " |"]]


def test_the_page_begins_as_it_would_be_written() -> None:
    assert PAGE.read_text(encoding="utf-8").startswith(TITLE)
