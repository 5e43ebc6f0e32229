"""A quiz while it is taken: how many are where, and who has not saved for long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from course.models import Course, Enrollment
from jobs.domain.clock import database_now
from quizzes.models import Attempt, AttemptState, Grading, Quiz, Response

RECENT = timedelta(minutes=2)
STUCK = timedelta(minutes=20)
MOST_STUCK = 50


@dataclass(frozen=True, slots=True)
class Counts:
    """Attempts at a quiz, each counted once but for `saving`, which are those in progress with a recent save."""

    in_progress: int
    saving: int
    being_graded: int
    waiting: int
    graded: int

    @property
    def submitted(self) -> int:
        """All that were handed in."""
        return self.being_graded + self.waiting + self.graded


@dataclass(frozen=True, slots=True)
class Stuck:
    """A learner whose attempt is in progress and who has not saved since `since`; `deadline` is its end, if any."""

    enrollment: Enrollment
    since: datetime
    deadline: datetime | None


def quizzes_to_watch(course: Course) -> QuerySet[Any]:
    """The quizzes of the course that can be taken, each with `at_work`, the learners at it now, most of them first."""
    running = Attempt.objects.filter(quiz=OuterRef("pk"), state=AttemptState.IN_PROGRESS, enrollment__isnull=False)
    at_work = running.order_by().values("quiz").annotate(number=Count("pk")).values("number")
    offered = Quiz.objects.filter(course=course.pk, archived_at__isnull=True)
    watched: QuerySet[Any] = offered.annotate(at_work=Coalesce(Subquery(at_work), 0))
    return watched.order_by("-at_work", "position", "pk")


def counts_of(quiz: Quiz, *, at: datetime | None = None) -> Counts:
    """Where the attempts of enrolled learners are now; one query whatever their number."""
    now = at or database_now()
    saved = Response.objects.filter(attempt=OuterRef("pk"), saved_at__gte=now - RECENT)
    by_person = Response.objects.filter(attempt=OuterRef("pk"), grading=Grading.PENDING_MANUAL)
    attempts = Attempt.objects.filter(quiz=quiz, enrollment__isnull=False, counts=True).order_by()
    running, handed_in = Q(state=AttemptState.IN_PROGRESS), Q(state=AttemptState.SUBMITTED)
    ungraded = handed_in & Q(fraction__isnull=True)
    found = attempts.annotate(is_saving=Exists(saved), waits=Exists(by_person)).aggregate(
        in_progress=Count("pk", filter=running),
        saving=Count("pk", filter=running & Q(is_saving=True)),
        being_graded=Count("pk", filter=ungraded & Q(waits=False)),
        waiting=Count("pk", filter=ungraded & Q(waits=True)),
        graded=Count("pk", filter=handed_in & Q(fraction__isnull=False)),
    )
    return Counts(**found)


def stuck_at(quiz: Quiz, *, at: datetime | None = None) -> list[Stuck]:
    """Learners in progress without a save for twenty minutes, the longest first, fifty at most; one query."""
    now = at or database_now()
    running = Attempt.objects.filter(quiz=quiz, state=AttemptState.IN_PROGRESS, enrollment__isnull=False)
    since = running.annotate(since=Coalesce(Max("responses__saved_at"), "started_at"))
    quiet = since.filter(since__lte=now - STUCK).select_related("enrollment__user").order_by("since", "pk")
    return [
        Stuck(attempt.enrollment, attempt.since, attempt.deadline_at)
        for attempt in quiet[:MOST_STUCK]
        if attempt.enrollment is not None
    ]
