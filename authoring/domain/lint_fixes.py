"""Fixes of what the lint rules find, offered beside a draft and applied on a person's word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from authoring.domain.review_checks import ReviewedQuestion
from quizzes.domain.wordings import print_of, save_wording
from quizzes.drafting.fixes import fixed
from quizzes.errors import QuizError
from quizzes.questions.base import Content
from quizzes.questions.ids import with_fresh_ids


class NothingToFix(QuizError):
    code = "nothing_to_fix"
    message = "There is nothing left to fix by this rule. Look at the checks again."


@dataclass(frozen=True, slots=True)
class Mended:
    """That a draft was mended: what it said before and whose words these were, and a print of what it says since."""

    version: UUID
    seen: str
    content: Mapping[str, Any]
    origin: str
    writer: UUID | None


def fix_for(question: ReviewedQuestion, rule: str) -> Content | None:
    """What the question says once the rule's finding is mended; None where that takes a person."""
    article = question.revision.text if question.revision else ""
    quotes = [anchor.quote for anchor in question.evidence]
    return fixed(question.version.kind, question.version.content, rule, evidence=quotes, article=article)


@transaction.atomic
def apply_fix(question: ReviewedQuestion, *, rule: str, by: User) -> Mended:
    """The draft is mended as the rule wants, and waits for review again. Raises NothingToFix and WordingChanged."""
    content = fix_for(question, rule)
    if content is None:
        raise NothingToFix
    was = question.version
    writer = was.written_by.uuid if was.written_by else None
    fresh = with_fresh_ids(was.kind, content, token_hex())
    now = save_wording(was.question, content=fresh, seen=print_of(was), by=by)
    return Mended(now.uuid, print_of(now), was.content, was.origin, writer)


@transaction.atomic
def take_back_fix(question: ReviewedQuestion, mended: Mended, *, by: User) -> None:
    """The draft reads as it did before it was mended, in the words of whoever wrote them, and waits for review.

    Raises WordingChanged if somebody changed it since.
    """
    version = save_wording(question.version.question, content=mended.content, seen=mended.seen, by=by)
    version.origin = mended.origin
    version.written_by = User.objects.filter(uuid=mended.writer).first() if mended.writer else None
    version.save(update_fields=["origin", "written_by"])
