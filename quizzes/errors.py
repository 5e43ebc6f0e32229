"""What can go wrong with quizzes, in the words a person reads. Turned into HTTP by the doors, in one place each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizzes.models import Response


class QuizError(Exception):
    """Something asked of a quiz cannot be done; `code` is stable, the message a sentence with the next step."""

    code = "quiz_error"
    message = "This cannot be done right now."

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.message)


class QuizNotOpen(QuizError):
    code = "quiz_not_open"
    message = "This quiz is not open now."


class AttemptsUsedUp(QuizError):
    code = "attempts_used_up"
    message = "You have used every attempt at this quiz."


class AttemptTooSoon(QuizError):
    code = "attempt_too_soon"
    message = "The next attempt is not open yet."


class AttemptClosed(QuizError):
    code = "attempt_closed"
    message = "This attempt has been submitted, so its answers no longer change."


class NothingToAsk(QuizError):
    code = "nothing_to_ask"
    message = "This quiz has no published question yet."


class AnswerTooLarge(QuizError):
    code = "answer_too_large"
    message = "This answer is too long to keep. Shorten it and save again."


class UnkeepableAnswer(QuizError):
    code = "unkeepable_answer"
    message = "This answer holds characters or nesting that cannot be stored. Remove them and save again."


class NotAnAnswer(QuizError):
    code = "not_an_answer"
    message = "This is not an answer to this kind of question."


class StaleAnswer(QuizError):
    """Another tab or device saved first; `response` carries the newer answer."""

    code = "stale_answer"
    message = "A newer answer was saved from another tab or device. Look at it and decide which one stays."

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


class RubricFull(QuizError):
    code = "rubric_full"
    message = "A rubric has at most 30 items. Retire one that is no longer needed first."


class CannotPublish(QuizError):
    """Publishing found problems; `problems` holds all of them at once, as sentences."""

    code = "cannot_publish"
    message = "The course cannot be published yet."

    def __init__(self, problems: list[str]) -> None:
        super().__init__()
        self.problems = problems
