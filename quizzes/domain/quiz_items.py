"""What a quiz asks: its questions and pools in their order, each with its points."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from accounts.models import User
from quizzes.domain.quiz_history import put_in_order, recorded
from quizzes.models import Question, QuestionVersion, Quiz, QuizItem, VersionState
from quizzes.pools import Pool, as_stored


def add_questions(
    quiz: Quiz, *, questions: Sequence[Question], actor: User | None, max_points: Decimal = Decimal(1)
) -> int:
    """The quiz ends with these questions of its course, in this order; returns how many it did not ask already."""
    with recorded(quiz, verb="added questions", actor=actor) as kept:
        asked = set(QuizItem.objects.filter(quiz=kept, question__isnull=False).values_list("question", flat=True))
        news = [each for each in questions if each.course_id == kept.course_id and each.pk not in asked]
        last = _last(kept)
        QuizItem.objects.bulk_create(
            QuizItem(quiz=kept, question=each, position=last + place, max_points=max_points)
            for place, each in enumerate(news, 1)
        )
    return len(news)


def add_pool(quiz: Quiz, *, pool: Pool, max_points: Decimal = Decimal(1), actor: User | None = None) -> QuizItem:
    """The quiz ends with this pool; each question it draws is worth `max_points`. The quiz is locked."""
    with recorded(quiz, verb="added a pool", actor=actor) as kept:
        return QuizItem.objects.create(quiz=kept, pool=as_stored(pool), position=_last(kept) + 1, max_points=max_points)


def _last(quiz: Quiz) -> int:
    return QuizItem.objects.filter(quiz=quiz).aggregate(position=Max("position"))["position"] or 0


def take_out(item: QuizItem, *, actor: User | None = None) -> None:
    """The quiz no longer asks this item; attempts that run keep its questions. Again is harmless."""
    with recorded(item.quiz, verb="took something out", actor=actor):
        QuizItem.objects.filter(uuid=item.uuid).delete()


def move_item(item: QuizItem, *, to: int, actor: User | None = None) -> None:
    """The item is the one at place `to` of its quiz, counted from 1; beyond the ends it is first or last."""
    with recorded(item.quiz, verb="put in another order", actor=actor) as kept:
        uuids = [
            str(uuid) for uuid in QuizItem.objects.filter(quiz=kept).order_by("position").values_list("uuid", flat=True)
        ]
        if str(item.uuid) in uuids:
            uuids.remove(str(item.uuid))
            uuids.insert(max(0, to - 1), str(item.uuid))
            put_in_order(kept, uuids)


def set_points(item: QuizItem, *, max_points: Decimal, actor: User | None = None) -> None:
    """The item is worth so many points, above 0; attempts that run keep theirs."""
    with recorded(item.quiz, verb="changed points", actor=actor):
        QuizItem.objects.filter(pk=item.pk).update(max_points=max_points)


def askable_in(quiz: Quiz) -> QuerySet[Any]:
    """The newest accepted or published wordings of its course that the quiz does not ask yet, in the order of the bank.

    Each has `seats`: in how many other quizzes its question is asked.
    """
    asked = QuizItem.objects.filter(quiz=quiz, question__isnull=False).values("question")
    accepted = Q(state=VersionState.PUBLISHED) | Q(state=VersionState.DRAFT, reviewed_at__isnull=False)
    versions: QuerySet[Any] = QuestionVersion.objects.filter(accepted, question__course=quiz.course_id)
    rows: QuerySet[Any] = versions.exclude(question__in=asked).annotate(seats=Count("question__items", distinct=True))
    return rows.select_related("question__concept").order_by("question__concept__rank", "question", "-number")
