"""An attempt as the learner sees it while answering: what is asked and what was answered, never a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from jobs.domain.prepared import prepared
from quizzes.domain.attempts import warning_for
from quizzes.domain.keepable import is_empty
from quizzes.models import Attempt, Response
from quizzes.questions import question_type
from quizzes.questions.base import Presentation


@dataclass(frozen=True, slots=True)
class AttemptItem:
    """One question of an attempt. `answer` is what was saved, raw; `warning` says why it would not count, or ""."""

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

    @property
    def is_answered(self) -> bool:
        """Whether anything was answered, valid or not."""
        return not is_empty(self.answer)


def attempt_items(attempt: Attempt) -> list[AttemptItem]:
    """All questions of the attempt in order; one query."""
    return [attempt_item(response, seed=attempt.seed) for response in _responses(attempt=attempt.pk)]


@prepared
def _responses(*, attempt: int) -> QuerySet[Response]:
    return Response.objects.filter(attempt=attempt).select_related("version").order_by("position")


def attempt_item(response: Response, *, seed: int) -> AttemptItem:
    """One question as it is asked in this attempt; `response` comes with its version."""
    version = response.version
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
    )


def seed_for(seed: int, position: int) -> int:
    """The seed that shuffles one question's options: every question of an attempt has its own."""
    return seed * 1009 + position


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
        total=len(items),
        unanswered=tuple(item.position for item in items if not item.is_answered),
        invalid=tuple((item.position, item.warning) for item in items if item.warning),
    )
