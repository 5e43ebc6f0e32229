"""What a benchmark found: figures, the gates they are held against, and what could not be measured."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Gate:
    """A figure that may be at most `limit`, or has to be at least that; compared as it is, shown rounded."""

    name: str
    value: float
    limit: float
    is_least: bool = False

    @property
    def holds(self) -> bool:
        return self.value >= self.limit if self.is_least else self.value <= self.limit

    def as_json(self) -> dict[str, Any]:
        bound = "least" if self.is_least else "limit"
        return {"name": self.name, "value": round(self.value, 4), bound: self.limit, "holds": self.holds}

    def __str__(self) -> str:
        verdict, bound = "holds " if self.holds else "MISSED", "at least" if self.is_least else "at most"
        return f"{verdict}  {self.name}: {self.value:.4g}, {bound} {self.limit:g}"


@dataclass
class Report:
    """`figures` are JSON, `lines` the same for people, `not_run` sentences that say what is missing and why."""

    name: str
    figures: dict[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    gates: list[Gate] = field(default_factory=list)
    not_run: list[str] = field(default_factory=list)

    def hold(self, name: str, value: float, *, limit: float) -> None:
        """The figure is held against what it may be at most."""
        self.gates.append(Gate(name, value, limit))

    def reach(self, name: str, value: float, *, least: float) -> None:
        """The figure is held against what it has to be at least."""
        self.gates.append(Gate(name, value, least, is_least=True))

    def without(self, what: str, reason: object) -> None:
        self.not_run.append(f"not run: {what} because {reason}")

    def as_json(self) -> dict[str, Any]:
        gates = [gate.as_json() for gate in self.gates]
        return {"benchmark": self.name, "figures": self.figures, "gates": gates, "not_run": self.not_run}

    def as_text(self) -> str:
        return "\n".join([f"── {self.name}", *self.lines, *map(str, self.gates), *self.not_run])


def spread(values: Sequence[float]) -> dict[str, float]:
    """Smallest, median and largest of at least one value, rounded to hundredths."""
    return {
        "min": round(min(values), 2),
        "med": round(statistics.median(values), 2),
        "max": round(max(values), 2),
    }


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` (0..1) of the values do not exceed; nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, min(len(ordered) - 1, round(share * len(ordered) + 0.499999) - 1))]


def in_words(found: dict[str, float]) -> str:
    return f"{found['min']:g} / {found['med']:g} / {found['max']:g}"
