"""What a learner would see of a quiz at a moment: the real rules, and not one row written."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from course.models import Course, Visibility
from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.models import Quiz
from tests.factories import NOW, make_course, make_enrollment, make_quiz
from tests.web.learner import sittings
from tests.web.studio.drafts import address_of, make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = "2026-12-24T12:00"


@pytest.fixture
def course(client: Client) -> Course:
    """A published course; its owner is signed in."""
    owner = make_author()
    client.force_login(owner)
    return make_course(owner=owner)


def page(client: Client, quiz: Quiz, **asked: Any) -> str:
    return client.get(address_of(quiz.course, "quizzes", quiz.slug, "preview"), asked).content.decode()


def counts() -> dict[str, int]:
    """How many rows each table has, and each session's data with them."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.mark.parametrize("mode", ["practice", "check", "exam"])
def test_looking_writes_no_row_in_any_table(client: Client, course: Course, mode: str) -> None:
    quiz = make_quiz(course, questions=sittings.kinds(), mode=mode)
    learner = make_enrollment(course)
    submit_attempt(start_attempt(quiz, enrollment=learner, at=NOW), at=NOW, hint=False)
    before = counts()
    for asked in ({}, {"learner": str(learner.uuid)}, {"at": LATER}, {"seed": "7"}):
        assert "It is no attempt: nothing is kept, graded or counted." in page(client, quiz, **asked)
    assert counts() == before


def test_it_is_looked_at_and_nothing_else(client: Client, course: Course) -> None:
    address = address_of(course, "quizzes", make_quiz(course).slug, "preview")
    assert [getattr(client, way)(address).status_code for way in ("get", "head", "post", "put", "delete")] == [
        200,
        200,
        405,
        405,
        405,
    ]


@pytest.mark.parametrize(
    ("fields", "at", "words"),
    [
        ({}, LATER, "Yes, as attempt 1."),
        ({"opens_at": NOW + timedelta(days=90)}, LATER, "No. This quiz opens on 20 February 2027 at 12:00 UTC."),
        ({"closes_at": NOW + timedelta(days=1)}, LATER, "No. This quiz closed on 23 November 2026 at 12:00 UTC."),
        ({"closes_at": NOW + timedelta(days=1), "practice_after_close": True}, LATER, "Yes, as practice"),
        ({"closes_at": NOW + timedelta(days=1)}, "2026-11-23T11:59", "Yes, as attempt 1."),
        ({"archived_at": NOW}, LATER, "No. This quiz is not offered any more."),
    ],
)
def test_whether_it_can_begin_is_decided_for_that_moment(
    client: Client, course: Course, fields: dict[str, Any], at: str, words: str
) -> None:
    assert words in page(client, make_quiz(course, questions=1, **fields), at=at)


def test_each_learner_has_their_own_time_and_attempts(client: Client, course: Course) -> None:
    quiz = make_quiz(
        course, questions=1, time_limit_seconds=600, attempts_allowed=1, closes_at=NOW + timedelta(days=99)
    )
    slow, done = make_enrollment(course, time_factor=Decimal(2), extra_days=3), make_enrollment(course)
    submit_attempt(start_attempt(quiz, enrollment=done, at=NOW), at=NOW, hint=False)
    seen = page(client, quiz, learner=str(slow.uuid), at=LATER)
    assert f"What {slow.user} sees" in seen
    assert "20 min, extended from 10 min. Begun now, it ends on 24 December 2026, 12:20." in seen
    assert "extended from 1 March 2027" in seen
    assert "No. You have used every attempt at this quiz." in page(client, quiz, learner=str(done.uuid), at=LATER)


def test_the_same_draw_asks_the_same_and_another_may_not(client: Client, course: Course) -> None:
    quiz = make_quiz(course, questions=6, shuffle=True)
    attempt = start_attempt(quiz, enrollment=make_enrollment(course), at=NOW, seed=5)
    seen = client.get(address_of(course, "quizzes", quiz.slug, "preview"), {"seed": "5"}).context["seen"]
    again = client.get(address_of(course, "quizzes", quiz.slug, "preview"), {"seed": "5"}).context["seen"]
    assert seen.questions == again.questions
    assert len(seen.questions) == attempt.responses.count()


def test_no_key_is_in_the_preview(client: Client, course: Course) -> None:
    seen = page(client, make_quiz(course, questions=sittings.kinds()))
    assert sittings.CANARY not in seen


@pytest.mark.parametrize(("mode", "held"), [("practice", 0), ("check", 5), ("exam", 9)])
def test_the_table_is_the_policy_of_the_quiz(client: Client, course: Course, mode: str, held: int) -> None:
    assert page(client, make_quiz(course, questions=1, mode=mode)).count("held back") == held


def test_somebody_new_does_not_find_a_course_for_enrolled_learners(client: Client, course: Course) -> None:
    quiz, learner = make_quiz(course), make_enrollment(course)
    Course.objects.filter(pk=course.pk).update(visibility=Visibility.ENROLLED)
    assert "Not found: it is for enrolled learners only." in page(client, quiz)
    assert "Found, 0 of one part read." in page(client, quiz, learner=str(learner.uuid))


def test_a_draft_is_found_by_no_learner(client: Client) -> None:
    owner = make_author()
    client.force_login(owner)
    course = make_course(published=False, owner=owner)
    assert "Not found: the course is not published." in page(client, make_quiz(course, questions=1))


@pytest.mark.parametrize("asked", [{"at": "yesterday"}, {"seed": "-1"}, {"learner": "nobody"}])
def test_what_cannot_be_looked_at_is_told(client: Client, course: Course, asked: dict[str, str]) -> None:
    address = address_of(course, "quizzes", make_quiz(course).slug, "preview")
    assert client.get(address, asked).status_code == 422


def test_a_quiz_that_cannot_be_drawn_says_why(client: Client, course: Course) -> None:
    assert "The questions, draw 1" in page(client, make_quiz(course, questions=0))
    assert "no published question" in page(client, make_quiz(course, questions=0))


def test_somebody_else_previews_nothing(client: Client, course: Course) -> None:
    quiz = make_quiz(course)
    client.force_login(make_enrollment(course).user)
    assert client.get(address_of(course, "quizzes", quiz.slug, "preview")).status_code == 404
