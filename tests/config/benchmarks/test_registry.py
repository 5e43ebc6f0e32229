from __future__ import annotations

from argparse import ArgumentParser
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from config.benchmarks.registry import benchmarks


def test_each_module_of_the_suite_is_a_benchmark() -> None:
    assert {"build", "journey", "pages"} <= set(benchmarks())


@pytest.mark.parametrize("name", sorted(benchmarks()))
def test_a_benchmark_says_what_it_measures_and_takes_arguments(name: str) -> None:
    parser = ArgumentParser()
    benchmarks()[name].add_arguments(parser)
    assert benchmarks()[name].HELP
    parser.parse_args([])


def test_an_unknown_benchmark_is_refused() -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("bench", "everything", stdout=StringIO())
