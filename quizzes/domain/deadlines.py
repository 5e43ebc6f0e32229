"""When an attempt may start, until when its answers count, and when a learner's window closes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from course.models import Enrollment
from quizzes.late_credit import LateStep, credit_for, steps_of
from quizzes.models import Attempt, Quiz

MICROSECOND = timedelta(microseconds=1)
TRANSPORT_GRACE = timedelta(seconds=15)
"""A save sent in time may arrive this late; shown nowhere."""


@dataclass(frozen=True, slots=True)
class Window:
    """A quiz as one learner has it: seconds allowed and when it opens and closes for them, accommodations included.

    `late` are the steps by which credit falls after `closes_at`.
    """

    limit_seconds: int | None
    opens_at: datetime | None
    closes_at: datetime | None
    extended_from_seconds: int | None
    extended_from_closing: datetime | None
    late: tuple[LateStep, ...] = ()

    @property
    def ends_at(self) -> datetime | None:
        """The last moment at which anything is accepted: the closing, or the end of the last late step."""
        return self.closes_at + self.late[-1].until if self.closes_at and self.late else self.closes_at

    def is_open(self, at: datetime) -> bool:
        """Whether an attempt may start at `at`: from the opening up to, not including, the end."""
        return (self.opens_at is None or self.opens_at <= at) and not self.is_over(at)

    def is_over(self, at: datetime) -> bool:
        """Whether the quiz has an end and it is past."""
        return self.ends_at is not None and self.ends_at <= at

    def is_closed(self, at: datetime) -> bool:
        """Whether nothing more can be answered; a quiz without a closing time counts as closed once submitted."""
        return self.ends_at is None or self.ends_at <= at


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
        late=steps_of(quiz.late_credit) if quiz.late_credit else (),
    )


def deadline_of(window: Window, started_at: datetime) -> datetime | None:
    """When an attempt begun at `started_at` ends: the time limit or the window's end, whichever comes first.

    Whoever has more time has it here too: the time that anybody else would have from that start, extended as the limit
    is, even past the window's end.
    """
    return _end(window, started_at, window.ends_at)


def _end(window: Window, started_at: datetime, closing: datetime | None) -> datetime | None:
    if window.limit_seconds is None:
        return closing
    usual = window.extended_from_seconds or window.limit_seconds
    time = timedelta(seconds=usual)
    if closing is not None:
        time = min(time, closing - started_at)
    # In whole numbers: a limit of months, multiplied as a duration, is more than durations hold.
    extended = Fraction(time // MICROSECOND * window.limit_seconds, usual)
    return started_at + round(extended) * MICROSECOND


def credit_at(window: Window, *, started_at: datetime, submitted_at: datetime) -> Decimal:
    """What counts of an attempt submitted then, 0..1: all of it up to the closing, as this learner has it."""
    if not window.late or window.closes_at is None:
        return Decimal(1)
    prompt = window.closes_at
    if started_at < prompt:
        prompt = max(prompt, _end(window, started_at, prompt) or prompt)
    return credit_for(window.late, late=submitted_at - prompt)


def counts_at(attempt: Attempt, at: datetime) -> bool:
    """Whether an answer that arrives at `at` still counts."""
    return attempt.deadline_at is None or at <= attempt.deadline_at + TRANSPORT_GRACE
