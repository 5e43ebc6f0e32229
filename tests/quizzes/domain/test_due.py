"""What a learner has to hand in before long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from course.models import Course, CourseState, Enrollment, Role
from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.domain.due import AHEAD, due_quizzes
from quizzes.models import Attempt, AttemptState, Quiz
from tests.factories import NOW, make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


class Learner:
    def __init__(self, **fields: Any) -> None:
        self.course: Course = make_course()
        self.quiz: Quiz = make_quiz(self.course, **{"closes_at": NOW + 3 * DAY, **fields})
        self.part: Enrollment = make_enrollment(self.course)
        assert self.part.user is not None
        self.person: User = self.part.user

    @property
    def due(self) -> list[Quiz]:
        return [each.quiz for each in due_quizzes(self.person, at=NOW)]


def test_a_quiz_that_closes_soon_is_due() -> None:
    learner = Learner()
    (due,) = due_quizzes(learner.person, at=NOW)

    assert (due.quiz, due.closes_at, due.extended_from, due.is_begun) == (learner.quiz, NOW + 3 * DAY, None, False)


@pytest.mark.parametrize(
    ("fields", "is_due"),
    [
        ({"closes_at": NOW}, False),
        ({"closes_at": NOW + SECOND}, True),
        ({"closes_at": NOW + AHEAD}, True),
        ({"closes_at": NOW + AHEAD + SECOND}, False),
        ({"closes_at": None}, False),
        ({"opens_at": NOW + SECOND}, False),
        ({"opens_at": NOW}, True),
        ({"archived_at": NOW}, False),
        ({"questions": 0}, False),
    ],
)
def test_it_is_open_asks_something_and_closes_within_two_weeks(fields: dict[str, Any], is_due: bool) -> None:
    assert bool(Learner(**fields).due) is is_due


def test_more_days_bring_it_back_and_say_what_they_extend() -> None:
    learner = Learner(closes_at=NOW - DAY)
    Enrollment.objects.filter(pk=learner.part.pk).update(extra_days=2)
    (due,) = due_quizzes(learner.person, at=NOW)

    assert (due.closes_at, due.extended_from) == (NOW + DAY, NOW - DAY)


def test_what_is_begun_says_so_and_what_is_submitted_is_due_no_more() -> None:
    learner = Learner()
    attempt = start_attempt(learner.quiz, enrollment=learner.part, at=NOW)
    begun = [each.is_begun for each in due_quizzes(learner.person, at=NOW)]
    submit_attempt(attempt, at=NOW)

    assert (begun, learner.due) == ([True], [])


def test_a_void_attempt_hands_nothing_in() -> None:
    learner = Learner()
    start_attempt(learner.quiz, enrollment=learner.part, at=NOW)
    Attempt.objects.update(state=AttemptState.VOID)

    assert learner.due == [learner.quiz]


def test_anothers_attempt_is_not_ones_own() -> None:
    learner = Learner()
    submit_attempt(start_attempt(learner.quiz, enrollment=make_enrollment(learner.course), at=NOW), at=NOW)

    assert learner.due == [learner.quiz]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LEARNER])
def test_nothing_is_due_for_who_does_not_learn(role: Role) -> None:
    learner = Learner()
    Enrollment.objects.filter(pk=learner.part.pk).update(role=role)

    assert learner.due == []


def test_nothing_is_due_where_one_takes_part_no_more_or_the_course_is_put_away() -> None:
    left, away = Learner(), Learner()
    Enrollment.objects.filter(pk=left.part.pk).update(left_at=NOW)
    Course.objects.filter(pk=away.course.pk).update(state=CourseState.ARCHIVED)

    assert (left.due, away.due) == ([], [])


def test_the_next_one_comes_first_over_all_courses_in_one_query() -> None:
    learner = Learner(closes_at=NOW + 5 * DAY)
    other = make_course()
    Enrollment.objects.create(course=other, user=learner.person, enrolled_at=NOW)
    sooner = [make_quiz(other, closes_at=NOW + days * DAY) for days in (9, 1)]

    with CaptureQueriesContext(connection) as captured:
        found = learner.due

    assert found == [sooner[1], learner.quiz, sooner[0]]
    assert len(captured) == 1
