"""How far a learner has come, and what of it they may see before a quiz closes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from course.domain.progress import mark_read
from course.models import Concept, ConceptState, Enrollment
from quizzes.domain.progress import SHOWN_ATTEMPTS, CourseProgress, course_progress
from quizzes.domain.shown_progress import shown_progress
from quizzes.mastery import MasteryState
from quizzes.models import Attempt
from tests.factories import NOW, make_enrollment
from tests.web.learner.books import add_quiz, make_book, take

pytestmark = [pytest.mark.django_db, pytest.mark.database]
CLOSES = NOW + timedelta(days=1)


def steps(progress: CourseProgress) -> tuple[int, int, float]:
    return progress.done, progress.total, progress.fraction


def test_progress_counts_lessons_read_and_quizzes_with_a_result() -> None:
    course = make_book(lessons=2)
    quiz = add_quiz(course)
    enrollment = make_enrollment(course)
    assert steps(course_progress(enrollment)) == (0, 3, 0.0)
    mark_read(course.lessons.get(position=1), enrollment=enrollment)
    assert steps(course_progress(enrollment)) == (1, 3, 1 / 3)
    take(quiz, enrollment, hours_ago=5, graded=False)
    assert steps(course_progress(enrollment)) == (1, 3, 1 / 3)
    mark_read(course.lessons.get(position=2), enrollment=enrollment)
    take(quiz, enrollment)
    assert steps(course_progress(enrollment)) == (3, 3, 1.0)


def test_reading_a_lesson_again_is_reading_it_once() -> None:
    course = make_book(lessons=2)
    enrollment = make_enrollment(course)
    for _ in range(3):
        mark_read(course.lessons.get(position=1), enrollment=enrollment)
    assert course_progress(enrollment).done == 1


def test_nothing_of_nothing_is_no_progress() -> None:
    empty = CourseProgress(Enrollment(), (), (), (), ())
    assert steps(empty) == (0, 0, 0.0)


def test_a_quiz_that_asks_nothing_is_no_step() -> None:
    course = make_book(lessons=1)
    add_quiz(course, questions=0)
    assert course_progress(make_enrollment(course)).total == 1


def test_lessons_quizzes_and_attempts_stand_in_their_order() -> None:
    course = make_book(lessons=2)
    quizzes = [add_quiz(course, position=position) for position in (2, 1)]
    enrollment = make_enrollment(course)
    older = take(quizzes[0], enrollment, hours_ago=5)
    newer = take(quizzes[1], enrollment, hours_ago=1)
    progress = course_progress(enrollment)
    assert [lesson.position for lesson in progress.lessons] == [1, 2]
    assert [quiz.pk for quiz in progress.quizzes] == [quizzes[1].pk, quizzes[0].pk]
    assert list(progress.attempts) == [newer, older]


def test_so_many_attempts_are_shown_and_the_newest_of_them() -> None:
    course = make_book(lessons=1)
    enrollment = make_enrollment(course)
    quiz = add_quiz(course)
    Attempt.objects.bulk_create(
        Attempt(
            quiz=quiz,
            enrollment=enrollment,
            number=number,
            seed=number,
            state="void",
            policy={},
            started_at=NOW + timedelta(minutes=number),
        )
        for number in range(1, SHOWN_ATTEMPTS + 4)
    )
    numbers = [attempt.number for attempt in course_progress(enrollment).attempts]
    assert numbers == list(range(SHOWN_ATTEMPTS + 3, 3, -1))


def test_a_concept_stands_with_its_evidence_and_with_how_much_there_is_to_ask() -> None:
    course = make_book()
    enrollment = make_enrollment(course)
    take(add_quiz(course, concept="term1x", questions=3), enrollment, right=2)
    add_quiz(course, concept="term2x", questions=4)
    first, second = course_progress(enrollment).concepts
    assert (first.concept.term, first.answered, first.right, first.questions) == ("term1x", 3, Decimal(2), 3)
    assert (first.mastery, first.state) == (Decimal("0.6"), MasteryState.GROWING)
    assert (second.concept.term, second.answered, second.right, second.questions) == ("term2x", 0, Decimal(0), 4)
    assert (second.mastery, second.state, second.evidence) == (None, MasteryState.NOT_ENOUGH, {})


@pytest.mark.parametrize("state", [ConceptState.SUGGESTED, ConceptState.REJECTED])
def test_a_concept_that_was_not_accepted_is_none_of_the_learners_business(state: ConceptState) -> None:
    course = make_book()
    Concept.objects.filter(course=course, term="term1x").update(state=state)
    assert [each.concept.term for each in course_progress(make_enrollment(course)).concepts] == ["term2x"]


def test_progress_takes_five_queries_whatever_there_is(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    course = make_book(lessons=3)
    enrollment = make_enrollment(course)
    with django_assert_num_queries(5):
        course_progress(enrollment)
    for concept in ("term1x", "term2x"):
        take(add_quiz(course, concept=concept, questions=3), enrollment, right=2)
    with django_assert_num_queries(5):
        course_progress(enrollment)


@pytest.mark.parametrize(
    ("fields", "before", "after"),
    [
        ({"mode": "practice"}, Decimal("0.5"), Decimal("0.5")),
        ({"mode": "check"}, Decimal("0.5"), Decimal("0.5")),
        ({"mode": "exam", "closes_at": CLOSES}, Decimal("0.5"), Decimal("0.5")),
        ({"mode": "exam", "closes_at": CLOSES, "feedback_policy": {"after_submit": []}}, None, Decimal("0.5")),
        (
            {"closes_at": CLOSES, "feedback_policy": {"after_submit": ["verdict"], "after_close": ["fraction"]}},
            None,
            Decimal("0.5"),
        ),
        ({"closes_at": CLOSES, "feedback_policy": {"after_submit": [], "after_close": []}}, None, None),
    ],
)
def test_a_result_is_shown_from_the_moment_its_policy_names(
    fields: dict[str, Any], before: Decimal | None, after: Decimal | None
) -> None:
    course = make_book(lessons=1)
    enrollment = make_enrollment(course)
    take(add_quiz(course, questions=2, **fields), enrollment, right=1)
    progress = course_progress(enrollment)
    shown = [shown_progress(progress, at=at).quizzes[0].fraction for at in (NOW, CLOSES)]
    assert shown == [before, after]


def test_what_is_shown_names_the_course_and_keeps_the_steps_done() -> None:
    course = make_book(lessons=1)
    enrollment = make_enrollment(course)
    take(add_quiz(course), enrollment)
    progress = course_progress(enrollment)
    shown = shown_progress(progress, at=NOW)
    assert (shown.course, shown.fraction, shown.lessons) == (course.slug, 0.5, progress.lessons)


def test_a_longer_window_of_ones_own_holds_back_for_longer() -> None:
    course = make_book(lessons=1)
    enrollment = make_enrollment(course, extra_days=2)
    policy: dict[str, list[str]] = {"after_submit": []}
    take(add_quiz(course, mode="exam", closes_at=CLOSES, feedback_policy=policy), enrollment)
    progress = course_progress(enrollment)
    moments = (CLOSES, CLOSES + timedelta(days=2) - timedelta(seconds=1), CLOSES + timedelta(days=2))
    assert [shown_progress(progress, at=at).quizzes[0].fraction is None for at in moments] == [True, True, False]
