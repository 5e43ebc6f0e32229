"""New drafts are seated behind the others in the quiz of the part that proves them, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authoring.domain.lesson_seats import seat_in_lessons
from course.models import Course
from course.reading.outline import Span
from quizzes.domain.questions import NewQuestion, add_questions
from quizzes.models import Question, QuestionVersion, Quiz, QuizItem
from tests.authoring.domain.cuts import lesson_of, make_cut_course
from tests.factories import NOW, make_revision, single_choice
from tests.jobs.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def drafts(course: Course, spans: Sequence[Span]) -> list[tuple[QuestionVersion, Span]]:
    """A new draft for each place in the text."""
    news = [NewQuestion("single_choice", single_choice(), None, [span]) for span in spans]
    return list(
        zip(add_questions(course, questions=news, revision=lesson_of(course, 1).revision, at=NOW), spans, strict=True)
    )


def line(course: Course, number: int) -> Span:
    """Where the line of the text stands, from 1."""
    passage = lesson_of(course, 1).revision.passages.order_by("position")[number - 1]
    return Span(passage.start, passage.end)


def quiz_at(course: Course, part: int, slug: str, **fields: Any) -> Quiz:
    lesson = lesson_of(course, part)
    return Quiz.objects.create(**{"course": course, "lesson": lesson, "slug": slug, "title": slug, **fields})


def seat(course: Course, spans: Sequence[Span]) -> list[int]:
    """A draft for each of the spans was seated; returns their questions."""
    placed = drafts(course, spans)
    seat_in_lessons(course, revision=lesson_of(course, 1).revision, placed=placed)
    return [version.question_id for version, _ in placed]


def seats(quiz: Quiz) -> list[tuple[int, int | None]]:
    return list(quiz.items.order_by("position").values_list("position", "question"))


def test_each_draft_stands_in_the_quiz_of_its_part_in_the_order_they_come() -> None:
    course = make_cut_course()
    one, two = quiz_at(course, 1, "one"), quiz_at(course, 2, "two")
    first, second, third, fourth = seat(course, [line(course, number) for number in (5, 1, 3, 4)])
    assert seats(one) == [(1, second), (2, third)]
    assert seats(two) == [(1, first), (2, fourth)]


def test_seats_go_on_behind_those_that_are_there_gaps_or_not() -> None:
    course = make_cut_course()
    quiz = quiz_at(course, 1, "one")
    for position in (1, 7):
        question = Question.objects.create(course=course, key=f"old-{position}", created_at=NOW)
        QuizItem.objects.create(quiz=quiz, question=question, position=position)
    seat(course, [line(course, 1)])
    seat(course, [line(course, 2)])
    assert [position for position, _ in seats(quiz)] == [1, 7, 8, 9]


def test_a_pool_counts_as_a_seat() -> None:
    course = make_cut_course()
    quiz = quiz_at(course, 1, "one")
    QuizItem.objects.create(quiz=quiz, pool={"take": 1, "tag": "lake"}, position=3)
    (question,) = seat(course, [line(course, 1)])
    assert seats(quiz) == [(3, None), (4, question)]


@pytest.mark.parametrize(
    ("offset", "slug"),
    [(0, "one"), (-1, None), ("end of one", None), ("before the end", "one"), ("two", "two"), (10**9, None)],
)
def test_a_part_holds_what_begins_in_it(offset: int | str, slug: str | None) -> None:
    course = make_cut_course()
    quiz_at(course, 1, "one")
    quiz_at(course, 2, "two")
    one, two = lesson_of(course, 1), lesson_of(course, 2)
    start = {"end of one": one.end, "before the end": one.end - 1, "two": two.start}.get(str(offset), offset)
    assert isinstance(start, int)
    ((version, _),) = drafts(course, [line(course, 1)])
    seat_in_lessons(course, revision=one.revision, placed=[(version, Span(start, start + 5))])
    assert list(QuizItem.objects.values_list("quiz__slug", flat=True)) == ([slug] if slug else [])


@pytest.mark.parametrize("fields", [{"archived_at": NOW}, {"lesson": None}], ids=["archived", "of the whole course"])
def test_some_quizzes_take_nothing_and_the_draft_waits_in_the_bank(fields: dict[str, Any]) -> None:
    course = make_cut_course()
    quiz_at(course, 1, "quiz", **fields)
    quiz_at(make_cut_course(), 1, "of another course")
    (question,) = seat(course, [line(course, 1)])
    assert not QuizItem.objects.exists()
    assert Question.objects.get().pk == question


def test_an_archived_quiz_leaves_its_part_to_the_next() -> None:
    course = make_cut_course()
    quiz_at(course, 1, "old", archived_at=NOW, position=1)
    new = quiz_at(course, 1, "new", position=2)
    (question,) = seat(course, [line(course, 2)])
    assert seats(new) == [(1, question)]


def test_of_two_quizzes_of_a_part_the_first_takes_all() -> None:
    course = make_cut_course()
    later, first = quiz_at(course, 1, "later", position=2), quiz_at(course, 1, "first", position=1)
    seat(course, [line(course, 1), line(course, 2)])
    assert (len(seats(first)), seats(later)) == (2, [])


def test_a_text_that_is_not_shown_any_more_has_no_quiz() -> None:
    course = make_cut_course()
    quiz_at(course, 1, "one")
    placed = drafts(course, [line(course, 1)])
    seat_in_lessons(course, revision=make_revision("Another text."), placed=placed)
    assert not QuizItem.objects.exists()


@pytest.mark.parametrize("count", [1, 40])
def test_any_number_takes_three_statements(count: int) -> None:
    course = make_cut_course()
    quiz_at(course, 1, "one")
    quiz_at(course, 2, "two")
    revision = lesson_of(course, 1).revision
    placed = drafts(course, [line(course, number % 6 + 1) for number in range(count)])
    with CaptureQueriesContext(connection) as captured, transaction.atomic():
        seat_in_lessons(course, revision=revision, placed=placed)
    assert len([each for each in captured if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]) == 3
    assert QuizItem.objects.count() == count


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.integers(1, 6), max_size=4), max_size=4))
def test_however_they_come_each_is_seated_once_and_no_seat_is_left_between(batches: list[list[int]]) -> None:
    with transaction.atomic():
        course = make_cut_course()
        quizzes = [quiz_at(course, 1, "one"), quiz_at(course, 2, "two")]
        for batch in batches:
            seat(course, [line(course, number) for number in batch])
        everything = [number for batch in batches for number in batch]
        for quiz, lines in zip(quizzes, (range(1, 4), range(4, 7)), strict=True):
            here = [number for number in everything if number in lines]
            assert [position for position, _ in seats(quiz)] == list(range(1, len(here) + 1))
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_workers_that_finish_at_once_seat_behind_each_other() -> None:
    course = make_cut_course()
    quiz = quiz_at(course, 1, "one")
    batches = [drafts(course, [line(course, 1), line(course, 2)]) for _ in range(4)]
    revision = lesson_of(course, 1).revision

    def record() -> str:
        seat_in_lessons(course, revision=revision, placed=batches.pop())
        return "seated"

    assert at_once(record, times=4) == ["seated"] * 4
    assert [position for position, _ in seats(quiz)] == list(range(1, 9))
