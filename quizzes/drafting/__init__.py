"""Questions drafted from an outline by rules, and the rules that any question can be held against."""

from quizzes.drafting.compose import DRAFTER_VERSION, draft
from quizzes.drafting.draft import DraftedQuestion, Drafts, Finding, Undrafted
from quizzes.drafting.lint import QuizFinding, lint, lint_quiz, rule_ids

__all__ = [
    "DRAFTER_VERSION",
    "DraftedQuestion",
    "Drafts",
    "Finding",
    "QuizFinding",
    "Undrafted",
    "draft",
    "lint",
    "lint_quiz",
    "rule_ids",
]
