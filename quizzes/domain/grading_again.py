"""Grading what could not be graded, once its cause is gone."""

from __future__ import annotations

from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet

from jobs.domain import enqueue, requeue
from jobs.models import Job, JobState
from quizzes.domain.attempts import GRADE_ATTEMPT
from quizzes.models import Attempt, AttemptState, Grading, Response


def attempts_given_up() -> QuerySet[Attempt]:
    """Submitted attempts with a response whose grading failed, the oldest first."""
    failed = Response.objects.filter(grading=Grading.FAILED).values("attempt")
    return Attempt.objects.filter(state=AttemptState.SUBMITTED, pk__in=failed).order_by("submitted_at")


@transaction.atomic
def grade_again(attempt: Attempt) -> int:
    """The attempt's failed responses wait for grading again and a job will see to it; returns how many they are.

    The grading has a cause of its own, so it stands as a new event. What is graded stays. Idempotent.
    """
    waiting = Response.objects.filter(attempt=attempt, grading=Grading.FAILED).update(grading=Grading.PENDING)
    if not waiting:
        return 0
    attempt.submit_cause = uuid4()
    attempt.save(update_fields=["submit_cause"])
    given_up = Job.objects.filter(
        kind=GRADE_ATTEMPT, subject=attempt.uuid, state__in=[JobState.FAILED, JobState.QUARANTINED]
    )
    job = given_up.order_by("-pk").first()
    if job is None or not requeue(job.uuid):
        enqueue(GRADE_ATTEMPT, subject=attempt.uuid)
    return waiting
