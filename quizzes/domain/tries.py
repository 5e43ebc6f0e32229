"""Checking an answer before its attempt is submitted, and opening hints: where the policy shows something at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from jobs.domain.clock import DatabaseClock
from quizzes.domain.attempts import require_open, require_reached, warning_for
from quizzes.domain.grading import append_events, grade_response
from quizzes.domain.keepable import is_empty
from quizzes.errors import AnswerSettled, CannotCheck, NoMoreHints
from quizzes.grading import grader_named
from quizzes.models import Attempt, CauseKind, GradingEvent, Response
from quizzes.penalties import raw_fraction, rules_of
from quizzes.policy import is_interactive
from quizzes.questions import UnknownKind, question_type
from quizzes.questions.authored import hints_of
from quizzes.questions.base import BrokenQuestion

NOT_SHOWN = "This quiz shows nothing before you submit it."
NOTHING_YET = "Answer the question first, then check it."
BY_A_PERSON = "A person reads this answer after you submit, so it cannot be checked now."
NOT_NOW = "This answer cannot be checked now. It is kept, and it costs you nothing."


@transaction.atomic
def check_answer(attempt: Attempt, *, position: int, at: datetime | None = None) -> Response:
    """The saved answer was graded as one more try, which stands as a grading event; right, or the last, it is settled.

    The same answer checked again is the same try. Raises CannotCheck where the policy shows nothing yet, a person
    grades, or there is no answer that would count; AnswerSettled, NotYetAsked, AttemptClosed, Response.DoesNotExist.
    The response is locked; grading it is pure.
    """
    response, clock = _locked(attempt, position)
    now = at or clock
    require_open([response], now)
    require_reached([response])
    if response.tries and response.answer == response.tried:
        return response
    _require_checkable(response)
    response.tries, response.tried = response.tries + 1, response.answer
    number = GradingEvent.objects.filter(response=response).count() + 1
    graded = grade_response(response, number=number, at=now)
    if graded.outcome is None or graded.fraction is None:
        raise CannotCheck(NOT_NOW)
    response.is_settled = raw_fraction(graded.fraction, graded.outcome.detail) == 1 or _is_last(response)
    response.save(update_fields=["tries", "tried", "is_settled"])
    append_events([graded], cause=uuid4(), cause_kind=CauseKind.TRY)
    return response


@transaction.atomic
def open_hint(attempt: Attempt, *, position: int, at: datetime | None = None) -> Response:
    """One more hint of the question is open; what it costs was said before.

    Raises NoMoreHints where all are open, or where the policy shows nothing before submitting; AnswerSettled,
    NotYetAsked, AttemptClosed, Response.DoesNotExist. The response is locked.
    """
    response, clock = _locked(attempt, position)
    require_open([response], at or clock)
    require_reached([response])
    if response.is_settled:
        raise AnswerSettled
    if not is_interactive(response.attempt.policy) or response.hints >= len(hints_of(response.version.content)):
        raise NoMoreHints
    response.hints += 1
    response.save(update_fields=["hints"])
    return response


def decides_at_once(kind: str, content: Any) -> bool:
    """Whether answers to this content are graded by rules alone, so that they can be checked while answering."""
    return not grader_named(question_type(kind).grader_for(content)).may_defer


def _require_checkable(response: Response) -> None:
    if response.is_settled:
        raise AnswerSettled
    if not is_interactive(response.attempt.policy):
        raise CannotCheck(NOT_SHOWN)
    if is_empty(response.answer):
        raise CannotCheck(NOTHING_YET)
    try:
        is_decided = decides_at_once(response.version.kind, response.version.content)
        warning = warning_for(response, response.answer)
    except (BrokenQuestion, UnknownKind) as problem:
        raise CannotCheck(NOT_NOW) from problem
    if warning or not is_decided:
        raise CannotCheck(warning or BY_A_PERSON)


def _is_last(response: Response) -> bool:
    allowed = rules_of(response.attempt.policy).tries_allowed
    return allowed is not None and response.tries >= allowed


def _locked(attempt: Attempt, position: int) -> tuple[Response, datetime]:
    """The response, locked, and the database's clock after it was."""
    response: Any = (
        Response.objects.filter(attempt=attempt, position=position)
        .select_related("attempt", "version__question")
        .select_for_update(of=("self",))
        .annotate(now=DatabaseClock())
        .get()
    )
    return response, response.now
