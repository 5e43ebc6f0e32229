"""The rows of an attempt that begins: one response for each question, empty or with the last attempt's answer."""

from __future__ import annotations

from django.db import transaction

from quizzes.domain.drawing import drawn_questions
from quizzes.domain.keepable import is_empty
from quizzes.models import AnswerEvent, Attempt, Response
from quizzes.policy import Shown, shown_now


@transaction.atomic
def seat(attempt: Attempt) -> Attempt:
    """The attempt is stored with a response for each question it asks.

    Built on another, it begins with the answers given there to the same wordings; those that were right are settled
    where the learner may know so. Raises NothingToAsk or PoolTooSmall; then nothing was written.
    """
    drawn = drawn_questions(attempt.quiz, seed=attempt.seed)
    attempt.save()
    responses = [
        Response(
            attempt=attempt, position=position, item_id=each.item, version_id=each.version, max_points=each.max_points
        )
        for position, each in enumerate(drawn, 1)
    ]
    if attempt.built_on is not None:
        _fill(responses, attempt.built_on, attempt)
    Response.objects.bulk_create(responses)
    if attempt.built_on is not None:
        _keep_history(responses)
    return attempt


def _fill(responses: list[Response], last: Attempt, attempt: Attempt) -> None:
    may_know = Shown.VERDICT in shown_now(last.policy, submitted=True, closed=False)
    before = {response.version_id: response for response in Response.objects.filter(attempt=last)}
    for response in responses:
        given = before.get(response.version_id)
        if given is not None and not is_empty(given.answer):
            response.answer, response.confidence = given.answer, given.confidence
            response.sequence, response.saved_at = 1, attempt.started_at
            response.is_settled = may_know and given.fraction == 1


def _keep_history(responses: list[Response]) -> None:
    AnswerEvent.objects.bulk_create(
        AnswerEvent(response=response, sequence=response.sequence, answer=response.answer, at=response.saved_at)
        for response in responses
        if response.sequence and response.saved_at
    )


def seed_for(seed: int, position: int) -> int:
    """The seed that shuffles one question's options: every question of an attempt has its own."""
    return seed * 1009 + position
