"""A whole attempt in one call, for programs: start, answer, submit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Min

from course.models import Enrollment
from quizzes.domain.attempts import GivenAnswer, save_answer, save_answers, start_attempt, submit_attempt
from quizzes.domain.navigation import go_on
from quizzes.errors import AnswerSettled
from quizzes.models import Attempt, AttemptState, Quiz, Response
from quizzes.penalties import rules_of


@transaction.atomic
def take_quiz(
    quiz: Quiz, *, enrollment: Enrollment, answers: Mapping[int, Any], submit: bool, client_key: UUID | None = None
) -> Attempt:
    """The learner's attempt holds these answers (by position) and, with `submit`, is submitted; or nothing changed.

    The same call again with the same `client_key` gives the same attempt and changes nothing once it is submitted.
    Raises what start_attempt and save_answers raise.
    """
    attempt = start_attempt(quiz, enrollment=enrollment, client_key=client_key)
    if attempt.state != AttemptState.IN_PROGRESS:
        return attempt
    given = [GivenAnswer(position, raw, None) for position, raw in answers.items()]
    if rules_of(attempt.policy).is_sequential:
        _one_after_the_other(attempt, given)
    elif save_answers(attempt, given=given).settled:
        raise AnswerSettled
    return submit_attempt(attempt) if submit else attempt


def _one_after_the_other(attempt: Attempt, given: Sequence[GivenAnswer]) -> None:
    asked = Response.objects.filter(attempt=attempt, is_settled=False).aggregate(first=Min("position"))["first"]
    for answer in sorted(given, key=lambda answer: answer.position):
        while asked is not None and asked < answer.position:
            asked = go_on(attempt, position=asked)
        save_answer(attempt, given=answer)
