from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from jobs.domain.clock import database_now
from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.domain.own_attempt import own_attempt
from quizzes.models import Attempt
from tests.factories import make_course, make_enrollment, make_person, make_quiz

pytestmark = pytest.mark.django_db


def started() -> tuple[Attempt, User]:
    course = make_course()
    enrollment = make_enrollment(course)
    return start_attempt(make_quiz(course), enrollment=enrollment), enrollment.user


def test_ones_own_attempt_comes_with_all_its_pages_need(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    attempt, learner = started()
    revision = attempt.revision
    with django_assert_num_queries(1):
        found = own_attempt(learner, uuid=attempt.uuid)
        assert (found, found.quiz.course, found.quiz.lesson.revision) == (
            attempt,
            attempt.quiz.course,
            revision,
        )
        assert (found.is_pending, found.next_slug, found.next_title) == (False, None, None)
    assert abs((database_now() - found.now).total_seconds()) < 60


def test_a_submitted_attempt_is_pending_until_it_is_graded() -> None:
    attempt, learner = started()
    submit_attempt(attempt)
    assert own_attempt(learner, uuid=attempt.uuid).is_pending is True


def test_nobody_elses_attempt_is_found() -> None:
    attempt, learner = started()
    for person, uuid in (
        (make_person(), attempt.uuid),
        (AnonymousUser(), attempt.uuid),
        (learner, uuid4()),
    ):
        with pytest.raises(Attempt.DoesNotExist):
            own_attempt(person, uuid=uuid)
