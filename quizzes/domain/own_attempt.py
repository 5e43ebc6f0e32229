"""A learner's own attempt, with all that its pages ask of it; one statement, put together once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from course.models import Lesson
from jobs.domain.clock import DatabaseClock
from jobs.domain.prepared import prepared
from quizzes.models import Attempt, Grading, Response

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

RELATED = ("quiz__course", "quiz__lesson__revision", "enrollment")


def own_attempt(person: User | AnonymousUser, *, uuid: UUID) -> Any:
    """The person's own attempt with its quiz, course, lesson, revision and enrolment.

    `now` is the database's clock, `is_pending` says whether a response still waits for its grader, `next_slug` and
    `next_title` are the following lesson's, or None. Raises Attempt.DoesNotExist for anybody else's attempt.
    """
    found = [] if person.pk is None else _attempts(person=person.pk, uuid=uuid)
    if not found:
        raise Attempt.DoesNotExist("There is no such attempt of yours.")
    return found[0]


@prepared
def _attempts(*, person: int, uuid: UUID) -> QuerySet[Any]:
    pending = Response.objects.filter(attempt=OuterRef("pk"), grading=Grading.PENDING)
    following = Lesson.objects.filter(
        course=OuterRef("quiz__course"), position__gt=OuterRef("quiz__lesson__position")
    ).order_by("position")
    attempts: QuerySet[Any] = Attempt.objects.filter(enrollment__user=person, enrollment__isnull=False, uuid=uuid)
    annotated: QuerySet[Any] = (
        attempts.select_related(*RELATED)
        .annotate(now=DatabaseClock(), is_pending=Exists(pending))
        .annotate(next_slug=Subquery(following.values("slug")[:1]), next_title=Subquery(following.values("title")[:1]))
    )
    return annotated


def attempt_with(uuid: UUID, person: User | AnonymousUser) -> Any:
    """The person's own attempt with its quiz and enrolment, and `now` of the database; one query.

    Raises Attempt.DoesNotExist for anybody else's attempt.
    """
    found = [] if person.pk is None else _with_quiz(person=person.pk, uuid=uuid)
    if not found:
        raise Attempt.DoesNotExist("There is no such attempt of yours.")
    return found[0]


@prepared
def _with_quiz(*, person: int, uuid: UUID) -> QuerySet[Any]:
    own: QuerySet[Any] = Attempt.objects.filter(enrollment__user=person, enrollment__isnull=False, uuid=uuid)
    annotated: QuerySet[Any] = own.select_related("quiz", "enrollment").annotate(now=DatabaseClock())
    return annotated
