from __future__ import annotations

import pytest

from quizzes.domain.weekly_goal import GoalStanding
from quizzes.models import WeeklyGoal
from web.learner.goal_words import shown_goal


@pytest.mark.parametrize(
    ("wanted", "learnt", "weeks", "said"),
    [
        (4, 0, 0, "You want to learn on four days this week. Today would be one."),
        (1, 0, 0, "You want to learn on one day this week. Today would be one."),
        (4, 1, 0, "One of four days this week so far."),
        (4, 3, 2, "Three of four days this week so far. Two weeks in a row."),
        (4, 4, 1, "You learnt on four days this week: as many as you wanted."),
        (1, 1, 5, "You learnt on one day this week: as many as you wanted. Five weeks in a row."),
    ],
)
def test_it_encourages_and_never_scolds(wanted: int, learnt: int, weeks: int, said: str) -> None:
    week = tuple(day < learnt for day in range(7))
    shown = shown_goal(GoalStanding(WeeklyGoal(days=wanted), week, weeks))

    assert shown is not None
    assert shown.said == said
    assert [is_learnt for _, is_learnt in shown.week] == list(week)
    assert [name for name, _ in shown.week] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def test_without_a_goal_there_is_nothing_to_say() -> None:
    assert shown_goal(None) is None
