"""Seats for new drafts in the quizzes of the lessons that prove them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from course.models import Course, Revision
from course.reading.outline import Span
from quizzes.models import QuestionVersion, Quiz, QuizItem


@transaction.atomic
def seat_in_lessons(course: Course, *, revision: Revision, placed: Iterable[tuple[QuestionVersion, Span]]) -> None:
    """Each version is asked behind what the quiz of the lesson that holds its span asks already; three statements.

    What no quiz covers waits in the bank alone; an archived quiz covers nothing. The quizzes are locked.
    """
    quizzes = Quiz.objects.filter(course=course, lesson__revision=revision, archived_at=None)
    # In a query of their own: rows that are grouped cannot be locked.
    list(quizzes.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    rooms = list(quizzes.select_related("lesson").annotate(last=Max("items__position")).order_by("position", "pk"))
    seats = {quiz.pk: quiz.last or 0 for quiz in rooms}
    items = []
    for version, span in placed:
        quiz = next((each for each in rooms if _covers(each, span)), None)
        if quiz is not None:
            seats[quiz.pk] += 1
            items.append(QuizItem(quiz=quiz, question_id=version.question_id, position=seats[quiz.pk]))
    QuizItem.objects.bulk_create(items)


def _covers(quiz: Quiz, evidence: Span) -> bool:
    return quiz.lesson is not None and quiz.lesson.start <= evidence.start < quiz.lesson.end
