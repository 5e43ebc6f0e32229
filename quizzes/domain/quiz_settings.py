"""The settings of a quiz: what they may be, and changing them. Who is answering keeps the rules they began with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from accounts.models import User
from quizzes.domain.quiz_history import ASSEMBLED, keep_settings, recorded
from quizzes.errors import QuizError
from quizzes.late_credit import timeline_problems
from quizzes.models import Quiz
from quizzes.policy import policy_problems

SETTINGS = ASSEMBLED

LAST_YEAR = 2999
"""Who has more time or hands in late gets days on top of a closing, and no moment comes after the year 9999."""

Problem = tuple[str, str]
"""The field that something is wrong with, and what, in a sentence."""


class SettingsRefused(QuizError):
    """The settings contradict themselves or each other; `problems` holds all of them at once."""

    code = "settings_refused"
    message = "These settings cannot be kept."

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(message for _, message in problems))
        self.problems = problems


def change_settings(quiz: Quiz, *, changes: Mapping[str, Any], actor: User | None) -> Quiz:
    """The quiz has these settings, by their names in SETTINGS, and the audit log says who changed which.

    Attempts that run keep policy and rules; where there is more time now they have it too, and never less. Another rule
    of what counts holds for all results at once. Raises SettingsRefused with all problems; then nothing changed. The
    quiz is locked.
    """
    wanted = {name: value for name, value in changes.items() if name in SETTINGS and getattr(quiz, name) != value}
    with recorded(quiz, verb="changed settings", actor=actor, settings=sorted(wanted)) as kept:
        for name, value in wanted.items():
            setattr(kept, name, value)
        problems = settings_problems(kept)
        if problems:
            raise SettingsRefused(problems)
        if wanted:
            keep_settings(kept, names=list(wanted))
    return kept


def settings_problems(quiz: Quiz) -> list[Problem]:
    """Everything that is wrong with a quiz's settings, saved or not; empty for those that can be kept. Pure."""
    return [
        *_problems_of_numbers(quiz),
        *_problems_of_times(quiz),
        *_problems_of_mastery(quiz),
        *(("feedback_policy", message) for message in policy_problems(quiz.feedback_policy)),
        *(("late_credit", message) for message in timeline_problems(quiz.late_credit)),
    ]


def _problems_of_numbers(quiz: Quiz) -> Iterator[Problem]:
    if not quiz.title.strip():
        yield "title", "Give the quiz a title."
    for name in ("time_limit_seconds", "attempts_allowed", "tries_allowed"):
        amount = getattr(quiz, name)
        if amount is not None and amount < 1:
            yield name, "Leave it empty for no limit; a limit is more than 0."
    for name in ("pass_fraction", "try_penalty", "hint_penalty"):
        fraction = getattr(quiz, name)
        if fraction is not None and not 0 <= Decimal(str(fraction)) <= 1:
            yield name, "This lies between 0 and 100 %."


def _problems_of_times(quiz: Quiz) -> Iterator[Problem]:
    for name in ("opens_at", "closes_at"):
        moment = getattr(quiz, name)
        if moment is not None and moment.year > LAST_YEAR:
            yield name, f"Choose a date up to the year {LAST_YEAR}, or leave it empty."
    if quiz.opens_at and quiz.closes_at and quiz.opens_at >= quiz.closes_at:
        yield "closes_at", "It has to close after it opens."
    if quiz.closes_at is None and quiz.late_credit:
        yield "late_credit", "Late credit counts from the closing, and this quiz has none."
    if quiz.closes_at is None and quiz.practice_after_close:
        yield "practice_after_close", "Practice follows the closing, and this quiz has none."


def _problems_of_mastery(quiz: Quiz) -> Iterator[Problem]:
    right, of = quiz.mastery_right, quiz.mastery_of
    if (right is None) != (of is None):
        yield "mastery_of", "Say both: how many right answers, and of how many."
    elif right is not None and of is not None and not 0 < right <= of:
        yield "mastery_of", "Ask for at least one right answer, and of at least as many."
