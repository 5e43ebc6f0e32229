"""The timeline by which credit falls once a quiz has closed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

MOST_STEPS = 10
MOST_HOURS = 24 * 366


@dataclass(frozen=True, slots=True)
class LateStep:
    """Up to so many hours after closing an attempt counts for this much, 0..1."""

    hours: Decimal
    credit: Decimal

    @property
    def until(self) -> timedelta:
        """Time after closing up to and including which the step holds."""
        return timedelta(seconds=float(self.hours * 3600))


def steps_of(timeline: Sequence[Mapping[str, Any]]) -> tuple[LateStep, ...]:
    """The steps of a sound timeline in order: [{"hours": 24, "credit": 0.8}, …]."""
    return tuple(LateStep(Decimal(str(step["hours"])), Decimal(str(step["credit"]))) for step in timeline)


def as_timeline(steps: Sequence[LateStep]) -> list[dict[str, float]]:
    """The steps as a quiz stores them: steps_of(as_timeline(steps)) == steps, for up to fifteen digits."""
    return [{"hours": float(step.hours), "credit": float(step.credit)} for step in steps]


def credit_for(steps: Sequence[LateStep], *, late: timedelta) -> Decimal:
    """What counts of an attempt handed in so late: all of it in time, else what the first step that reaches gives."""
    if late <= timedelta() or not steps:
        return Decimal(1)
    return next((step.credit for step in steps if late <= step.until), steps[-1].credit)


def timeline_problems(timeline: Any) -> Iterator[str]:
    """What is wrong with a stored timeline, as sentences; none for one that can be used. Never raises."""
    if not isinstance(timeline, list) or len(timeline) > MOST_STEPS:
        yield f"Write late credit as a list of at most {MOST_STEPS} steps."
        return
    steps = [step for entry in timeline if (step := _step(entry))]
    if len(steps) < len(timeline):
        wish = f"hours (above 0, at most {MOST_HOURS:,}) and a credit from 0 to 1"
        yield f"Each step of late credit has {wish}."
        return
    if any(later.hours <= step.hours for step, later in pairwise(steps)):
        yield "Put the steps of late credit in order: each ends later than the one before."
    if any(later.credit > step.credit for step, later in pairwise(steps)):
        yield "Credit falls with time: no step of late credit may give more than the one before."


def _step(entry: Any) -> LateStep | None:
    if not isinstance(entry, Mapping) or set(entry) != {"hours", "credit"}:
        return None
    if any(isinstance(value, bool) or not isinstance(value, int | float | str) for value in entry.values()):
        return None
    try:
        (step,) = steps_of([entry])
    except (InvalidOperation, ValueError):
        return None
    known = step.hours.is_finite() and step.credit.is_finite()
    return step if known and 0 < step.hours <= MOST_HOURS and 0 <= step.credit <= 1 else None
