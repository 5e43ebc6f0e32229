"""A run as a person reads it: for each learner what changes, and what all of it does to the attempts together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from quizzes.domain.fold import weighted_fraction
from quizzes.models import LineState, RegradeLine, RegradeRun, Response

BINS = 10
"""Attempts are counted by tenths of their fraction; full marks stand in the last."""
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that is graded otherwise: fractions in [0, 1], None where there was no grade."""

    position: int
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class AttemptChange:
    """One learner's attempt before and after; `passes` says that it passes only now, or fails only now, else None."""

    learner: str
    attempt: Any
    changes: tuple[Change, ...]
    before: Decimal | None
    after: Decimal | None
    passes: bool | None


@dataclass(frozen=True, slots=True)
class RunReport:
    """What the run changes: `attempts` the newest of `affected`; counts of attempts by tenth, before and after."""

    attempts: tuple[AttemptChange, ...]
    affected: int
    before: tuple[int, ...]
    after: tuple[int, ...]
    higher: int
    lower: int
    pass_now: int
    fail_now: int


def report_of(run: RegradeRun) -> RunReport:
    """The run's report, the same before and after applying; two queries whatever the number of lines."""
    lines: dict[int, list[RegradeLine]] = {}
    together = ("response__attempt__quiz", "response__attempt__enrollment__user")
    changed = RegradeLine.objects.filter(run=run, state=LineState.CHANGED).select_related(*together).defer("outcome")
    newest_first = ("-response__attempt__started_at", "response__attempt__pk", "response__position")
    for line in changed.order_by(*newest_first):
        lines.setdefault(line.response.attempt_id, []).append(line)
    parts = _parts_of(lines)
    rows = [_attempt_change(own, parts[attempt]) for attempt, own in lines.items()]
    return RunReport(
        attempts=tuple(rows[:MOST_SHOWN]),
        affected=len(rows),
        before=_by_tenths(row.before for row in rows),
        after=_by_tenths(row.after for row in rows),
        higher=sum(_value(row.after) > _value(row.before) for row in rows),
        lower=sum(_value(row.after) < _value(row.before) for row in rows),
        pass_now=sum(row.passes is True for row in rows),
        fail_now=sum(row.passes is False for row in rows),
    )


def lines_of(run: RegradeRun, *, state: str = LineState.CHANGED) -> QuerySet[RegradeLine]:
    """The run's lines in this state, "" for all, each with its response and its learner."""
    together = ("response__attempt__quiz", "response__attempt__enrollment__user")
    lines = RegradeLine.objects.filter(run=run).select_related(*together).defer("outcome").order_by("pk")
    return lines.filter(state=state) if state else lines


Part = tuple[int, Decimal | None, Decimal]


def _parts_of(attempts: Iterable[int]) -> dict[int, list[Part]]:
    """Each attempt's responses as (response, fraction, points)."""
    parts: dict[int, list[Part]] = {}
    rows = Response.objects.filter(attempt__in=list(attempts)).order_by()
    for attempt, key, fraction, points in rows.values_list("attempt", "pk", "fraction", "max_points"):
        parts.setdefault(attempt, []).append((key, fraction, points))
    return parts


def _attempt_change(lines: list[RegradeLine], parts: list[Part]) -> AttemptChange:
    attempt = lines[0].response.attempt
    before = _folded(parts, {line.response_id: line.before_fraction for line in lines}, attempt.credit)
    after = _folded(parts, {line.response_id: line.after_fraction for line in lines}, attempt.credit)
    learner = attempt.enrollment
    return AttemptChange(
        learner=str(learner.user) if learner else "Somebody without an account",
        attempt=attempt,
        changes=tuple(Change(line.response.position, line.before_fraction, line.after_fraction) for line in lines),
        before=before,
        after=after,
        passes=_crossing(before, after, attempt.quiz.pass_fraction),
    )


def _folded(parts: list[Part], instead: Mapping[int, Decimal | None], credit: Decimal) -> Decimal | None:
    graded = [(instead.get(key, fraction), points) for key, fraction, points in parts]
    known = [(fraction, points) for fraction, points in graded if fraction is not None]
    return weighted_fraction(known, credit=credit) if len(known) == len(graded) else None


def _crossing(before: Decimal | None, after: Decimal | None, line: Decimal | None) -> bool | None:
    """Whether the attempt passes now and did not before; None where the pass mark is not crossed, or there is none."""
    if line is None or (_value(before) >= line) == (_value(after) >= line):
        return None
    return _value(after) >= line


def _value(fraction: Decimal | None) -> Decimal:
    return Decimal(0) if fraction is None else fraction


def _by_tenths(fractions: Iterable[Decimal | None]) -> tuple[int, ...]:
    counts = [0] * BINS
    for fraction in fractions:
        if fraction is not None:
            counts[min(int(fraction * BINS), BINS - 1)] += 1
    return tuple(counts)
