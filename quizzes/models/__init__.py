"""What is stored of what is asked and answered: questions, quizzes, attempts, grading events and their caches."""

from quizzes.models.attempts import AnswerEvent, Attempt, AttemptState, Grading, Response
from quizzes.models.automatic import Audit, AuditState, AutomaticAccept
from quizzes.models.cards import Card, Recall
from quizzes.models.certificates import Certificate
from quizzes.models.extensions import Extension
from quizzes.models.goals import WeeklyGoal
from quizzes.models.grading import CauseKind, GradingEvent, Issue, IssueState
from quizzes.models.list_imports import ImportLine, ImportLineState, LineFate, ListImport, ListKind
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
from quizzes.models.sightings import Sighting
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
    "Card",
    "CauseKind",
    "Certificate",
    "ConceptMastery",
    "Extension",
    "Grading",
    "GradingEvent",
    "ImportLine",
    "ImportLineState",
    "Issue",
    "IssueState",
    "ItemStatistic",
    "LineFate",
    "LineState",
    "ListImport",
    "ListKind",
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
    "Recall",
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
    "Sighting",
    "VersionState",
    "Waiver",
    "WeeklyGoal",
]
