"""Which benchmarks there are."""

from __future__ import annotations

import pkgutil
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Protocol, cast

from config.benchmarks import suite
from config.benchmarks.report import Report

Say = Callable[[str], None]


class Benchmark(Protocol):
    """A module of the suite; its file name is the benchmark's name."""

    HELP: str

    def add_arguments(self, parser: ArgumentParser) -> None: ...

    def run(self, options: Mapping[str, Any], say: Say) -> Report: ...


def benchmarks() -> dict[str, Benchmark]:
    """Every module of the suite by its name, in alphabetical order."""
    names = sorted(module.name for module in pkgutil.iter_modules(suite.__path__))
    return {name: cast(Benchmark, import_module(f"{suite.__name__}.{name}")) for name in names}
