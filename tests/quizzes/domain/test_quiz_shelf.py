"""Quizzes that several people make, change, archive and delete at the same moment, while learners begin them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.domain.audit import history
from course.models import Course
from quizzes.domain.attempts import start_attempt
from quizzes.domain.quiz_history import as_assembled, undo_last_change
from quizzes.domain.quiz_settings import change_settings
from quizzes.domain.quiz_shelf import LONGEST_SLUG, archive_quiz, create_quiz, delete_quiz, restore_quiz
from quizzes.errors import QuizError
from quizzes.models import Attempt, Quiz, QuizMode
from tests.beside import somebody_beside
from tests.factories import make_course, make_enrollment, make_quiz
from tests.quizzes.domain.test_concurrency import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


GONE = ("QuizNotOpen", "NothingToAsk", "DoesNotExist")
"""What somebody is told who comes to a quiz that goes, by how far they had come."""


def create(course: Course, title: str = "The wall") -> Quiz:
    return create_quiz(course, title=title, mode=QuizMode.CHECK, lesson=None, actor=None)


def test_of_five_made_under_one_title_at_once_each_has_an_address_and_a_place() -> None:
    course = make_course()

    at_once(lambda _: create(course).pk, threads=5)

    made = Quiz.objects.order_by("position").values_list("position", "slug")
    assert [position for position, _ in made] == [1, 2, 3, 4, 5]
    assert sorted(slug for _, slug in made) == ["the-wall", "the-wall-2", "the-wall-3", "the-wall-4", "the-wall-5"]


@pytest.mark.parametrize("deed", [archive_quiz, restore_quiz])
def test_what_several_do_at_once_is_done_and_recorded_once(deed: Callable[..., None]) -> None:
    quiz = create(make_course())
    if deed == restore_quiz:
        archive_quiz(quiz, actor=None)
    before = history(f"quiz:{quiz.uuid}").count()

    at_once(lambda _: deed(quiz, actor=None), threads=5)

    assert history(f"quiz:{quiz.uuid}").count() == before + 1
    assert (Quiz.objects.get().archived_at is None) == (deed == restore_quiz)


def test_a_quiz_that_is_deleted_while_somebody_begins_it_is_told_to_be_gone() -> None:
    quiz = make_quiz(make_course(), questions=1)
    learner = make_enrollment(quiz.course)

    def begin() -> str:
        try:
            return start_attempt(Quiz.objects.get(pk=quiz.pk), enrollment=learner).state
        except (QuizError, Quiz.DoesNotExist) as refused:
            return type(refused).__name__

    with somebody_beside() as other:
        with transaction.atomic():
            delete_quiz(quiz, actor=None)
            beginning = other.begins(begin)
        said = beginning.result(timeout=30)

    assert said in GONE
    assert (Quiz.objects.count(), Attempt.objects.count()) == (0, 0)


@pytest.mark.parametrize("_round", range(3))
def test_of_who_deletes_a_quiz_and_who_begins_it_one_is_told(_round: int) -> None:
    quiz = make_quiz(make_course(), questions=1)
    learner = make_enrollment(quiz.course)

    def act(number: int) -> str:
        try:
            if number:
                start_attempt(Quiz.objects.get(pk=quiz.pk), enrollment=learner)
            else:
                delete_quiz(quiz, actor=None)
        except (QuizError, Quiz.DoesNotExist) as refused:
            return type(refused).__name__
        return "done"

    deleted, begun = at_once(act, threads=2)

    assert (deleted, begun) in [("QuizTaken", "done"), *(("done", gone) for gone in GONE)]
    assert Quiz.objects.count() == Attempt.objects.count() == int(begun == "done")


def test_settings_that_two_change_at_once_are_both_kept_and_taken_back_one_by_one() -> None:
    quiz = make_quiz(make_course(), questions=1)
    before = as_assembled(quiz)
    changes: list[dict[str, Any]] = [{"title": "Another title"}, {"pass_fraction": Decimal("0.25")}]

    at_once(lambda number: change_settings(quiz, changes=changes[number], actor=None), threads=2)

    kept = Quiz.objects.get()
    assert (kept.title, kept.pass_fraction) == ("Another title", Decimal("0.25"))
    assert [undo_last_change(quiz, actor=None) for _ in range(2)] == ["changed settings"] * 2
    assert as_assembled(Quiz.objects.get()) == before


def test_what_two_take_back_at_once_is_taken_back_once() -> None:
    quiz = make_quiz(make_course(), questions=1)
    for title in ("One", "Two"):
        change_settings(quiz, changes={"title": title}, actor=None)

    at_once(lambda _: undo_last_change(quiz, actor=None), threads=2)

    assert Quiz.objects.get().title == "The wall, checked"


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(titles=st.lists(st.text(max_size=120), min_size=1, max_size=4))
def test_whatever_quizzes_are_called_each_has_an_address_of_its_own(titles: list[str]) -> None:
    course = make_course()

    slugs = [create(course, title[:200]).slug for title in titles]

    assert len(set(slugs)) == len(titles)
    assert all(0 < len(slug) <= LONGEST_SLUG for slug in slugs)
