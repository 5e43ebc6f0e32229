"""How well a learner knows what they know: how sure they were of their answers, beside how many were right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count

from course.models import Enrollment
from quizzes.domain.reading_pages import is_shown
from quizzes.models import AttemptState, Grading, Quiz, Response
from quizzes.policy import Shown


@dataclass(frozen=True, slots=True)
class Calibration:
    """Answers of one confidence (1 guessing, 2 fairly sure, 3 certain): how many, and the mean fraction they earned."""

    confidence: int
    answers: int
    earned: float


def calibration_of(enrollment: Enrollment, *, quizzes: Iterable[Quiz], at: datetime) -> list[Calibration]:
    """One for each confidence that the learner gave, the lowest first; one query.

    Of submitted attempts at those of the `quizzes` whose verdicts may be shown at `at`; one answer for each time it
    was given.
    """
    shown = [quiz.pk for quiz in quizzes if is_shown(quiz, enrollment, Shown.VERDICT, at=at)]
    given = Response.objects.filter(
        attempt__enrollment=enrollment,
        attempt__quiz__in=shown,
        attempt__state=AttemptState.SUBMITTED,
        grading=Grading.GRADED,
        confidence__isnull=False,
    )
    rows = given.order_by("confidence").values_list("confidence").annotate(Count("pk"), Avg("fraction"))
    return [Calibration(confidence, answers, float(earned)) for confidence, answers, earned in rows]
