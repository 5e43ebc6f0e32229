"""How much time an attempt has left: a tiny answer for a page whose timer runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jobs.domain.clock import DatabaseClock
from jobs.domain.prepared import prepared
from quizzes.domain.deadlines import Window, window_of
from quizzes.models import Attempt, AttemptState


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """Seconds until the deadline by the database's clock, never below 0, None without one; and the learner's terms."""

    is_running: bool
    seconds: int | None
    window: Window


def time_left(*, person: int, uuid: UUID) -> TimeLeft:
    """The time left in the person's own attempt; one statement. Raises Attempt.DoesNotExist for anybody else's."""
    found = _attempts(person=person, uuid=uuid)
    if not found:
        raise Attempt.DoesNotExist("There is no such attempt of yours.")
    attempt = found[0]
    seconds = None
    if attempt.deadline_at is not None:
        seconds = max(0, round((attempt.deadline_at - attempt.now).total_seconds()))
    is_running = attempt.state == AttemptState.IN_PROGRESS
    return TimeLeft(is_running, seconds, window_of(attempt.quiz, attempt.enrollment))


@prepared
def _attempts(*, person: int, uuid: UUID) -> QuerySet[Any]:
    attempts = Attempt.objects.filter(enrollment__user=person, enrollment__isnull=False, uuid=uuid)
    own: QuerySet[Any] = attempts.select_related("quiz", "enrollment").annotate(now=DatabaseClock())
    return own
