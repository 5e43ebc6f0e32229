"""What a quiz asks: its questions and pools in their order."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from quizzes.models import Question, QuestionTag, Quiz, QuizItem
from quizzes.pools import Pool, as_stored

MOST_TAGS = 20


@transaction.atomic
def add_pool(quiz: Quiz, *, pool: Pool, max_points: Decimal = Decimal(1)) -> QuizItem:
    """The quiz ends with this pool; each question it draws is worth `max_points`. The quiz is locked."""
    Quiz.objects.select_for_update(of=("self",)).only("pk").get(pk=quiz.pk)
    last = QuizItem.objects.filter(quiz=quiz).aggregate(position=Max("position"))["position"] or 0
    return QuizItem.objects.create(quiz=quiz, pool=as_stored(pool), position=last + 1, max_points=max_points)


def take_out(item: QuizItem) -> None:
    """The quiz no longer asks this item; attempts that run keep its questions. Again is harmless."""
    QuizItem.objects.filter(pk=item.pk).delete()


@transaction.atomic
def set_tags(question: Question, *, names: Iterable[str]) -> list[str]:
    """The question has exactly these tags, as words of addresses, at most twenty; returns them in order."""
    wanted = sorted({slug for name in names if (slug := slugify(name, allow_unicode=True)[:60])})[:MOST_TAGS]
    QuestionTag.objects.filter(question=question).exclude(name__in=wanted).delete()
    QuestionTag.objects.bulk_create(
        (QuestionTag(question=question, name=name) for name in wanted), ignore_conflicts=True
    )
    return wanted
