"""What a response's tries and hints take off its outcome."""

from __future__ import annotations

from quizzes.models import Response
from quizzes.penalties import penalised, rules_of
from quizzes.questions.base import Outcome


def charged(response: Response, outcome: Outcome) -> Outcome:
    """The outcome less what tries and hints cost by the attempt's rules; the same one where there were none.

    `response` comes with its attempt. An answer changed after it was checked is one answer more, checked or not.
    """
    if not (response.tries or response.hints):
        return outcome
    answers = response.tries + (response.answer != response.tried)
    return penalised(outcome, rules_of(response.attempt.policy), answers=answers, hints=response.hints)
