"""What somebody archived or restored last can be taken back once, by them alone, and in its own course."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.backends.cache import SessionStore
from django.http import HttpRequest

from course.models import Course
from quizzes.domain.archiving import archive_questions, restore_questions
from quizzes.models import QuestionVersion
from tests.web.studio.drafts import make_author, make_draft
from web.studio.shelving import remember, remembered, take_back

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def course() -> Course:
    return make_draft(make_author(), questions=3)


def request() -> Any:
    """A request of somebody with a session of their own."""
    asked = HttpRequest()
    asked.session = SessionStore()
    asked.user = make_author()
    return asked


def keys(course: Course) -> list[int]:
    return list(course.questions.order_by("pk").values_list("pk", flat=True))


def archived(course: Course) -> set[int]:
    retired = QuestionVersion.objects.filter(question__course=course).exclude(archived_from="")
    return set(retired.values_list("question", flat=True))


def test_archiving_is_taken_back_by_restoring_what_it_archived(course: Course) -> None:
    first, second, third = keys(course)
    archive_questions([third])
    asked = request()
    remember(asked, course, do="archive", questions=archive_questions([first, second, third]))

    taken = take_back(asked, course)

    assert taken is not None
    assert (taken[1], archived(course)) == (2, {third})
    assert taken[0].undone(2) == "Taken back. Two questions are not archived any more."


def test_restoring_is_taken_back_by_archiving_again(course: Course) -> None:
    first, second, _ = keys(course)
    archive_questions([first, second])
    asked = request()
    remember(asked, course, do="restore", questions=restore_questions([first]))

    taken = take_back(asked, course)

    assert taken is not None
    assert (taken[1], archived(course)) == (1, {first, second})
    assert taken[0].undone(1) == "Taken back. One question is not restored any more."


def test_it_is_taken_back_once(course: Course) -> None:
    asked = request()
    remember(asked, course, do="archive", questions=archive_questions(keys(course)))

    assert take_back(asked, course) is not None
    assert take_back(asked, course) is None
    assert remembered(asked, course) is None
    assert archived(course) == set()


def test_only_the_last_deed_is_remembered_and_one_that_changed_nothing_is_none(course: Course) -> None:
    first, second, _ = keys(course)
    asked = request()
    remember(asked, course, do="archive", questions=archive_questions([first]))
    remember(asked, course, do="archive", questions=archive_questions([second]))
    remember(asked, course, do="archive", questions=archive_questions([first, second]))

    take_back(asked, course)

    assert archived(course) == {first}


def test_what_somebody_else_or_another_course_did_is_not_taken_back(course: Course) -> None:
    asked, other = request(), make_draft(make_author(), questions=1)
    remember(asked, course, do="archive", questions=archive_questions(keys(course)))

    assert take_back(request(), course) is None
    assert take_back(asked, other) is None
    assert archived(course) == set(keys(course))


def test_a_question_that_is_gone_meanwhile_is_passed_over(course: Course) -> None:
    asked = request()
    remember(asked, course, do="archive", questions=archive_questions(keys(course)))
    course.questions.order_by("pk")[0].delete()

    taken = take_back(asked, course)

    assert taken is not None
    assert (len(taken[0].questions), taken[1]) == (3, 2)
