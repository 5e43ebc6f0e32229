"""Figures as Prometheus reads them: its text format, version 0.0.4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Sort = Literal["counter", "gauge", "histogram"]
ESCAPED = str.maketrans({"\\": r"\\", "\n": r"\n", '"': r"\""})


@dataclass(frozen=True)
class Sample:
    """One figure. `ending` follows the name of its metric, as `_bucket` does."""

    value: float
    labels: Mapping[str, str] = field(default_factory=dict)
    ending: str = ""

    def line(self, name: str) -> str:
        """The figure as a line of the format."""
        labels = ",".join(f'{label}="{value.translate(ESCAPED)}"' for label, value in self.labels.items())
        return f"{name}{self.ending}{'{' + labels + '}' if labels else ''} {self.value:.15g}"


@dataclass(frozen=True)
class Metric:
    """A name, what it says in one sentence, and its figures."""

    name: str
    sort: Sort
    words: str
    samples: Sequence[Sample]

    def text(self) -> str:
        """The metric with its head; "" where there is no figure."""
        if not self.samples:
            return ""
        head = f"# HELP {self.name} {self.words}\n# TYPE {self.name} {self.sort}\n"
        return head + "".join(sample.line(self.name) + "\n" for sample in self.samples)


def single(value: float | None) -> list[Sample]:
    """The only figure of a metric, if there is one."""
    return [] if value is None else [Sample(value)]


def by(label: str, values: Mapping[str, int]) -> list[Sample]:
    """A figure for each value of a label."""
    return [Sample(value, {label: name}) for name, value in values.items()]


def histogram(within: Mapping[int, int], *, count: int, total: float) -> list[Sample]:
    """How many were `within` each bound, how many there were and the `total` of what was measured."""
    buckets = {f"{bound}": number for bound, number in within.items()} | {"+Inf": count}
    lines = [Sample(number, {"le": bound}, "_bucket") for bound, number in buckets.items()]
    return [*lines, Sample(total, ending="_sum"), Sample(count, ending="_count")]
