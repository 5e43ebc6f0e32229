"""What one learner answered, over all quizzes of a course: every attempt, and what happened in it in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from course.models import Enrollment
from quizzes.domain.buckets import UNANSWERED, bucket_of
from quizzes.domain.ledger import cause_in_words
from quizzes.domain.questions import title_of
from quizzes.domain.verdicts import Verdict, verdict_of
from quizzes.models import AnswerEvent, Attempt, AttemptState, GradingEvent, Response


@dataclass(frozen=True, slots=True)
class LearnerAnswer:
    """One response, with what it was an answer to. `verdict` is None while its attempt goes on."""

    response: Response
    title: str
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened in an attempt, in words such as "answered" or "graded again"; `position` None: to all.

    `fraction` is what a grading gave, `who` the name of the person who did it, "" for the learner and for graders that
    are none.
    """

    at: datetime
    position: int | None
    what: str
    fraction: Decimal | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class LearnerAttempt:
    """An attempt with its answers in their order, and everything that happened in it, the earliest first."""

    attempt: Attempt
    answers: tuple[LearnerAnswer, ...]
    moments: tuple[Moment, ...]


def attempts_of(enrollment: Enrollment) -> list[Attempt]:
    """All attempts of the learner but void ones, each with its quiz, the newest first. One query."""
    own = Attempt.objects.filter(enrollment=enrollment.pk).exclude(state=AttemptState.VOID)
    return list(own.select_related("quiz").order_by("-started_at", "uuid"))


def attempts_behind(attempts: Sequence[Attempt], cursor: str, *, most: int) -> list[Attempt]:
    """At most so many of the attempts behind the one whose uuid the cursor is; from the first for any other."""
    start = next((place for place, attempt in enumerate(attempts, 1) if str(attempt.uuid) == cursor), 0)
    return list(attempts[start : start + most])


def told_attempts(attempts: Sequence[Attempt]) -> list[LearnerAttempt]:
    """What was answered in these attempts, and when. Three queries whatever their number."""
    keys = [attempt.pk for attempt in attempts]
    responses = list(
        Response.objects.filter(attempt__in=keys).select_related("version__question").order_by("attempt", "position")
    )
    happened = [*_saves(keys), *_gradings(keys)]
    return [_told(attempt, responses, happened) for attempt in attempts]


def _told(attempt: Attempt, responses: Iterable[Response], happened: Iterable[tuple[int, Moment]]) -> LearnerAttempt:
    answers = tuple(_answer(attempt, response) for response in responses if response.attempt_id == attempt.pk)
    moments = [Moment(attempt.started_at, None, "begun"), *(moment for key, moment in happened if key == attempt.pk)]
    if attempt.submitted_at is not None:
        moments.append(Moment(attempt.submitted_at, None, "submitted"))
    return LearnerAttempt(attempt, answers, tuple(sorted(moments, key=lambda moment: moment.at)))


def _answer(attempt: Attempt, response: Response) -> LearnerAnswer:
    is_answered = bucket_of(response.version, response.answer) != UNANSWERED
    is_handed_in = attempt.state == AttemptState.SUBMITTED
    verdict = verdict_of(response.grading, response.fraction, is_answered=is_answered) if is_handed_in else None
    return LearnerAnswer(response, title_of(response.version), verdict)


def _saves(attempts: Collection[int]) -> Iterable[tuple[int, Moment]]:
    events = AnswerEvent.objects.filter(response__attempt__in=attempts).order_by("at", "sequence")
    rows = events.values_list("response__attempt", "response__position", "sequence", "at")
    return [
        (attempt, Moment(at, position, "answered" if sequence == 1 else "changed"))
        for attempt, position, sequence, at in rows
    ]


def _gradings(attempts: Collection[int]) -> Iterable[tuple[int, Moment]]:
    events: Any = GradingEvent.objects.filter(response__attempt__in=attempts).select_related("response", "actor")
    return [
        (
            event.response.attempt_id,
            Moment(
                event.at,
                event.response.position,
                cause_in_words(event),
                event.fraction,
                str(event.actor) if event.actor else "",
            ),
        )
        for event in events.order_by("at", "response__position", "number")
    ]
