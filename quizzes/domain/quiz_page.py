"""A quiz before it is taken, as one learner has it: rules in their own terms, earlier attempts, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F, QuerySet, Sum

from course.errors import MayNotAnswer
from course.models import Enrollment
from course.rules import reader_key
from jobs.domain.prepared import first, prepared
from quizzes.domain.admission import NOT_OFFERED
from quizzes.domain.deadlines import Window, window_of
from quizzes.domain.drawing import asked_by
from quizzes.domain.mastered import QuizMastery, quiz_mastery
from quizzes.models import Attempt, AttemptState, Quiz, QuizItem
from quizzes.rules import may_answer, quizzes_readable_to

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


@dataclass(frozen=True, slots=True)
class QuizPage:
    """Everything a quiz's page shows. `refusal` says in a sentence why no attempt can start now; "" when one can."""

    quiz: Quiz
    window: Window
    questions: int
    points: Decimal
    attempts: tuple[Attempt, ...]
    refusal: str
    mastery: QuizMastery | None = None

    @property
    def open_attempt(self) -> Attempt | None:
        """The attempt in progress, if there is one."""
        return next((attempt for attempt in self.attempts if attempt.state == AttemptState.IN_PROGRESS), None)

    @property
    def attempts_left(self) -> int | None:
        """How many more attempts may be started; None without a limit."""
        allowed = self.quiz.attempts_allowed
        return None if allowed is None else max(0, allowed - used_of(self.attempts))

    def is_practice(self, at: datetime) -> bool:
        """Whether an attempt that begins at `at` would be practice after the close."""
        return self.quiz.practice_after_close and self.window.is_over(at)


def used_of(attempts: tuple[Attempt, ...]) -> int:
    """How many of the allowed attempts these are, the newest first: practice after the close uses none up."""
    counted = sum(attempt.counts for attempt in attempts)
    # A page shows only so many; their numbers go on.
    return max(counted, attempts[0].number - (len(attempts) - counted)) if attempts else 0


def quiz_readable_by(person: User | AnonymousUser, *, course: str, slug: str) -> Any:
    """The quiz as quizzes_readable_by gives it; one query. `course` is the course's slug.

    Raises Quiz.DoesNotExist for none, or none that the person may read.
    """
    found = _quizzes(person=reader_key(person), course=course, slug=slug)
    if not found:
        raise Quiz.DoesNotExist("There is no such quiz for you.")
    return found[0]


@prepared
def _quizzes(*, person: int | None, course: str, slug: str) -> QuerySet[Any]:
    return quizzes_readable_to(person).filter(course__slug=course, slug=slug)


def quiz_with(uuid: UUID, person: User | AnonymousUser) -> Any:
    """As quiz_readable_by, for the quiz with this public id."""
    found = _quizzes_with(person=reader_key(person), uuid=uuid)
    if not found:
        raise Quiz.DoesNotExist("There is no such quiz for you.")
    return found[0]


@prepared
def _quizzes_with(*, person: int | None, uuid: UUID) -> QuerySet[Any]:
    return quizzes_readable_to(person).filter(uuid=uuid)


def quiz_page(quiz: Quiz, *, enrollment: Enrollment | None, at: datetime) -> QuizPage:
    """The quiz's page; two queries, three where the quiz can be mastered. `quiz` comes with its course and lesson."""
    totals = first(_totals(quiz=quiz.pk)) or {"questions": 0, "points": Decimal(0)}
    attempts = tuple(_attempts(quiz=quiz.pk, enrollment=enrollment.pk) if enrollment else ())
    window = window_of(quiz, enrollment)
    return QuizPage(
        quiz=quiz,
        window=window,
        questions=totals["questions"],
        points=totals["points"],
        attempts=attempts,
        refusal=MayNotAnswer.message
        if enrollment and not may_answer(enrollment)
        else _refusal(quiz, window, attempts, at, questions=totals["questions"]),
        mastery=quiz_mastery(quiz, enrollment=enrollment, closed=window.is_closed(at)),
    )


@prepared
def _totals(*, quiz: int) -> QuerySet[Any, Any]:
    items = asked_by(QuizItem.objects.filter(quiz=quiz)).order_by().values("quiz")
    totals: QuerySet[Any, Any] = items.annotate(questions=Sum("asks"), points=Sum(F("max_points") * F("asks")))
    return totals


@prepared
def _attempts(*, quiz: int, enrollment: int) -> QuerySet[Attempt]:
    return Attempt.objects.filter(quiz=quiz, enrollment=enrollment).order_by("-number")[:SHOWN_ATTEMPTS]


SHOWN_ATTEMPTS = 50
"""A page shows this many attempts, the newest: history must not make it heavier."""


def _refusal(quiz: Quiz, window: Window, attempts: tuple[Attempt, ...], at: datetime, *, questions: int) -> str:
    if not questions or quiz.archived_at is not None:
        return NOT_OFFERED if quiz.archived_at else "This quiz has no published question yet."
    if attempts and attempts[0].state == AttemptState.IN_PROGRESS:
        return ""
    if window.opens_at and at < window.opens_at:
        return f"This quiz opens on {window.opens_at:%-d %B %Y at %H:%M} UTC."
    if window.ends_at and window.is_over(at):
        return "" if quiz.practice_after_close else f"This quiz closed on {window.ends_at:%-d %B %Y at %H:%M} UTC."
    if quiz.attempts_allowed is not None and used_of(attempts) >= quiz.attempts_allowed:
        return "You have used every attempt at this quiz."
    return _too_soon(quiz, attempts, at)


def _too_soon(quiz: Quiz, attempts: tuple[Attempt, ...], at: datetime) -> str:
    ended = attempts[0].submitted_at if attempts else None
    again = ended and ended + timedelta(seconds=quiz.delay_seconds)
    return f"Your next attempt opens on {again:%-d %B %Y at %H:%M} UTC." if again and at < again else ""
