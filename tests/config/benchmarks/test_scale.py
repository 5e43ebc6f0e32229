"""What the report makes of the figures: which of them hold."""

from __future__ import annotations

from typing import Any

import pytest

from config.benchmarks.report import Report
from config.benchmarks.suite.scale import LEARNERS_PAGES, hold_pages, hold_statistics, tell


def stage(learners: int, *, statements: int = 7, journey_ms: float = 40.0) -> dict[str, Any]:
    return {
        "learners": learners,
        "questions": 2_000,
        "responses": 10 * learners,
        "seconds_to_fill": 1.5,
        "pages": {
            "insight": {"statements": statements, "ms": 12.0},
            "bank": {"statements": 13, "ms": 50.0},
            **{name: {"statements": 9, "ms": 10.0} for name in LEARNERS_PAGES},
        },
        "journey": {"statements": 64, "ms": journey_ms},
    }


def verdicts(*stages: dict[str, Any]) -> dict[str, bool]:
    report = Report("scale")
    hold_pages(report, stages)
    return {gate.name: gate.holds for gate in report.gates}


def test_pages_that_ask_as_often_hold() -> None:
    assert verdicts(stage(20), stage(10_000), stage(100_000)) == {
        f"{size} learners: {what}": True
        for size in ("10,000", "100,000")
        for what in (
            "pages that ask more statements",
            *(f"CPU of a learner's {name}, × that of 20" for name in ("journey", *LEARNERS_PAGES)),
        )
    }


def test_a_page_that_asks_more_often_is_named_and_misses() -> None:
    report = Report("scale")

    hold_pages(report, [stage(20), stage(10_000, statements=8)])

    assert [gate.value for gate in report.gates if not gate.holds] == [1]
    assert report.lines == ["  more statements at 10,000 learners: insight"]


def test_asking_less_often_is_no_fault() -> None:
    assert all(verdicts(stage(20), stage(10_000, statements=6)).values())


@pytest.mark.parametrize(("journey_ms", "holds"), [(60.0, True), (60.1, False)])
def test_a_learner_may_not_pay_for_the_others(journey_ms: float, holds: bool) -> None:
    found = verdicts(stage(20), stage(10_000, journey_ms=journey_ms))

    assert found["10,000 learners: CPU of a learner's journey, × that of 20"] is holds


@pytest.mark.parametrize(
    ("sums", "missed"),
    [
        ({"full scan": 100, "kept": 5, "job": 200, "rebuild": 200}, 0),
        ({"full scan": 100, "kept": 5.1, "job": 200, "rebuild": 200}, 1),
        ({"full scan": 100, "kept": 5, "job": 201, "rebuild": 200}, 1),
        ({"full scan": 100, "kept": 6, "job": 250, "rebuild": 300}, 3),
    ],
)
def test_statistics_are_held_against_a_full_scan(sums: dict[str, float], missed: int) -> None:
    report = Report("scale")

    hold_statistics(report, sums)

    assert sum(not gate.holds for gate in report.gates) == missed


def test_every_page_is_told_with_its_statements_and_cpu_at_each_size() -> None:
    report = Report("scale")

    tell(report, {"stages": [stage(20), stage(10_000)], "sums": {"full scan": 3500.0, "kept": 2.0}})

    told = {words[0]: words[1:] for line in report.lines if len(words := line.split()) == 5}
    assert told["insight"] == ["7", "12.0", "7", "12.0"]
    assert told["journey"] == ["64", "40.0", "64", "40.0"]
    assert report.lines[0].startswith("  20 learners, 200 responses, 2,000 questions in the bank")
    assert report.lines[-1] == "  statistics of a quiz, CPU-ms: full scan 3,500.0, kept 2.0"
