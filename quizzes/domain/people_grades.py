"""Grades that people give: many at once, each an event, and everything that rests on them folded anew.

Every statement is about all of them: what a hundred answers cost is what one costs, but for the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from accounts.domain.inbox import notify_each
from accounts.models import InboxMessage, User
from accounts.notices import notice_kind
from course.models import Enrollment
from quizzes.domain import result_changed
from quizzes.domain.automatic import learn
from quizzes.domain.course_events import telling_of_grades
from quizzes.domain.fold import weighted_fraction
from quizzes.domain.grading import inputs_hash
from quizzes.domain.grading_locks import hold_rules, lock_learners
from quizzes.domain.item_statistics import recounting
from quizzes.domain.masteries import refresh_many_masteries
from quizzes.domain.results import refresh_results
from quizzes.domain.row_updates import update_each
from quizzes.models import Attempt, CauseKind, Grading, GradingEvent, Response

BY_A_PERSON = "person"
"""The grader of an event that a person decided about."""
BATCH = 400


GRADED = notice_kind(
    "graded",
    label="Answers that a person graded",
    one="a person graded your answers to a quiz",
    many="people graded your answers to {n} quizzes",
)


@transaction.atomic
def record_person_grades(
    responses: Sequence[Response],
    *,
    fraction_by_response: Mapping[int, Decimal | None],
    feedback: str | Mapping[int, str],
    detail: Mapping[Any, Any],
    actor: User | None,
    cause_kind: CauseKind,
    at: datetime,
    cause: UUID | None = None,
) -> UUID:
    """Each response has this fraction (by key) by a new event of one cause, a new one or this; returns the cause.

    None makes the response wait for a person again. `feedback` and `detail` are the same for all, or by key. Attempts,
    results and masteries are folded anew, trust in the grader follows, whoever subscribed is told, and learners find a
    message in their inbox. The responses come with attempt, quiz, version and question; the caller has seen to it that
    nobody else grades them. The learners' enrolments are locked, and the result rules of their quizzes held.
    """
    cause = cause or uuid4()
    attempts = {response.attempt_id: response.attempt for response in responses}
    lock_learners({attempt.enrollment_id for attempt in attempts.values() if attempt.enrollment_id})
    hold_rules(attempts.values())
    _append(responses, fraction_by_response, feedback, detail, cause=cause, cause_kind=cause_kind, actor=actor, at=at)
    rows = [(key, _state(fraction), fraction) for key, fraction in _wanted(responses, fraction_by_response)]
    with telling_of_grades(attempts.values()):
        with recounting(attempts.values()):
            for start in range(0, len(rows), BATCH):
                update_each(Response, ("grading", "fraction"), rows[start : start + BATCH])
            fold_attempts(attempts.values(), at=at)
        refresh_results(attempts.values(), at=at)
    refresh_many_masteries(responses, at=at)
    learn(responses, cause=cause, at=at)
    _tell(attempts.values(), cause)
    return cause


def _wanted(
    responses: Iterable[Response], fractions: Mapping[int, Decimal | None]
) -> Iterable[tuple[int, Decimal | None]]:
    for response in responses:
        fraction = fractions[response.pk]
        yield response.pk, None if fraction is None else round(fraction, 6)


def _state(fraction: Decimal | None) -> Grading:
    return Grading.PENDING_MANUAL if fraction is None else Grading.GRADED


def _append(
    responses: Sequence[Response],
    fractions: Mapping[int, Decimal | None],
    feedback: str | Mapping[int, str],
    detail: Mapping[Any, Any],
    **fields: Any,
) -> None:
    events = GradingEvent.objects.filter(response__in=[response.pk for response in responses])
    last = dict(events.order_by().values_list("response").annotate(last=Max("number")))
    wanted = dict(_wanted(responses, fractions))
    GradingEvent.objects.bulk_create(
        GradingEvent(
            response=response,
            number=last.get(response.pk, 0) + 1,
            version=response.version,
            grader=BY_A_PERSON,
            inputs_hash=inputs_hash(response),
            fraction=wanted[response.pk],
            feedback=feedback if isinstance(feedback, str) else feedback[response.pk],
            detail=dict(detail.get(response.pk, detail)),
            **fields,
        )
        for response in responses
    )


def fold_attempts(attempts: Iterable[Attempt], *, at: datetime) -> None:
    """Each attempt carries what its responses add up to, or nothing while one is not graded; two statements."""
    by_key = {attempt.pk: attempt for attempt in attempts}
    parts: dict[int, list[tuple[Decimal | None, Decimal]]] = {}
    rows = Response.objects.filter(attempt__in=by_key).order_by()
    for key, fraction, points in rows.values_list("attempt", "fraction", "max_points"):
        parts.setdefault(key, []).append((fraction, points))
    for key, found in parts.items():
        graded = [(fraction, points) for fraction, points in found if fraction is not None]
        settled = len(graded) == len(found)
        by_key[key].fraction = weighted_fraction(graded, credit=by_key[key].credit) if settled else None
        by_key[key].graded_at = at if settled else None
    folded = [(attempt.pk, attempt.fraction, attempt.graded_at) for attempt in by_key.values()]
    for start in range(0, len(folded), BATCH):
        update_each(Attempt, ("fraction", "graded_at"), folded[start : start + BATCH])


def _tell(attempts: Iterable[Attempt], cause: UUID) -> None:
    graded = [attempt for attempt in attempts if attempt.graded_at is not None]
    people = dict(Enrollment.objects.filter(pk__in=[each.enrollment_id for each in graded]).values_list("pk", "user"))
    notify_each(
        InboxMessage(
            user_id=people[attempt.enrollment_id],
            kind=GRADED,
            key=f"graded:{cause}:{attempt.uuid}",
            text=f"A person has graded your answers in “{attempt.quiz.title}”."[:500],
            url=f"/attempts/{attempt.uuid}/review/",
        )
        for attempt in graded
        if attempt.enrollment_id is not None
    )
    for attempt in graded:
        result_changed.tell(attempt)
