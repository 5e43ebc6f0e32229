"""A weekly goal: on how many days somebody learnt this week, and for how many weeks they kept to what they wanted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localtime

from accounts.models import User
from course.models import LessonReading
from jobs.domain.clock import database_now
from quizzes.models import Attempt, Recall, WeeklyGoal

WEEKS_BACK = 52
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class GoalStanding:
    """`week` says of each day from Monday on whether something was learnt; `weeks` is the streak.

    The streak counts the weeks before this one, without a gap, that had as many days as the goal asks today, and this
    one once it has; a year at most.
    """

    goal: WeeklyGoal
    week: tuple[bool, ...]
    weeks: int

    @property
    def days(self) -> int:
        """On how many days of this week something was learnt."""
        return sum(self.week)

    @property
    def is_kept(self) -> bool:
        """Whether this week has as many as the goal asks."""
        return self.days >= self.goal.days


def standing_of_goal(person: User, *, at: datetime) -> GoalStanding | None:
    """How the person stands at `at`, by the calendar of their time zone; None without a goal, or while it is paused.

    A day counts on which they read a part to its end, submitted an attempt or recalled a question. Four queries, one
    without a goal.
    """
    goal = WeeklyGoal.objects.filter(user=person).first()
    if goal is None or goal.paused_at is not None:
        return None
    today = localtime(at).date()
    monday = today - timedelta(days=today.weekday())
    learnt = _days_learnt(person, since=at - WEEKS_BACK * WEEK - WEEK)
    return GoalStanding(goal, _week(monday, learnt), _streak(monday, learnt, goal.days))


def goal_of(person: User) -> WeeklyGoal | None:
    """The person's goal, paused or not."""
    return WeeklyGoal.objects.filter(user=person).first()


def set_goal(person: User, *, days: int, at: datetime | None = None) -> None:
    """The person wants to learn on so many days (1 to 7) a week; 0 takes the goal away. It is paused no more."""
    if not days:
        WeeklyGoal.objects.filter(user=person).delete()
        return
    wanted = {"days": days, "set_at": at or database_now(), "paused_at": None}
    WeeklyGoal.objects.update_or_create(user=person, defaults=wanted)


def pause_goal(person: User, *, at: datetime | None = None) -> None:
    """Nothing is counted until the goal is set again; paused already, it stays so."""
    WeeklyGoal.objects.filter(user=person, paused_at=None).update(paused_at=at or database_now())


def _days_learnt(person: User, *, since: datetime) -> set[date]:
    read = LessonReading.objects.filter(enrollment__user=person, read_at__gte=since)
    submitted = Attempt.objects.filter(enrollment__user=person, submitted_at__gte=since)
    recalls = Recall.objects.filter(card__enrollment__user=person, at__gte=since)
    moments: list[tuple[QuerySet[Any], str]] = [(read, "read_at"), (submitted, "submitted_at"), (recalls, "at")]
    return {localtime(at).date() for rows, field in moments for at in rows.order_by().values_list(field, flat=True)}


def _week(monday: date, learnt: Collection[date]) -> tuple[bool, ...]:
    return tuple(monday + timedelta(days=day) in learnt for day in range(7))


def _streak(monday: date, learnt: Collection[date], days: int) -> int:
    weeks = int(sum(_week(monday, learnt)) >= days)
    for back in range(1, WEEKS_BACK + 1):
        if sum(_week(monday - back * WEEK, learnt)) < days:
            return weeks
        weeks += 1
    return weeks
