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


class NoCertificate(QuizError):
    code = "no_certificate"
    message = "There is no certificate yet: something of the course is left to do."


class NotToRemember(QuizError):
    code = "not_to_remember"
    message = "This question is not among those you are to remember."


class NothingToFind(QuizError):
    code = "nothing_to_find"
    message = "What proves this answer is not shown, or it is right already."


class AttemptClosed(QuizError):
    code = "attempt_closed"
    message = "This attempt has been submitted, so its answers no longer change."


class NothingToAsk(QuizError):
    code = "nothing_to_ask"
    message = "This quiz has no published question yet."


class PoolTooSmall(QuizError):
    code = "pool_too_small"
    message = "This quiz draws more questions than there are to draw from. Tell its instructor; nothing was begun."


class AnswerSettled(QuizError):
    code = "answer_settled"
    message = (
        "This answer no longer changes: it is right, its tries are used up, or you have gone on to the next question."
    )


class NotYetAsked(QuizError):
    code = "not_yet_asked"
    message = "This quiz asks one question after the other, and this one has not been asked yet. Go on from the last."


class AnyOrder(QuizError):
    code = "any_order"
    message = "The questions of this quiz can be answered in any order; there is nothing to go on from."


class CannotCheck(QuizError):
    code = "cannot_check"
    message = "This answer cannot be checked before you submit."


class NoMoreHints(QuizError):
    code = "no_more_hints"
    message = "There is no further hint to this question."


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


class NothingGiven(QuizError):
    code = "nothing_given"
    message = "Nothing is given yet. Tick what the answer has, or write the points; 0 gives none."


class GradedMeanwhile(QuizError):
    code = "graded_meanwhile"
    message = "Somebody else graded this answer first. Nothing of yours was saved."


class RubricFull(QuizError):
    code = "rubric_full"
    message = "A rubric has at most 30 items. Retire one that is no longer needed first."


class NothingToAppeal(QuizError):
    code = "nothing_to_appeal"
    message = "Only a grade that stands can be questioned. Wait until this answer is graded."


class NoRoomForAnswer(QuizError):
    code = "no_room_for_answer"
    message = "This kind of question takes no further right answer. Give this answer its points, or edit the question."


class CannotPublish(QuizError):
    """Publishing found problems; `problems` holds all of them at once, as sentences."""

    code = "cannot_publish"
    message = "The course cannot be published yet."

    def __init__(self, problems: list[str]) -> None:
        super().__init__()
        self.problems = problems


class NobodyToExtend(QuizError):
    code = "nobody_to_extend"
    message = "None of them is at work here against a clock, so minutes help nobody. Choose others, or give days."


class StillGraded(QuizError):
    code = "still_graded"
    message = "An answer of theirs is being graded at this moment. Wait until it is, and erase them then."
