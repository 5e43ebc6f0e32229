"""More time for one learner: one record for a whole course, which every present and future quiz goes by."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.domain.audit import record, record_each
from accounts.models import User
from course.models import Course, Enrollment, Role
from course.rules import is_current
from quizzes.domain.deadlines import Window, deadline_of, window_of
from quizzes.domain.row_updates import update_each
from quizzes.models import Attempt, AttemptState, Quiz

HAS_MORE_TIME = Q(enrollment__time_factor__gt=1) | Q(enrollment__extra_days__gt=0)


@dataclass(frozen=True, slots=True)
class OwnTerms:
    """A quiz as one learner has it."""

    quiz: Quiz
    window: Window


@transaction.atomic
def accommodate(enrollment: Enrollment, *, time_factor: Decimal, extra_days: int, actor: User | None) -> int:
    """The learner has `time_factor` (1..10) times the time, and `extra_days` (0..366), in every quiz of the course.

    Attempts that run are extended with it; one never ends earlier than it would have. Returns how many were extended.
    The enrolment is locked; one audit entry says what changed. The same again changes nothing and is not recorded.
    """
    kept = Enrollment.objects.select_for_update(of=("self",)).select_related("course").get(pk=enrollment.pk)
    before = _time_of(kept)
    after = {"time_factor": f"{time_factor:.2f}", "extra_days": extra_days}
    enrollment.time_factor, enrollment.extra_days = time_factor, extra_days
    if before == after:
        return 0
    enrollment.save(update_fields=["time_factor", "extra_days"])
    record(
        "accommodated",
        subject=f"enrollment:{enrollment.uuid}",
        actor=actor,
        course=kept.course.uuid,
        detail={"from": before, "to": after},
    )
    return extend_running(Attempt.objects.filter(enrollment=enrollment))


@dataclass(frozen=True, slots=True)
class Accommodated:
    """Of how many learners the time is another than before, and how many of their running attempts were extended."""

    changed: int
    extended: int


@transaction.atomic
def accommodate_each(
    course: Course, *, people: Collection[UUID], time_factor: Decimal, extra_days: int, actor: User | None
) -> Accommodated:
    """As accommodate, for each of the course's learners among these (public ids of their parts), all or none.

    Others are passed over. The parts are locked; an audit entry for each that changes; a constant number of statements.
    """
    parts = Enrollment.objects.filter(is_current(), course=course.pk, role=Role.LEARNER, uuid__in=people)
    after = {"time_factor": f"{time_factor:.2f}", "extra_days": extra_days}
    found = {part: _time_of(part) for part in parts.select_for_update(of=("self",)).order_by("pk")}
    changed = {part: before for part, before in found.items() if before != after}
    keys = [part.pk for part in changed]
    Enrollment.objects.filter(pk__in=keys).update(time_factor=time_factor, extra_days=extra_days)
    entries = [
        ("accommodated", f"enrollment:{part.uuid}", {"from": before, "to": after}) for part, before in changed.items()
    ]
    record_each(entries, actor=actor, course=course.uuid)
    return Accommodated(len(changed), extend_running(Attempt.objects.filter(enrollment__in=keys)))


def _time_of(part: Enrollment) -> dict[str, Any]:
    return {"time_factor": str(part.time_factor), "extra_days": part.extra_days}


def extend_running(attempts: QuerySet[Attempt]) -> int:
    """Those of the attempts that run end when their quiz and their learner's accommodation now say, never earlier.

    Two statements whatever their number. Returns how many were extended.
    """
    running = attempts.filter(state=AttemptState.IN_PROGRESS, deadline_at__isnull=False)
    rows = []
    for attempt in running.select_related("quiz", "enrollment").select_for_update(of=("self",)).order_by("pk"):
        due = due_of(attempt)
        if due is not None and attempt.deadline_at is not None and due > attempt.deadline_at:
            rows.append((attempt.pk, due))
    return update_each(Attempt, ("deadline_at",), rows)


def due_of(attempt: Attempt) -> datetime | None:
    """When the attempt, which comes with quiz and enrolment, should end: by its terms now, and what extensions gave."""
    due = deadline_of(window_of(attempt.quiz, attempt.enrollment), attempt.started_at)
    return due and due + timedelta(seconds=attempt.extra_seconds)


@transaction.atomic
def extend_forgotten() -> int:
    """An attempt that began while its learner was being given more time has it too; returns how many were extended."""
    return extend_running(Attempt.objects.filter(HAS_MORE_TIME))


@dataclass(frozen=True, slots=True)
class LearnerTerms:
    """A learner with more time, and a quiz as they have it."""

    enrollment: Enrollment
    window: Window


def terms_in(quiz: Quiz) -> list[LearnerTerms]:
    """Everybody of the course who has more time, by name, with the quiz as they have it; one query."""
    more = Q(time_factor__gt=1) | Q(extra_days__gt=0)
    enrollments = Enrollment.objects.filter(more, course=quiz.course_id, left_at__isnull=True)
    rows = enrollments.select_related("user").order_by("user__name", "pk")
    return [LearnerTerms(enrollment, window_of(quiz, enrollment)) for enrollment in rows]


def own_terms(enrollment: Enrollment) -> list[OwnTerms]:
    """Every quiz of the course that has a limit or a closing, as this learner has it; one query."""
    timed = Q(time_limit_seconds__isnull=False) | Q(closes_at__isnull=False)
    quizzes = Quiz.objects.filter(timed, course=enrollment.course_id)
    return [OwnTerms(quiz, window_of(quiz, enrollment)) for quiz in quizzes]
