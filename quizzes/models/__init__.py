"""What is stored of what is asked and answered: questions, quizzes, attempts, grading events and their caches."""

from quizzes.models.attempts import AnswerEvent, Attempt, AttemptState, Grading, Response
from quizzes.models.grading import CauseKind, GradingEvent, Issue, IssueState
from quizzes.models.questions import Origin, Question, QuestionVersion, VersionState
from quizzes.models.quizzes import Navigation, Quiz, QuizItem, QuizMode, ResultRule
from quizzes.models.standing import ConceptMastery, ItemStatistic, Result

__all__ = [
    "AnswerEvent",
    "Attempt",
    "AttemptState",
    "CauseKind",
    "ConceptMastery",
    "Grading",
    "GradingEvent",
    "Issue",
    "IssueState",
    "ItemStatistic",
    "Navigation",
    "Origin",
    "Question",
    "QuestionVersion",
    "Quiz",
    "QuizItem",
    "QuizMode",
    "Response",
    "Result",
    "ResultRule",
    "VersionState",
]
