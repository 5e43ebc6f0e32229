"""Found after looking: a learner missed a question, opened the passage that proves its answer, and found it there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from jobs.domain.clock import database_now
from quizzes.domain.deadlines import window_of
from quizzes.errors import NothingToFind
from quizzes.models import Attempt, AttemptState, Grading, Quiz, Response, Sighting
from quizzes.policy import Shown, shown_now


def say_found(attempt: Attempt, *, position: int, at: datetime | None = None) -> Sighting:
    """The learner has found in the text what they missed; said again, the first time counts.

    `attempt` is the learner's own and comes with its quiz and enrolment. Nothing else changes: no grade, no mastery and
    no card. Raises NothingToFind unless the answer earned less than all of its points and its evidence is shown now,
    Response.DoesNotExist.
    """
    now = at or database_now()
    response = Response.objects.get(attempt=attempt.pk, position=position)
    if not _is_missed(response) or not _shows_evidence(attempt, now):
        raise NothingToFind
    # Two clicks at once: get_or_create reads again where the other one wrote first.
    found, _ = Sighting.objects.get_or_create(response=response, defaults={"at": now})
    return found


def sightings_of(attempt: Attempt) -> QuerySet[Sighting]:
    """What the learner found after looking in this attempt, by position."""
    return Sighting.objects.filter(response__attempt=attempt).order_by("response__position")


def found_after_looking(quiz: Quiz) -> dict[int, int]:
    """How often what was missed in the quiz was found after looking, by the wording's key; one query.

    In attempts that count; wordings of which nobody said so are left out.
    """
    said: Any = Sighting.objects.filter(response__attempt__quiz=quiz, response__attempt__counts=True).order_by()
    return dict(said.values_list("response__version").annotate(count=Count("pk")))


def _is_missed(response: Response) -> bool:
    return response.grading == Grading.GRADED and response.fraction is not None and response.fraction < 1


def _shows_evidence(attempt: Attempt, at: datetime) -> bool:
    closed = window_of(attempt.quiz, attempt.enrollment).is_closed(at)
    is_submitted = attempt.state == AttemptState.SUBMITTED
    return Shown.EVIDENCE in shown_now(attempt.policy, submitted=is_submitted, closed=closed)
