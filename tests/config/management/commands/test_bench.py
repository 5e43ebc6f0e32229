"""`manage.py bench`: a report on standard output, words meanwhile on standard error."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from config.benchmarks.report import Report
from config.management.commands import bench


class Measured:
    """A benchmark that measures nothing and says what it was told."""

    HELP = "nothing at all"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--times", type=int, default=1)

    def run(self, options: Mapping[str, Any], say: Callable[[str], None]) -> Report:
        say("Measuring …")
        report = Report("nothing", figures={"times": options["times"], "größe": "ü"})
        report.hold("cost", 1.5, limit=2)
        report.without("the rest", "there is no time")
        return report


@pytest.fixture(autouse=True)
def suite(monkeypatch: pytest.MonkeyPatch) -> None:
    """The suite of this test; measuring for real takes minutes."""
    monkeypatch.setattr(bench, "benchmarks", lambda: {"nothing": Measured()})


def said(*words: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("bench", *words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_report_is_text_for_people() -> None:
    out, err = said("nothing")

    assert out.splitlines() == [
        "── nothing",
        "holds   cost: 1.5, at most 2",
        "not run: the rest because there is no time",
    ]
    assert err == "Measuring …\n"


def test_the_report_is_one_object_for_programs_in_its_own_letters() -> None:
    out, err = said("nothing", "--json", "--times", "3")

    assert out.count("\n") == 1
    assert json.loads(out)["figures"] == {"times": 3, "größe": "ü"}
    assert "größe" in out
    assert err == "Measuring …\n"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ([], "the following arguments are required"),
        (["everything"], "invalid choice: 'everything'"),
        (["nothing", "--times", "often"], "invalid int value: 'often'"),
        (["nothing", "--fast"], "unrecognized arguments: --fast"),
    ],
)
def test_what_cannot_be_measured_is_refused_before_anything_runs(words: list[str], error: str) -> None:
    with pytest.raises(CommandError, match=error):
        said(*words)
