from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from course.models import Enrollment
from quizzes.domain.attempts import start_attempt
from quizzes.domain.evidence import ShownConcept, answers_given, shown_concepts
from quizzes.domain.progress import course_progress
from quizzes.domain.quiz_shelf import archive_quiz
from quizzes.domain.remembering import chances_now, recall, set_aside
from quizzes.domain.tagging import tag_questions
from quizzes.mastery import MasteryState
from quizzes.memory import Rating, recalled, retrievability
from quizzes.models import Question, Quiz, QuizItem
from tests.factories import NOW, make_enrollment
from tests.web.learner.books import add_quiz, make_book, take

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_each_concept_comes_with_the_questions_it_rests_on(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    course = make_book()
    enrollment = make_enrollment(course)
    take(add_quiz(course, concept="term1x", questions=3), enrollment, right=2)
    progress = course_progress(enrollment)
    with django_assert_num_queries(3):
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


def moved_into_a_pool(quiz: Quiz) -> None:
    questions = list(quiz.items.values_list("question", flat=True))
    tag_questions(questions, name="wall")
    quiz.items.all().delete()
    QuizItem.objects.create(quiz=quiz, pool={"tag": "wall", "take": 2}, position=1)


def archived(quiz: Quiz) -> None:
    archive_quiz(quiz, actor=None, at=NOW)


def emptied(quiz: Quiz) -> None:
    quiz.items.all().delete()


def practised_from_now_on(quiz: Quiz) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(mode="practice")


def as_it_was(_quiz: Quiz) -> None: ...


@pytest.mark.parametrize("before", [as_it_was, moved_into_a_pool])
@pytest.mark.parametrize("after", [as_it_was, archived, emptied, practised_from_now_on])
def test_an_exam_holds_back_its_answers_wherever_it_drew_them_and_whatever_becomes_of_it(
    before: Callable[[Quiz], None], after: Callable[[Quiz], None]
) -> None:
    """Who answers keeps the policy that they began with."""
    course = make_book()
    enrollment = make_enrollment(course)
    exam = add_quiz(course, concept="term1x", mode="exam", closes_at=NOW + timedelta(days=1))
    before(exam)
    take(exam, enrollment, right=2)
    after(exam)

    concept = shown_concepts(course_progress(enrollment), at=NOW)[0]

    assert (concept.evidence, concept.held_back, concept.mastery) == ((), 2, None)


def test_what_is_held_back_from_one_learner_is_shown_to_who_practised_the_same() -> None:
    course = make_book()
    exam = add_quiz(course, concept="term1x", mode="exam", closes_at=NOW + timedelta(days=1))
    practice = add_quiz(course, lesson=2, questions=0)
    for item in exam.items.all():
        QuizItem.objects.create(quiz=practice, question=item.question, position=item.position)
    examined, practised = make_enrollment(course), make_enrollment(course)
    take(exam, examined, right=2)
    take(practice, practised, right=2)

    found = [shown_concepts(course_progress(each), at=NOW)[0] for each in (examined, practised)]

    assert [(len(each.evidence), each.held_back) for each in found] == [(0, 2), (2, 0)]


def test_an_exam_that_only_began_holds_nothing_back() -> None:
    course = make_book()
    enrollment = make_enrollment(course)
    take(add_quiz(course, concept="term1x"), enrollment, right=1)
    exam = add_quiz(course, concept="term1x", mode="exam", closes_at=NOW + timedelta(days=1))
    start_attempt(exam, enrollment=enrollment, at=NOW)

    assert shown_concepts(course_progress(enrollment), at=NOW)[0].held_back == 0


@pytest.mark.parametrize("attempts", [1, 4])
def test_what_is_shown_takes_as_many_statements_for_many_attempts(
    attempts: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    course = make_book()
    enrollment = make_enrollment(course)
    for _ in range(attempts):
        exam = add_quiz(course, concept="term1x", mode="exam", closes_at=NOW + timedelta(days=1))
        take(exam, enrollment, right=1)
    progress = course_progress(enrollment)

    with django_assert_num_queries(4):
        assert shown_concepts(progress, at=NOW)[0].held_back == 2 * attempts


def test_who_has_answered_nothing_costs_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    progress = course_progress(make_enrollment(make_book()))

    with django_assert_num_queries(0):
        assert [each.evidence for each in shown_concepts(progress, at=NOW)] == [(), ()]


def shown_at(enrollment: Enrollment, days: int = 0) -> ShownConcept:
    return shown_concepts(course_progress(enrollment), at=NOW + timedelta(days=days))[0]


def test_what_was_never_recalled_is_known_as_it_was_answered() -> None:
    course = make_book()
    enrollment = make_enrollment(course)
    take(add_quiz(course, concept="term1x", questions=3), enrollment, right=2)

    for concept in (shown_at(enrollment), shown_at(enrollment, days=300)):
        assert concept.known == concept.mastery == Decimal("0.6")
        assert all(piece.known == piece.fraction for piece in concept.evidence)


def test_a_recall_counts_with_the_chance_that_it_is_still_known_and_mastery_stays() -> None:
    course = make_book()
    enrollment = make_enrollment(course)
    quiz = add_quiz(course, concept="term1x", questions=3)
    take(quiz, enrollment, right=2)
    missed = Question.objects.get(items__quiz=quiz, items__position=3)
    recall(enrollment, missed.uuid, rating=Rating.GOOD, number=1, at=NOW)

    today, later = shown_at(enrollment), shown_at(enrollment, days=9)

    assert (today.known, today.mastery) == (Decimal("0.8"), Decimal("0.6"))
    [chance] = chances_now(enrollment, at=NOW + timedelta(days=9)).values()
    assert later.known == round((2 + round(Decimal(chance), 6) + 1) / 5, 6)
    assert (later.mastery, later.right) == (Decimal("0.6"), Decimal(2))


@given(days=st.lists(st.integers(0, 3650), min_size=2, max_size=2).map(sorted), rating=st.sampled_from(list(Rating)))
def test_what_is_known_never_grows_with_time_alone(days: list[int], rating: Rating) -> None:
    memory = recalled(None, rating, at=NOW)
    sooner, later = (retrievability(memory, at=NOW + timedelta(days=each)) for each in days)

    assert 0 <= later <= sooner <= 1


def test_only_what_was_recalled_has_a_chance_and_only_its_own_learners() -> None:
    course = make_book()
    enrollment, other = make_enrollment(course), make_enrollment(course)
    quiz = add_quiz(course, concept="term1x", questions=3)
    take(quiz, enrollment, right=0)
    first, second, third = Question.objects.filter(items__quiz=quiz).order_by("items__position")
    recall(enrollment, first.uuid, rating=Rating.GOOD, number=1, at=NOW)
    recall(enrollment, second.uuid, rating=Rating.GOOD, number=1, at=NOW)
    set_aside(enrollment, second.uuid, at=NOW)
    set_aside(enrollment, third.uuid, at=NOW)

    assert chances_now(enrollment, at=NOW) == {str(first.uuid): 1.0, str(second.uuid): 1.0}
    assert chances_now(other, at=NOW) == {}


def test_every_save_of_an_attempt_is_told_in_order() -> None:
    course = make_book()
    attempt = take(add_quiz(course, questions=3), make_enrollment(course))
    assert answers_given(attempt) == [(n, 1, NOW + timedelta(seconds=30 * n)) for n in (1, 2, 3)]
