"""A person's grade in place of one that stands, with a reason; and taking it back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.domain.audit import record
from accounts.models import User
from jobs.domain.clock import database_now
from quizzes.domain.grading_locks import lock_learners
from quizzes.domain.manual_queue import BY_PEOPLE, TAKEN_BACK, stands_by_person
from quizzes.domain.people_grades import record_person_grades
from quizzes.errors import NothingGiven
from quizzes.models import Attempt, AttemptState, CauseKind, Grading, GradingEvent, Response

OPEN_TO_PEOPLE = (Grading.GRADED, Grading.PENDING_MANUAL, Grading.FAILED)


@transaction.atomic
def override_grade(
    response: Response,
    *,
    fraction: Decimal,
    reason: str,
    actor: User,
    cause_kind: CauseKind = CauseKind.OVERRIDE,
    at: datetime | None = None,
) -> None:
    """The response has this fraction, 0..1, by this person's word, and no regrade changes it.

    The learner is told, with the reason. Raises NothingGiven for an answer that was not submitted.
    """
    locked = held_response(response)
    record_person_grades(
        [locked],
        fraction_by_response={locked.pk: fraction},
        feedback=reason,
        detail={"by": "hand", "reason": reason, "path": [f"A person decided: {reason}"]},
        actor=actor,
        cause_kind=cause_kind,
        at=at or database_now(),
    )
    if cause_kind == CauseKind.OVERRIDE:
        _record("set a grade", locked, actor=actor)


@transaction.atomic
def take_back_override(response: Response, *, actor: User, at: datetime | None = None) -> bool:
    """The newest automatic grade stands again, by a new event, open to regrades; False when no person decided."""
    locked = held_response(response)
    events = GradingEvent.objects.filter(response=locked).order_by("-number")
    newest, automatic = events.first(), events.exclude(cause_kind__in=(*BY_PEOPLE, CauseKind.TRY)).first()
    if newest is None or automatic is None or not stands_by_person(newest):
        return False
    record_person_grades(
        [locked],
        fraction_by_response={locked.pk: automatic.fraction},
        feedback=automatic.feedback,
        detail={**automatic.detail, TAKEN_BACK: True},
        actor=actor,
        cause_kind=CauseKind.OVERRIDE,
        at=at or database_now(),
    )
    _record("took a grade back", locked, actor=actor)
    return True


def _record(verb: str, response: Response, *, actor: User) -> None:
    attempt = response.attempt
    course, detail = attempt.quiz.course.uuid, {"position": response.position}
    record(verb, subject=f"attempt:{attempt.uuid}", actor=actor, course=course, detail=detail)


def held_response(response: Response) -> Response:
    """The response, held with its learner until the transaction ends; others who grade it wait for that.

    Raises NothingGiven for one that was not submitted or is being graded.
    """
    # Before the response: a regrade run has its learners when it comes to their responses.
    lock_learners(Attempt.objects.filter(pk=response.attempt_id).values("enrollment"))
    rows = Response.objects.filter(pk=response.pk, attempt__state=AttemptState.SUBMITTED, grading__in=OPEN_TO_PEOPLE)
    found = rows.select_related("attempt__quiz__course", "version__question").select_for_update(of=("self",)).first()
    if found is None:
        raise NothingGiven("This answer was not submitted, or is still being graded. Wait until it has a grade.")
    return found
