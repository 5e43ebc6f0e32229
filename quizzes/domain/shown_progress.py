"""A learner's progress as they may see it now: nothing that a quiz still holds back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from quizzes.domain.evidence import ShownConcept, shown_concepts
from quizzes.domain.progress import CourseProgress
from quizzes.domain.reading_pages import is_shown
from quizzes.policy import Shown


@dataclass(frozen=True, slots=True)
class ShownResult:
    """A quiz with the learner's fraction, None while there is none or it is held back."""

    quiz: Any
    fraction: Decimal | None


@dataclass(frozen=True, slots=True)
class ShownProgress:
    """What of the progress may be shown; `fraction` is the share of things done."""

    course: str
    fraction: float
    lessons: tuple[Any, ...]
    quizzes: tuple[ShownResult, ...]
    concepts: tuple[ShownConcept, ...]


def shown_progress(progress: CourseProgress, *, at: datetime) -> ShownProgress:
    """The progress without results and evidence that their quizzes hold back at `at`; at most three queries."""
    enrollment = progress.enrollment
    return ShownProgress(
        course=enrollment.course.slug,
        fraction=progress.fraction,
        lessons=progress.lessons,
        quizzes=tuple(
            ShownResult(quiz, quiz.result if is_shown(quiz, enrollment, Shown.FRACTION, at=at) else None)
            for quiz in progress.quizzes
        ),
        concepts=tuple(shown_concepts(progress, at=at)),
    )
