"""What is stored of what is asked and answered: questions, quizzes, attempts, grading events and their caches."""

from quizzes.models.attempts import AnswerEvent, Attempt, AttemptState, Grading, Response
from quizzes.models.automatic import Audit, AuditState, AutomaticAccept
from quizzes.models.extensions import Extension
from quizzes.models.grading import CauseKind, GradingEvent, Issue, IssueState
from quizzes.models.model_drafts import ModelDraft, Provider
from quizzes.models.questions import (
    LIVE_STATES,
    Origin,
    Question,
    QuestionTag,
    QuestionVersion,
    SearchText,
    VersionState,
)
from quizzes.models.quizzes import Navigation, Quiz, QuizItem, QuizMode, ResultRule
from quizzes.models.regrades import Appeal, AppealState, LineState, RegradeLine, RegradeRun, RunState
from quizzes.models.rubrics import RubricItem, RubricMark, SavedComment
from quizzes.models.standing import ConceptMastery, ItemStatistic, QuizStatistic, Result
from quizzes.models.waivers import Waiver

__all__ = [
    "LIVE_STATES",
    "AnswerEvent",
    "Appeal",
    "AppealState",
    "Attempt",
    "AttemptState",
    "Audit",
    "AuditState",
    "AutomaticAccept",
    "CauseKind",
    "ConceptMastery",
    "Extension",
    "Grading",
    "GradingEvent",
    "Issue",
    "IssueState",
    "ItemStatistic",
    "LineState",
    "ModelDraft",
    "Navigation",
    "Origin",
    "Provider",
    "Question",
    "QuestionTag",
    "QuestionVersion",
    "Quiz",
    "QuizItem",
    "QuizMode",
    "QuizStatistic",
    "RegradeLine",
    "RegradeRun",
    "Response",
    "Result",
    "ResultRule",
    "RubricItem",
    "RubricMark",
    "RunState",
    "SavedComment",
    "SearchText",
    "VersionState",
    "Waiver",
]
