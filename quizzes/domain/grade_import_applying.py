"""A list of grades put to a course: exactly what was shown before becomes overrides, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.domain.audit import record
from accounts.models import User
from course.models import Course, Enrollment, Role
from jobs.domain.clock import database_now
from quizzes.domain.fold import weighted_fraction
from quizzes.domain.grade_imports import MOST_CHANGES, GradeImportPlan, Move, plan_grades
from quizzes.domain.manual_queue import IMPORTED
from quizzes.domain.people_grades import record_person_grades
from quizzes.errors import QuizError
from quizzes.grade_list import GradeList
from quizzes.models import CauseKind, Quiz, Response
from quizzes.rescaling import rescaled


class GradesChanged(QuizError):
    """What the list would do is no longer what was shown; nothing was changed."""

    code = "grades_changed"
    message = "Grades of this course have changed since you looked. See what the list would do now."


class TooManyGrades(QuizError):
    """The list would change more than is done in one go; nothing was changed."""

    code = "too_many_grades"
    message = f"This list changes more than {MOST_CHANGES} results. Bring it in as several."


@transaction.atomic
def apply_grades(
    course: Course,
    grades: GradeList,
    *,
    quizzes: Sequence[Quiz],
    seen: str,
    reason: str,
    actor: User,
    at: datetime | None = None,
) -> int:
    """Every result is what the plan with digest `seen` said; cells at fault do nothing. Returns how many changed.

    The answers behind each result are overridden, each by the same share of its way, with the line's reason or else
    `reason`; no regrade changes them, each can be taken back in its ledger, and graders learn nothing from them.
    Raises GradesChanged, and does nothing, when the list would do anything else by now; when it would do nothing any
    more, it was applied before, and nothing is done. Raises TooManyGrades. The course's learners are locked.
    """
    _lock(course)
    plan = plan_grades(course, grades, quizzes=quizzes)
    if not plan.changes:
        return 0
    if plan.digest != seen:
        raise GradesChanged
    if len(plan.changes) > MOST_CHANGES:
        raise TooManyGrades
    _override(plan, reason=reason, actor=actor, at=at or database_now())
    attempts = sum(len(grade.moves) for grade in plan.changes)
    detail = {"results": len(plan.changes), "attempts": attempts}
    record("imported grades", subject=f"course:{course.uuid}", actor=actor, course=course.uuid, detail=detail)
    return len(plan.changes)


def _lock(course: Course) -> None:
    # Whoever grades locks the learner too; in the order of their keys, so that nobody waits for one another.
    learners = Enrollment.objects.filter(course=course.pk, role=Role.LEARNER)
    list(learners.select_for_update().order_by("pk").values_list("pk"))


def _override(plan: GradeImportPlan, *, reason: str, actor: User, at: datetime) -> None:
    moves = {move.attempt: move for grade in plan.changes for move in grade.moves}
    because = {move.attempt: grade.because or reason for grade in plan.changes for move in grade.moves}
    rows = Response.objects.filter(attempt__in=moves).select_related("attempt__quiz", "version__question")
    responses = list(rows.select_for_update(of=("self",)).order_by("pk"))
    record_person_grades(
        responses,
        fraction_by_response=_fractions(responses, moves),
        feedback={each.pk: because[each.attempt_id] for each in responses},
        detail={each.pk: _detail(because[each.attempt_id]) for each in responses},
        actor=actor,
        cause_kind=CauseKind.OVERRIDE,
        at=at,
    )


def _fractions(responses: Sequence[Response], moves: Mapping[int, Move]) -> dict[int, Decimal | None]:
    """By response, what it earns once its attempt earns what it is moved to."""
    by_attempt: dict[int, list[Response]] = {}
    for response in responses:
        by_attempt.setdefault(response.attempt_id, []).append(response)
    fractions: dict[int, Decimal | None] = {}
    for key, own in by_attempt.items():
        old = weighted_fraction([(each.fraction or Decimal(0), each.max_points) for each in own])
        # Without credit nothing but nothing can be earned, whatever the answers are worth.
        new = round(moves[key].new / own[0].attempt.credit, 6) if own[0].attempt.credit else old
        fractions |= {each.pk: rescaled(each.fraction or Decimal(0), old=old, new=new) for each in own}
    return fractions


def _detail(reason: str) -> dict[str, Any]:
    return {"by": "list", "reason": reason, "path": [f"A list of grades decided: {reason}"], IMPORTED: True}
