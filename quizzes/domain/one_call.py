"""A whole attempt in one call, for programs: start, answer, submit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from course.models import Enrollment
from quizzes.domain.attempts import GivenAnswer, save_answers, start_attempt, submit_attempt
from quizzes.models import Attempt, AttemptState, Quiz


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
    if answers:
        save_answers(attempt, given=[GivenAnswer(position, raw, None) for position, raw in answers.items()])
    return submit_attempt(attempt) if submit else attempt
