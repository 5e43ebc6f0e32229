"""The rows of an attempt that begins: a response for each question, empty, answered, or with the last one's answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quizzes.domain.drawing import Drawn, drawn_questions
from quizzes.domain.keepable import is_empty
from quizzes.domain.row_updates import BATCH, insert_each, insert_told
from quizzes.models import AnswerEvent, Attempt, AttemptState, Grading, Response
from quizzes.policy import Shown, shown_now

ATTEMPT = tuple(field.attname for field in Attempt._meta.concrete_fields if not field.primary_key)  # noqa: SLF001 -- Django documents _meta as public
RESPONSE = (
    *("attempt_id", "position", "item_id", "version_id", "max_points", "answer", "confidence", "flagged"),
    *("tries", "hints", "is_settled", "sequence", "saved_at", "grading"),
)


def seat(attempt: Attempt, *, answers: Mapping[int, Any] | None = None) -> list[Response]:
    """The attempt is stored with a response for each question it asks; those in order are returned.

    Its time is when it started: answers by position are kept as given then, and where it is submitted already, its
    responses wait for their grader. Built on another, it begins with the answers given there to the same wordings;
    those that were right are settled where the learner may know so.

    Belongs into a transaction. Raises NothingToAsk or PoolTooSmall; then nothing was written.
    """
    responses = _responses(attempt, drawn_questions(attempt.quiz, seed=attempt.seed))
    if attempt.built_on is not None:
        _fill(responses, attempt.built_on, attempt)
    for response in responses:
        if answers and response.position in answers:
            response.answer = answers[response.position]
            response.sequence, response.saved_at = 1, attempt.started_at
    _store(attempt, responses)
    return responses


def _responses(attempt: Attempt, drawn: Sequence[Drawn]) -> list[Response]:
    grading = Grading.PENDING if attempt.state == AttemptState.SUBMITTED else Grading.NOT_READY
    return [
        Response(
            position=position,
            item_id=each.item,
            version_id=each.version,
            max_points=each.max_points,
            grading=grading,
        )
        for position, each in enumerate(drawn, 1)
    ]


def _store(attempt: Attempt, responses: Sequence[Response]) -> None:
    _insert([attempt], ATTEMPT)
    for response in responses:
        response.attempt = attempt
    _insert(responses, RESPONSE)
    given = [(r.pk, r.sequence, r.answer, r.saved_at) for r in responses if r.sequence]
    for start in range(0, len(given), BATCH):
        insert_each(AnswerEvent, ("response", "sequence", "answer", "at"), given[start : start + BATCH])


def _insert(rows: Sequence[Attempt] | Sequence[Response], columns: tuple[str, ...]) -> None:
    """The rows are stored and carry their keys. Django's own way asks each field of each row for an expression."""
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        keys = insert_told(type(rows[0]), columns, [tuple(getattr(row, name) for name in columns) for row in some])
        for row, key in zip(some, keys, strict=True):
            row.pk, row._state.adding = key, False  # noqa: SLF001 -- Django documents _state


def _fill(responses: list[Response], last: Attempt, attempt: Attempt) -> None:
    may_know = Shown.VERDICT in shown_now(last.policy, submitted=True, closed=False)
    before = {response.version_id: response for response in Response.objects.filter(attempt=last)}
    for response in responses:
        given = before.get(response.version_id)
        if given is not None and not is_empty(given.answer):
            response.answer, response.confidence = given.answer, given.confidence
            response.sequence, response.saved_at = 1, attempt.started_at
            response.is_settled = may_know and given.fraction == 1


def seed_for(seed: int, position: int) -> int:
    """The seed that shuffles one question's options: every question of an attempt has its own."""
    return seed * 1009 + position
