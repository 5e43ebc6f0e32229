from __future__ import annotations

from pathlib import Path

import pytest

from tests.promises.reached import (
    BROKEN,
    FILE_VARIABLE,
    HELD,
    ROWS_VARIABLE,
    Outcome,
    asked_for,
    at_most,
    in_short,
    note,
    noted,
    outcomes_of,
    table,
    told_of,
)
from tests.promises.rows import PROMISES

KEPT = Outcome(1, "tests/a.py::test_a", passed=True, figures=("0 of 60 lost", "0 twice"))
BARE = Outcome(1, "tests/a.py::test_b", passed=True)
LOST = Outcome(1, "tests/a.py::test_c", passed=False, figures=("3 of 60 lost",))


def report(outcome: str, *properties: tuple[str, object]) -> pytest.TestReport:
    return pytest.TestReport(
        nodeid="tests/a.py::test_a",
        location=("tests/a.py", 1, "test_a"),
        keywords={},
        outcome=outcome,  # type: ignore[arg-type]  # -- the library's own three words
        longrepr=None,
        when="call",
        user_properties=list(properties),
    )


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ([KEPT], "0 of 60 lost; 0 twice"),
        ([BARE], HELD),
        ([KEPT, BARE, KEPT], "0 of 60 lost; 0 twice"),
        ([KEPT, LOST], BROKEN),
        ([LOST], BROKEN),
    ],
    ids=["figures", "no figure", "a figure said twice", "one of two", "all"],
)
def test_a_promise_says_each_figure_once_and_is_broken_by_any_of_its_tests(outcomes: list[Outcome], said: str) -> None:
    assert in_short(outcomes) == said


def test_a_test_of_two_promises_has_an_outcome_for_each() -> None:
    made = report("passed", ("promise", 1), ("reached", "0 lost"), ("promise", 3), ("other", "x"))
    assert outcomes_of(made) == [
        Outcome(1, "tests/a.py::test_a", passed=True, figures=("0 lost",)),
        Outcome(3, "tests/a.py::test_a", passed=True, figures=("0 lost",)),
    ]


@pytest.mark.parametrize(("outcome", "found"), [("passed", [True]), ("failed", [False]), ("skipped", [])])
def test_what_was_skipped_neither_holds_nor_breaks(outcome: str, found: list[bool]) -> None:
    assert [each.passed for each in outcomes_of(report(outcome, ("promise", 1)))] == found


def test_a_test_without_a_promise_says_nothing() -> None:
    assert outcomes_of(report("passed", ("reached", "0 lost"))) == []


def test_the_table_has_the_promises_that_were_tried_in_their_order() -> None:
    first, last = PROMISES[0], PROMISES[-1]
    lines = table([Outcome(last.number, "tests/a.py::test_a", passed=True), KEPT])
    assert lines == [f"  1  {first.figure}  →  0 of 60 lost; 0 twice", f"{last.number:>3}  {last.figure}  →  {HELD}"]


def test_what_several_runs_reached_comes_together(tmp_path: Path) -> None:
    file = tmp_path / "reached.jsonl"
    assert noted(file) == []
    note(file, [KEPT])
    note(file, [BARE, LOST])
    assert noted(file) == [KEPT, BARE, LOST]


def test_the_fixture_notes_figures_where_the_report_finds_them(request: pytest.FixtureRequest, reached: object) -> None:
    assert callable(reached)
    reached("7 of 7")
    assert request.node.user_properties == [("reached", "7 of 7")]


def test_promises_stand_in_the_order_of_their_numbers_and_once() -> None:
    numbers = [promise.number for promise in PROMISES]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(("said", "rows"), [("", set()), ("5", {5}), ("5,12", {5, 12})])
def test_the_rows_that_are_asked_for_are_told_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, said: str, rows: set[int]
) -> None:
    monkeypatch.setenv(ROWS_VARIABLE, said)
    assert asked_for() == rows


@pytest.mark.parametrize(("rows", "told"), [(set(), [22, 20]), ({20}, [20]), ({5, 22}, [22]), ({5}, [])])
def test_a_test_of_two_promises_tells_only_of_those_that_were_asked_for(rows: set[int], told: list[int]) -> None:
    assert told_of([22, 20], rows) == told


def test_a_promise_is_held_to_its_figure_where_it_is_measured_and_else_to_what_hangs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(FILE_VARIABLE, raising=False)
    assert at_most(0.5) == 5
    monkeypatch.setenv(FILE_VARIABLE, "reached.jsonl")
    assert at_most(0.5) == 0.5
