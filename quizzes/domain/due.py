"""What a learner has to hand in before long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.models import User
from course.models import CourseState, Role
from quizzes.domain.deadlines import window_of
from quizzes.domain.reading_pages import asking_quizzes
from quizzes.models import Attempt, AttemptState
from quizzes.rules import own_part, quizzes_readable_by

AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class DueQuiz:
    """A quiz that its learner has not submitted yet, and when it closes for them, accommodations included.

    `extended_from` is when it closes for others, where that is earlier; `is_begun` says that an attempt runs.
    """

    quiz: Any
    closes_at: datetime
    extended_from: datetime | None
    is_begun: bool


def due_quizzes(person: User, *, at: datetime) -> list[DueQuiz]:
    """The quizzes that close for the person within two weeks of `at`, are open, and wait for a first submission.

    The next one first; of published courses that they learn in; one query.
    """
    own = Attempt.objects.filter(enrollment__user=person, quiz=OuterRef("pk"))
    dated: Any = (
        quizzes_readable_by(person)
        .filter(pk__in=asking_quizzes().filter(closes_at__isnull=False).values("pk"))
        .filter(course__state=CourseState.PUBLISHED, own__role=Role.LEARNER)
        .annotate(
            is_submitted=Exists(own.filter(state=AttemptState.SUBMITTED)),
            is_begun=Exists(own.filter(state=AttemptState.IN_PROGRESS)),
        )
    )
    found = [_due(quiz) for quiz in dated if not quiz.is_submitted and window_of(quiz, own_part(quiz)).is_open(at)]
    return sorted(
        (due for due in found if at < due.closes_at <= at + AHEAD), key=lambda due: (due.closes_at, due.quiz.pk)
    )


def _due(quiz: Any) -> DueQuiz:
    window = window_of(quiz, own_part(quiz))
    return DueQuiz(quiz, window.closes_at or quiz.closes_at, window.extended_from_closing, quiz.is_begun)
