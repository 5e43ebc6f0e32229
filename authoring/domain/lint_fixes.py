"""Fixes of what the lint rules find, offered beside a draft and applied on a person's word."""

from __future__ import annotations

from secrets import token_hex

from accounts.models import User
from authoring.domain.review import ReviewedQuestion
from quizzes.domain.wordings import print_of, save_wording
from quizzes.drafting.fixes import fixed
from quizzes.errors import QuizError
from quizzes.models import QuestionVersion
from quizzes.questions.base import Content
from quizzes.questions.ids import with_fresh_ids


class NothingToFix(QuizError):
    code = "nothing_to_fix"
    message = "There is nothing left to fix by this rule. Look at the checks again."


def fixable_rules(question: ReviewedQuestion) -> frozenset[str]:
    """The rules among the question's findings that can be mended without a person writing anything."""
    return frozenset(each.rule for each in question.findings if _fixed(question, each.rule) is not None)


def apply_fix(question: ReviewedQuestion, *, rule: str, by: User) -> QuestionVersion:
    """The draft is mended as the rule wants, and waits for review again. Raises NothingToFix and WordingChanged."""
    content = _fixed(question, rule)
    if content is None:
        raise NothingToFix
    version = question.version
    fresh = with_fresh_ids(version.kind, content, token_hex())
    return save_wording(version.question, content=fresh, seen=print_of(version), by=by)


def _fixed(question: ReviewedQuestion, rule: str) -> Content | None:
    article = question.revision.text if question.revision else ""
    quotes = [anchor.quote for anchor in question.evidence]
    return fixed(question.version.kind, question.version.content, rule, evidence=quotes, article=article)
