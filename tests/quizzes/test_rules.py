"""Who may see which quiz and which attempt."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from course.errors import MayNotAnswer
from course.models import Course, CourseState, Role, Visibility
from quizzes.domain.attempts import start_attempt
from quizzes.errors import QuizNotOpen
from quizzes.rules import attempts_of, own_part, quizzes_readable_by, require_may_answer, require_published
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def quizzes(person: User | AnonymousUser) -> list[Any]:
    return list(quizzes_readable_by(person))


def test_a_quiz_comes_with_the_learners_own_enrolment_and_nobody_elses() -> None:
    course = make_course()
    quiz = make_quiz(course)
    first, second = make_enrollment(course), make_enrollment(course)

    assert [(found, own_part(found)) for found in quizzes(first.user)] == [(quiz, first)]
    assert [(found, own_part(found)) for found in quizzes(second.user)] == [(quiz, second)]
    assert [(found, own_part(found)) for found in quizzes(make_person())] == [(quiz, None)]
    assert [(found, own_part(found)) for found in quizzes(AnonymousUser())] == [(quiz, None)]


def test_an_enrolment_that_ended_is_none() -> None:
    course = make_course()
    make_quiz(course)
    left = make_enrollment(course, left_at=NOW)

    assert [own_part(found) for found in quizzes(left.user)] == [None]


def test_a_quiz_comes_with_the_clock_of_the_database() -> None:
    make_quiz(make_course())

    [found] = quizzes(AnonymousUser())

    assert found.now > NOW


def test_quizzes_are_hidden_with_their_course() -> None:
    course = make_course()
    make_quiz(course)
    inside = make_enrollment(course).user
    Course.objects.update(visibility=Visibility.ENROLLED)

    assert len(quizzes(inside)) == 1
    assert quizzes(make_person()) == quizzes(AnonymousUser()) == []


def test_only_ones_own_attempts_are_found() -> None:
    course = make_course()
    enrollment = make_enrollment(course)
    attempt = start_attempt(make_quiz(course), enrollment=enrollment, at=NOW)

    assert list(attempts_of(enrollment.user)) == [attempt]
    assert list(attempts_of(make_person())) == list(attempts_of(AnonymousUser())) == []


@pytest.mark.parametrize("state", [CourseState.DRAFT, CourseState.ARCHIVED])
def test_only_a_published_course_lets_anybody_take_its_quizzes(state: CourseState) -> None:
    course = make_course()
    quiz = make_quiz(course)
    require_published(quiz)
    quiz.course.state = state

    with pytest.raises(QuizNotOpen):
        require_published(quiz)


@pytest.mark.parametrize("role", Role)
def test_every_part_but_an_observers_takes_quizzes(role: Role) -> None:
    part = make_enrollment(make_course(), role=role)
    if role == Role.OBSERVER:
        with pytest.raises(MayNotAnswer, match="take no quiz"):
            require_may_answer(part)
    else:
        assert require_may_answer(part) is part
