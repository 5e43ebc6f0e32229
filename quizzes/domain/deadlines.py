"""When an attempt may start, until when its answers count, and when a learner's window closes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from course.models import Enrollment
from quizzes.models import Attempt, Quiz

TRANSPORT_GRACE = timedelta(seconds=15)
"""A save sent in time may arrive this late; shown nowhere."""


@dataclass(frozen=True, slots=True)
class Window:
    """A quiz as one learner has it: seconds allowed and when it opens and closes for them, accommodations included."""

    limit_seconds: int | None
    opens_at: datetime | None
    closes_at: datetime | None
    extended_from_seconds: int | None
    extended_from_closing: datetime | None

    def is_open(self, at: datetime) -> bool:
        """Whether an attempt may start at `at`: from the opening up to, not including, the closing."""
        return (self.opens_at is None or self.opens_at <= at) and (self.closes_at is None or at < self.closes_at)

    def is_closed(self, at: datetime) -> bool:
        """Whether nothing more can be answered; a quiz without a closing time counts as closed once submitted."""
        return self.closes_at is None or self.closes_at <= at


def window_of(quiz: Quiz, enrollment: Enrollment | None) -> Window:
    """The learner's own limit and window. An accommodation wins over the quiz's window; it never shortens."""
    factor = enrollment.time_factor if enrollment else 1
    extra = timedelta(days=enrollment.extra_days if enrollment else 0)
    limit = None if quiz.time_limit_seconds is None else round(quiz.time_limit_seconds * factor)
    closes = quiz.closes_at and quiz.closes_at + extra
    return Window(
        limit_seconds=limit,
        opens_at=quiz.opens_at,
        closes_at=closes,
        extended_from_seconds=quiz.time_limit_seconds if limit != quiz.time_limit_seconds else None,
        extended_from_closing=quiz.closes_at if closes != quiz.closes_at else None,
    )


def deadline_of(window: Window, started_at: datetime) -> datetime | None:
    """When an attempt begun at `started_at` ends: the time limit or the closing, whichever comes first."""
    ends = [window.closes_at] if window.closes_at else []
    if window.limit_seconds is not None:
        ends.append(started_at + timedelta(seconds=window.limit_seconds))
    return min(ends, default=None)


def counts_at(attempt: Attempt, at: datetime) -> bool:
    """Whether an answer that arrives at `at` still counts."""
    return attempt.deadline_at is None or at <= attempt.deadline_at + TRANSPORT_GRACE
