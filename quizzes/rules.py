"""Who may see which quiz and which attempt. Doors ask these; nothing else decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import FilteredRelation, Q, QuerySet

from course.errors import MayNotAnswer
from course.models import CourseState, Enrollment
from course.rules import courses_readable_to, granted_to, is_current, reader_key
from jobs.domain.clock import DatabaseClock
from quizzes.errors import QuizNotOpen
from quizzes.models import Attempt, Quiz

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def quizzes_readable_by(person: User | AnonymousUser) -> QuerySet[Any]:
    """Quizzes of the courses the person may read.

    Each comes with its course, its lesson, `now` (the database's clock) and the person's enrolment: ask own_part.
    """
    return quizzes_readable_to(reader_key(person))


def quizzes_readable_to(person: int | None) -> QuerySet[Any]:
    """As quizzes_readable_by, for the person with this key, or for a visitor."""
    mine = is_current("course__enrollments__") & Q(course__enrollments__user=person)
    quizzes: QuerySet[Any] = Quiz.objects.filter(course__in=courses_readable_to(person)).annotate(now=DatabaseClock())
    joined: Any = quizzes.annotate(own=FilteredRelation("course__enrollments", condition=mine))
    own_quizzes: QuerySet[Any] = joined.select_related("course", "lesson", "own")
    return own_quizzes


def own_part(quiz: Any) -> Enrollment | None:
    """The person's enrolment that came with a quiz of quizzes_readable_by: Django leaves it out where there is none."""
    own: Enrollment | None = getattr(quiz, "own", None)
    return own


def attempts_of(person: User | AnonymousUser) -> QuerySet[Any]:
    """The person's own attempts, and nobody else's; none for somebody who is not signed in."""
    return Attempt.objects.filter(enrollment__user=person.pk, enrollment__isnull=False)


def require_published(quiz: Quiz) -> None:
    """Returns when the quiz's course is published; raises QuizNotOpen for a draft, whoever asks."""
    if quiz.course.state != CourseState.PUBLISHED:
        raise QuizNotOpen("The course of this quiz is not published, so nobody can take it yet.")


def require_may_answer(part: Enrollment) -> Enrollment:
    """The part, which lets its person take quizzes; raises MayNotAnswer for an observer's."""
    if not may_answer(part):
        raise MayNotAnswer
    return part


def may_answer(part: Enrollment) -> bool:
    """Whether the part lets its person take quizzes."""
    return "course.answer" in granted_to(part.role)
