"""An attempt as the learner sees it while answering: what is asked and what was answered, never a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from jobs.domain.prepared import prepared
from quizzes.domain.asked_versions import with_version
from quizzes.domain.attempts import warning_for
from quizzes.domain.keepable import is_empty
from quizzes.domain.review import ReviewedItem
from quizzes.domain.seating import seed_for
from quizzes.domain.settled import shown_answers
from quizzes.domain.tries import decides_at_once
from quizzes.models import Attempt, Response
from quizzes.penalties import AttemptRules, rules_of
from quizzes.policy import is_interactive
from quizzes.questions import question_type
from quizzes.questions.authored import hints_of
from quizzes.questions.base import Presentation


@dataclass(frozen=True, slots=True)
class AttemptItem:
    """One question of an attempt. `answer` is what was saved, raw; `warning` says why it would not count, or "".

    `of` and `of_points` are how many questions and points the attempt has in all. `hints` are the opened ones,
    `hints_left` how many can still be opened; `tries_left` is None without a limit. `checked` is what may be shown of
    the answer as it stands, once it was checked or is settled.
    """

    position: int
    kind: str
    max_points: float
    presentation: Presentation
    answer: Any
    sequence: int
    saved_at: datetime | None
    confidence: int | None
    flagged: bool
    warning: str
    of: int = 1
    of_points: float = 1.0
    is_settled: bool = False
    may_check: bool = False
    tries: int = 0
    tries_left: int | None = None
    hints: tuple[str, ...] = ()
    hints_left: int = 0
    checked: ReviewedItem | None = None

    @property
    def is_answered(self) -> bool:
        """Whether anything was answered, valid or not."""
        return not is_empty(self.answer)


def attempt_items(attempt: Attempt) -> list[AttemptItem]:
    """All questions that the attempt asks by now, in order; one query, and three more where answers were checked."""
    return items_of(attempt, _responses(attempt=attempt.pk))


def items_of(attempt: Attempt, responses: Sequence[Response]) -> list[AttemptItem]:
    """As attempt_items, of all the attempt's responses in order, which come with their versions."""
    rules = rules_of(attempt.policy)
    reached = responses[: _reached(responses)] if rules.is_sequential else responses
    checked = shown_answers(attempt, reached)
    points = float(sum(response.max_points for response in responses))
    terms = Terms(rules, is_interactive(attempt.policy), len(responses), points)
    return [_item(response, attempt.seed, terms, checked.get(response.position)) for response in reached]


@prepared
def _responses(*, attempt: int) -> QuerySet[Response]:
    return with_version(Response.objects.filter(attempt=attempt)).order_by("position")


def _reached(responses: Sequence[Response]) -> int:
    """How many questions one after the other have been asked: the settled ones in front, and the next."""
    return next((n for n, response in enumerate(responses, 1) if not response.is_settled), len(responses))


@dataclass(frozen=True, slots=True)
class Terms:
    """What is the same for all questions of an attempt."""

    rules: AttemptRules
    is_interactive: bool
    questions: int
    points: float


def _item(response: Response, seed: int, terms: Terms, checked: ReviewedItem | None) -> AttemptItem:
    version = response.version
    may_go_on = terms.is_interactive and not response.is_settled
    hints = hints_of(version.content) if terms.is_interactive else []
    allowed = terms.rules.tries_allowed
    return AttemptItem(
        position=response.position,
        kind=version.kind,
        max_points=float(response.max_points),
        presentation=question_type(version.kind).present(version.content, seed=seed_for(seed, response.position)),
        answer=response.answer,
        sequence=response.sequence,
        saved_at=response.saved_at,
        confidence=response.confidence,
        flagged=response.flagged,
        warning=warning_for(response, response.answer),
        of=terms.questions,
        of_points=terms.points,
        is_settled=response.is_settled,
        may_check=may_go_on and decides_at_once(version.kind, version.content),
        tries=response.tries,
        tries_left=None if allowed is None else max(0, allowed - response.tries),
        hints=tuple(hints[: response.hints]),
        hints_left=max(0, len(hints) - response.hints) if may_go_on else 0,
        checked=checked,
    )


@dataclass(frozen=True, slots=True)
class SubmitSummary:
    """What stands before submitting: positions without an answer, and those whose answer would not count, with why."""

    answered: int
    total: int
    unanswered: tuple[int, ...]
    invalid: tuple[tuple[int, str], ...]


def submit_summary(items: Sequence[AttemptItem]) -> SubmitSummary:
    """The summary shown before submitting. Pure."""
    return SubmitSummary(
        answered=sum(item.is_answered for item in items),
        total=items[0].of if items else 0,
        unanswered=tuple(item.position for item in items if not item.is_answered),
        invalid=tuple((item.position, item.warning) for item in items if item.warning),
    )
