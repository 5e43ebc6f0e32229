"""A weekly goal: which days count, and for how many weeks it was kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from course.models import Enrollment, LessonReading
from quizzes.domain.weekly_goal import GoalStanding, goal_of, pause_goal, set_goal, standing_of_goal
from quizzes.models import Attempt, AttemptState, Card, Recall, WeeklyGoal
from tests.factories import make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]

THURSDAY = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(days=7)


class Learner:
    def __init__(self, days: int = 2) -> None:
        self.course = make_course()
        self.quiz = make_quiz(self.course, questions=1)
        self.part: Enrollment = make_enrollment(self.course)
        assert self.part.user is not None
        self.person: User = self.part.user
        set_goal(self.person, days=days, at=THURSDAY)

    def reads(self, at: datetime) -> None:
        LessonReading.objects.update_or_create(
            enrollment=self.part, lesson=self.course.lessons.get(), defaults={"read_at": at}
        )

    def submits(self, at: datetime) -> None:
        Attempt.objects.create(
            quiz=self.quiz,
            enrollment=self.part,
            number=Attempt.objects.filter(enrollment=self.part).count() + 1,
            seed=1,
            policy={},
            started_at=at,
            submitted_at=at,
            state=AttemptState.SUBMITTED,
        )

    def recalls(self, at: datetime) -> None:
        question = self.quiz.items.get().question
        card, _ = Card.objects.get_or_create(enrollment=self.part, question=question, defaults={"set_aside_at": at})
        Recall.objects.create(card=card, number=card.recalls.count() + 1, rating=3, at=at)

    def standing(self, at: datetime = THURSDAY) -> GoalStanding:
        found = standing_of_goal(self.person, at=at)
        assert found is not None
        return found


@pytest.mark.parametrize("does", [Learner.reads, Learner.submits, Learner.recalls])
def test_a_day_counts_on_which_something_was_learnt(does: Callable[[Learner, datetime], None]) -> None:
    learner = Learner()
    does(learner, THURSDAY - 2 * DAY)

    assert learner.standing().week == (False, True, False, False, False, False, False)
    assert (learner.standing().days, learner.standing().is_kept) == (1, False)


def test_a_day_counts_once_whatever_was_done_on_it() -> None:
    learner = Learner()
    for hour in range(3):
        learner.submits(THURSDAY + timedelta(hours=hour))
    learner.recalls(THURSDAY)

    assert learner.standing().days == 1


def test_what_others_do_does_not_count() -> None:
    learner, other = Learner(), Learner()
    other.submits(THURSDAY)

    assert learner.standing().days == 0


def test_a_week_begins_on_monday_in_the_readers_zone() -> None:
    learner = Learner()
    learner.submits(datetime(2026, 3, 1, 23, 30, tzinfo=UTC))

    with timezone.override("UTC"):
        assert learner.standing().days == 0
    with timezone.override("Europe/Warsaw"):
        assert learner.standing().week[0] is True


@pytest.mark.parametrize(
    ("kept", "weeks"),
    [([], 0), ([0], 1), ([1], 1), ([0, 1, 2], 3), ([1, 2], 2), ([0, 2, 3], 1), ([2, 3], 0)],
    ids=str,
)
def test_the_streak_is_of_weeks_without_a_gap_and_this_one_may_still_come(kept: list[int], weeks: int) -> None:
    learner = Learner(days=2)
    for back in kept:
        for day in (0, 1):
            learner.submits(THURSDAY - back * WEEK - day * DAY)

    assert learner.standing().weeks == weeks


def test_one_day_too_few_breaks_it() -> None:
    learner = Learner(days=2)
    learner.submits(THURSDAY - WEEK)
    for day in (0, 1):
        learner.submits(THURSDAY - 2 * WEEK - day * DAY)

    assert learner.standing().weeks == 0


def test_without_a_goal_nothing_is_said_and_one_query_asked() -> None:
    learner = Learner()
    set_goal(learner.person, days=0)

    with CaptureQueriesContext(connection) as captured:
        assert standing_of_goal(learner.person, at=THURSDAY) is None
    assert len(captured) == 1
    assert goal_of(learner.person) is None


def test_paused_nothing_is_counted_and_setting_it_goes_on_with_all_that_was() -> None:
    learner = Learner()
    learner.submits(THURSDAY)
    pause_goal(learner.person, at=THURSDAY)
    pause_goal(learner.person, at=THURSDAY + DAY)
    paused = goal_of(learner.person)

    assert paused is not None
    assert paused.paused_at == THURSDAY
    assert standing_of_goal(learner.person, at=THURSDAY) is None
    set_goal(learner.person, days=1, at=THURSDAY)
    assert learner.standing().is_kept


def test_a_person_has_one_goal() -> None:
    learner = Learner(days=3)
    set_goal(learner.person, days=5, at=THURSDAY)

    assert list(WeeklyGoal.objects.values_list("days", flat=True)) == [5]


@pytest.mark.parametrize("submissions", [1, 20])
def test_it_takes_four_queries(submissions: int) -> None:
    learner = Learner()
    for number in range(submissions):
        learner.submits(THURSDAY - number * DAY)

    with CaptureQueriesContext(connection) as captured:
        learner.standing()
    assert len(captured) == 4
