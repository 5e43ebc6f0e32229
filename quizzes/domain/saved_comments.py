"""Comments that the graders of a course use again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from jobs.domain.clock import database_now
from quizzes.models import Question, SavedComment

MOST_OFFERED = 30


def comments_for(question: Question) -> list[SavedComment]:
    """The newest comments saved for the question, or for any of its course. One query."""
    its_own_or_any = Q(question=question.pk) | Q(question__isnull=True)
    return list(SavedComment.objects.filter(its_own_or_any, course=question.course_id)[:MOST_OFFERED])


def texts_of(question: Question, uuids: Collection[UUID]) -> list[str]:
    """What the offered comments say that are named, the newest first; others are passed over. One query."""
    return [each.text for each in comments_for(question) if each.uuid in uuids]


def save_comment(question: Question, *, text: str, by: User, at: datetime | None = None) -> SavedComment:
    """The text, at most 1,000 characters, is offered again to everybody who grades the question. Idempotent."""
    comment = SavedComment(
        course_id=question.course_id, question=question, author=by, text=text.strip(), created_at=at or database_now()
    )
    SavedComment.objects.bulk_create([comment], ignore_conflicts=True)
    return SavedComment.objects.get(course=question.course_id, question=question, text=comment.text)


def forget_comment(question: Question, uuid: UUID) -> None:
    """The comment is offered no more; what was told with it stays told. Idempotent."""
    SavedComment.objects.filter(course=question.course_id, uuid=uuid).delete()


def with_saved(comment: str, saved: Iterable[str]) -> str:
    """What is told when saved comments are chosen beside a written one: each in a paragraph of its own, none twice."""
    return "\n".join(dict.fromkeys(filter(None, [*(text.strip() for text in saved), comment.strip()])))
