from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from course.domain.enrolment import enrol
from course.domain.progress import mark_read
from course.models import Enrollment
from course.reading.outline import PassageKind
from quizzes.domain.reading_pages import (
    asking_quizzes,
    course_page,
    courses_begun,
    courses_to_begin,
    first_lessons,
    home_page,
    lessons_with_checkpoint,
    newest_attempts,
    opening_of,
)
from quizzes.models import AttemptState
from tests.factories import NOW, make_enrollment, make_person
from tests.web.learner.books import add_quiz, make_book, take

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_lesson_comes_with_its_first_quiz_that_asks_anything() -> None:
    course = make_book(lessons=2)
    enrollment = make_enrollment(course)
    add_quiz(course, questions=0, position=1)
    quiz = add_quiz(course, questions=3, position=2, title="Asks")
    add_quiz(course, position=3)
    first, second = lessons_with_checkpoint(course.pk, enrollment)
    assert first.quiz == {"slug": quiz.slug, "title": "Asks", "questions": 3, "taken": False}
    assert second.quiz is None
    take(quiz, enrollment)
    assert lessons_with_checkpoint(course.pk, enrollment)[0].quiz["taken"]
    assert not lessons_with_checkpoint(course.pk, None)[0].quiz["taken"]


def test_a_quiz_without_a_published_question_asks_nothing() -> None:
    course = make_book()
    add_quiz(course, questions=0)
    quiz = add_quiz(course, questions=2)
    assert [(each.pk, each.questions) for each in asking_quizzes()] == [(quiz.pk, 2)]


def test_a_course_page_takes_five_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    course = make_book(lessons=4)
    add_quiz(course)
    enrollment = make_enrollment(course)
    with django_assert_num_queries(5):
        page = course_page(course, enrollment=enrollment, at=NOW)
    assert [lesson.title for lesson in page.lessons] == ["Chapter 1", "Chapter 2", "Chapter 3", "Chapter 4"]
    assert [(concept.term, home.position) for concept, home in page.concepts][:2] == [("term1x", 1), ("term2x", 2)]
    assert [article.title for article in page.articles] == ["The wall above the lake"]


def test_a_fraction_is_shown_only_where_the_policy_shows_it() -> None:
    course = make_book()
    enrollment = make_enrollment(course)
    later = {"after_submit": [], "after_close": ["fraction"]}
    held = add_quiz(course, feedback_policy=later, closes_at=NOW + timedelta(days=1), position=1)
    free = add_quiz(course, position=2)
    for quiz in (held, free):
        take(quiz, enrollment, right=1)
    before = course_page(course, enrollment=enrollment, at=NOW).quizzes
    after = course_page(course, enrollment=enrollment, at=NOW + timedelta(days=2)).quizzes
    assert [quiz.shown and float(quiz.shown) for quiz in before] == [None, 0.5]
    assert [float(quiz.shown) for quiz in after] == [0.5, 0.5]


def test_the_course_touched_last_comes_first() -> None:
    person = make_person()
    read, tried, begun = (make_book() for _ in range(3))
    enrollments = [enrol(course, person=person, at=NOW - timedelta(days=9)) for course in (begun, read, tried)]
    mark_read(read.lessons.get(position=1), enrollment=enrollments[1], at=NOW - timedelta(days=2))
    take(add_quiz(tried), enrollments[2], hours_ago=24)
    assert [course.pk for course in courses_begun(person)] == [tried.pk, read.pk, begun.pk]


def test_a_course_says_what_is_next_in_it() -> None:
    course = make_book(lessons=2)
    quiz = add_quiz(course, title="The check")
    enrollment = make_enrollment(course)
    person = enrollment.user
    (found,) = courses_begun(person)
    assert found.next_lesson == {"slug": "part-1", "title": "Chapter 1", "number": 1, "words": 22}
    assert (found.parts, found.parts_read) == (2, 0)
    for lesson in course.lessons.all():
        mark_read(lesson, enrollment=enrollment)
    (found,) = courses_begun(person)
    assert (found.parts_read, found.next_lesson) == (2, None)
    assert found.next_quiz == {"slug": quiz.slug, "title": "The check"}
    take(quiz, enrollment)
    assert courses_begun(person)[0].next_quiz is None


def test_a_course_one_left_or_that_is_not_published_is_not_ones_own() -> None:
    left, draft = make_enrollment(make_book()), make_enrollment(make_book(state="draft", published_at=None))
    Enrollment.objects.filter(pk=left.pk).update(left_at=NOW)
    assert list(courses_begun(left.user)) == []
    assert list(courses_begun(draft.user)) == []


def test_courses_to_begin_are_public_and_not_begun() -> None:
    begun, new = make_book(), make_book()
    make_book(visibility="link")
    enrollment = make_enrollment(begun)
    assert list(courses_to_begin(enrollment.user)) == [new]
    assert set(courses_to_begin(None)) == {begun, new}


def test_void_attempts_and_those_of_others_are_not_ones_newest() -> None:
    course = make_book()
    enrollment = make_enrollment(course)
    quiz = add_quiz(course)
    kept, void = take(quiz, enrollment, hours_ago=2), take(quiz, enrollment)
    type(void).objects.filter(pk=void.pk).update(state=AttemptState.VOID)
    take(quiz, make_enrollment(course))
    assert list(newest_attempts(enrollment.user)) == [kept]


def test_home_takes_three_queries_and_a_visitor_one(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    enrollment = make_enrollment(make_book())
    with django_assert_num_queries(3):
        home_page(enrollment.user)
    with django_assert_num_queries(1):
        assert home_page(None).courses == ()


def test_the_opening_is_the_first_paragraph_of_the_lesson() -> None:
    lines = [
        (PassageKind.HEADING, "Head"),
        (PassageKind.PARAGRAPH, "The first. Of many."),
        (PassageKind.PARAGRAPH, "No"),
    ]
    course = make_book(lessons=2, lines=lines, terms=[])
    assert opening_of(course.pk, "part-2") == "The first. Of many."
    assert opening_of(course.pk, "part-2", most=9) == "The first"
    assert opening_of(course.pk, "none") == ""


def test_a_concept_belongs_to_the_first_lesson_that_names_it() -> None:
    course = make_book(lessons=3, terms=["goes on", "term3x"])
    first = first_lessons(course.pk, list(course.lessons.all()))
    terms = {course.concepts.get(pk=pk).term: lesson.position for pk, lesson in first.items()}
    assert terms == {"goes on": 1, "term3x": 3}
