"""A weekly goal in words that encourage and never scold."""

from __future__ import annotations

from dataclasses import dataclass

from language import capital, counted, marked, number, say
from quizzes.domain.weekly_goal import GoalStanding

DAYS = (marked("Mon"), marked("Tue"), marked("Wed"), marked("Thu"), marked("Fri"), marked("Sat"), marked("Sun"))
STREAK_FROM = 2


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """The week as its page shows it: each day's name and whether it counts, and one or two sentences."""

    week: list[tuple[str, bool]]
    said: str


def shown_goal(standing: GoalStanding | None) -> ShownGoal | None:
    """What home says of the goal; None without one."""
    if standing is None:
        return None
    week = list(zip(map(say, DAYS), standing.week, strict=True))
    return ShownGoal(week, " ".join(filter(None, [_this_week(standing), _streak(standing)])))


def _this_week(standing: GoalStanding) -> str:
    if standing.is_kept:
        return say("You learnt on {days} this week: as many as you wanted.", days=counted(standing.days, "day"))
    if standing.days:
        return say(
            "{days} of {wanted} this week so far.",
            days=capital(number(standing.days)),
            wanted=counted(standing.goal.days, "day"),
        )
    return say("You want to learn on {days} this week. Today would be one.", days=counted(standing.goal.days, "day"))


def _streak(standing: GoalStanding) -> str:
    return (
        say("{weeks} in a row.", weeks=capital(counted(standing.weeks, "week")))
        if standing.weeks >= STREAK_FROM
        else ""
    )
