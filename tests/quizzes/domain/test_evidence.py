from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from quizzes.domain.evidence import answers_given, shown_concepts
from quizzes.domain.progress import course_progress
from quizzes.mastery import MasteryState
from tests.factories import NOW, make_enrollment
from tests.web.learner.books import add_quiz, make_book, take

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_each_concept_comes_with_the_questions_it_rests_on(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    course = make_book()
    enrollment = make_enrollment(course)
    take(add_quiz(course, concept="term1x", questions=3), enrollment, right=2)
    progress = course_progress(enrollment)
    with django_assert_num_queries(1):
        first, second = shown_concepts(progress, at=NOW)
    assert sorted((piece.stem, float(piece.fraction)) for piece in first.evidence) == [
        ("Who built wall 1?", 1),
        ("Who built wall 2?", 1),
        ("Who built wall 3?", 0),
    ]
    assert (first.right, first.mastery, first.state) == (Decimal(2), Decimal("0.6"), MasteryState.GROWING)
    assert (second.evidence, second.mastery, second.state) == ((), None, MasteryState.NOT_ENOUGH)


def test_what_is_held_back_neither_shows_nor_counts_until_the_quiz_closes() -> None:
    course = make_book()
    enrollment = make_enrollment(course)
    closes = NOW + timedelta(days=1)
    exam = add_quiz(course, concept="term1x", mode="exam", closes_at=closes)
    practice = add_quiz(course, concept="term1x")
    take(exam, enrollment, right=2)
    take(practice, enrollment, right=0)
    progress = course_progress(enrollment)
    before, after = (shown_concepts(progress, at=at)[0] for at in (NOW, closes))
    assert (before.held_back, len(before.evidence), before.mastery) == (2, 2, Decimal("0.25"))
    assert (after.held_back, len(after.evidence), after.mastery) == (0, 4, Decimal("0.5"))


def test_every_save_of_an_attempt_is_told_in_order() -> None:
    course = make_book()
    attempt = take(add_quiz(course, questions=3), make_enrollment(course))
    assert answers_given(attempt) == [(n, 1, NOW + timedelta(seconds=30 * n)) for n in (1, 2, 3)]
