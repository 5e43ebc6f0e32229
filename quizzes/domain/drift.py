"""How the people who grade one question compare: what each gives on a day, and on the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Avg, Count, Exists, OuterRef
from django.db.models.functions import TruncDate

from quizzes.domain.manual_queue import RECOMPUTED, decisions_of_people
from quizzes.models import GradingEvent, Question

FEWEST = 10
"""Grades that a person, and the others together, must have given before the two are compared."""


@dataclass(frozen=True, slots=True)
class GraderDay:
    """What one person (`name`) gave on one day: the mean fraction over `count` answers."""

    grader: int
    name: str
    day: date
    mean: float
    count: int


@dataclass(frozen=True, slots=True)
class GraderMean:
    """What one person gives on the whole, and what all others give (None without others)."""

    name: str
    mean: float
    count: int
    others: float | None
    others_count: int

    @property
    def difference(self) -> float | None:
        """By how much their mean fraction is above that of the others; None where too little was graded to say."""
        if self.others is None or min(self.count, self.others_count) < FEWEST:
            return None
        return self.mean - self.others


@dataclass(frozen=True, slots=True)
class Drift:
    """The days of every grader in order of time, everybody's mean, and each grader's beside the others', by name."""

    days: tuple[GraderDay, ...]
    graders: tuple[GraderMean, ...]
    mean: float | None
    count: int

    @property
    def furthest(self) -> GraderMean | None:
        """Who differs most from the others, as far as there is enough to say so."""
        known = [each for each in self.graders if each.difference is not None]
        return max(known, key=lambda each: (abs(each.difference or 0), each.name), default=None)


def drift_of(question: Question) -> Drift:
    """How people graded the question so far; of each answer the newest decision counts. One query."""
    later = GradingEvent.objects.filter(response=OuterRef("response"), number__gt=OuterRef("number"))
    newer = later.exclude(detail__has_key=RECOMPUTED)
    rows = (
        decisions_of_people(question)
        .filter(~Exists(newer), actor__isnull=False)
        .order_by()
        .values("actor", "actor__name", "actor__email", day=TruncDate("at"))
        .annotate(mean=Avg("fraction"), count=Count("pk"))
        .order_by("day", "actor__name", "actor")
    )
    return drift_from([_day(row) for row in rows])


def _day(row: Mapping[str, Any]) -> GraderDay:
    name = row["actor__name"] or row["actor__email"] or "Somebody"
    return GraderDay(row["actor"], name, row["day"], float(row["mean"]), row["count"])


def drift_from(days: Sequence[GraderDay]) -> Drift:
    """The comparison that these days amount to."""
    count = sum(day.count for day in days)
    total = sum(day.mean * day.count for day in days)
    graders = []
    for grader in dict.fromkeys(day.grader for day in days):
        own = [day for day in days if day.grader == grader]
        graders.append(_beside_others(own, count=count, total=total))
    by_name = sorted(graders, key=lambda each: (each.name, each.count))
    return Drift(tuple(days), tuple(by_name), total / count if count else None, count)


def _beside_others(own: Sequence[GraderDay], *, count: int, total: float) -> GraderMean:
    own_count = sum(day.count for day in own)
    own_total = sum(day.mean * day.count for day in own)
    rest = count - own_count
    others = (total - own_total) / rest if rest else None
    return GraderMean(own[0].name, own_total / own_count, own_count, others, rest)
