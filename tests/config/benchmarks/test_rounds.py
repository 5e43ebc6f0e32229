"""Rounds on each database: those asked for are measured, and what cannot be had is told."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

import pytest

from config.benchmarks.machine import NotMeasurable
from config.benchmarks.registry import Say
from config.benchmarks.report import Report
from config.benchmarks.rounds import add_rounds, measure_on_each
from tests.services import Unavailable

BOTH = ("sqlite", "postgresql")


@pytest.mark.parametrize(("asked", "measured"), [(None, ["sqlite", "postgresql"]), ("postgresql", ["postgresql"])])
def test_only_the_databases_that_were_asked_for_are_measured(asked: str | None, measured: list[str]) -> None:
    seen: list[str] = []

    def measure(name: str, report: Report, options: Mapping[str, Any], say: Say) -> None:
        seen.append(name)

    measure_on_each(BOTH, measure, report=Report("a"), what="calls", options={"database": asked}, say=print)
    assert seen == measured


@pytest.mark.parametrize("reason", [Unavailable("there is no server"), NotMeasurable("there is no clock")])
def test_what_cannot_be_had_on_one_database_is_told_and_the_other_measured(reason: Exception) -> None:
    seen: list[str] = []

    def measure(name: str, report: Report, options: Mapping[str, Any], say: Say) -> None:
        if name == "sqlite":
            raise reason
        seen.append(name)

    report, expected = Report("a"), Report("a")
    expected.without("calls on sqlite", reason)
    measure_on_each(BOTH, measure, report=report, what="calls", options={}, say=print)
    assert (report, seen) == (expected, ["postgresql"])


def test_rounds_are_bounded_and_each_benchmark_says_how_many_attempts_one_has() -> None:
    parser = ArgumentParser()
    add_rounds(parser, attempts=60)
    assert vars(parser.parse_args([])) == {"rounds": 3, "attempts": 60, "database": None}
    with pytest.raises(SystemExit):
        parser.parse_args(["--rounds", "21"])
