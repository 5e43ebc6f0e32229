"""Which questions an attempt asks: the fixed ones of its quiz, and those that its pools draw for it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, FilteredRelation, IntegerField, Q, QuerySet, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from course.models import Course
from jobs.domain.prepared import prepared
from quizzes.errors import NothingToAsk, PoolTooSmall
from quizzes.models import QuestionVersion, Quiz, QuizItem, VersionState
from quizzes.pools import Pool, draw, pool_of, shortages


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question version that an attempt asks, with its item's key and points."""

    version: int
    item: int
    max_points: Decimal


@prepared
def seats(*, quiz: int) -> QuerySet[Any, Any]:
    """The quiz's items in order as (pk, position, pool, max_points, question, version).

    `version` is the published one's key; None for a pool and for a question that is not published.
    """
    asked = FilteredRelation("question__versions", condition=Q(question__versions__state=VersionState.PUBLISHED))
    items: Any = QuizItem.objects.filter(quiz=quiz).annotate(asked=asked).order_by("position")
    rows: QuerySet[Any, Any] = items.values_list(
        "pk", "position", "pool", "max_points", "question", "asked__pk", named=True
    )
    return rows


def asked_by(items: QuerySet[QuizItem]) -> QuerySet[Any]:
    """The items that ask something, each with how many questions it `asks`: one, or what its pool takes."""
    seated = Q(question__versions__state=VersionState.PUBLISHED)
    taken = Cast(KeyTextTransform("take", "pool"), IntegerField())
    asks = Case(When(pool__isnull=False, then=taken), default=Value(1), output_field=IntegerField())
    asking: QuerySet[Any] = items.filter(seated | Q(pool__isnull=False)).annotate(asks=asks)
    return asking


def drawn_questions(quiz: Quiz, *, seed: int) -> Sequence[Drawn]:
    """What an attempt with this seed asks, in its order: the same while the quiz and its questions stay the same.

    No question comes twice. One statement, and one more for each pool. Raises NothingToAsk for a quiz without a
    published question, PoolTooSmall when a pool has fewer questions left than it takes.
    """
    items = seats(quiz=quiz.pk)
    drawn = [Drawn(item.asked__pk, item.pk, item.max_points) for item in items if item.asked__pk]
    if len(drawn) < len(items):
        drawn = _with_pools(quiz, items, seed)
    if not drawn:
        raise NothingToAsk
    if not quiz.shuffle:
        return drawn
    return random.Random(seed).sample(drawn, len(drawn))  # noqa: S311 -- an order of questions is no secret


def _with_pools(quiz: Quiz, items: Sequence[Any], seed: int) -> list[Drawn]:
    taken = {item.question for item in items if item.question}
    drawn = []
    for item in items:
        if item.asked__pk:
            drawn.append(Drawn(item.asked__pk, item.pk, item.max_points))
        elif item.pool:
            pool = pool_of(item.pool)
            versions = dict(published_in(pool, course=quiz.course_id).values_list("question", "pk"))
            chosen = draw(list(versions), take=pool.take, seed=seed, place=item.position, taken=taken)
            if chosen is None:
                raise PoolTooSmall
            taken.update(chosen)
            drawn += [Drawn(versions[question], item.pk, item.max_points) for question in chosen]
    return drawn


def published_in(pool: Pool, *, course: int) -> QuerySet[QuestionVersion]:
    """The published questions of the course that the pool may draw, by their keys."""
    return _in(pool, QuestionVersion.objects.filter(state=VersionState.PUBLISHED, question__course=course))


def _in(pool: Pool, versions: QuerySet[QuestionVersion]) -> QuerySet[QuestionVersion]:
    among = Q(question__tags__name=pool.tag) if pool.tag else Q(question__concept__slug=pool.concept)
    return versions.filter(among).order_by("question__key")


def pool_shortages(course: Course) -> list[tuple[Quiz, Pool, int]]:
    """Each pool of the course's quizzes that could run short, with how many questions it can be sure of.

    Counted are questions that are published, or accepted and will be. One query, and one more for each pool.
    """
    to_ask = QuestionVersion.objects.filter(question__course=course, reviewed_at__isnull=False).exclude(
        state=VersionState.RETIRED
    )
    by_quiz: dict[Quiz, list[QuizItem]] = {}
    for item in QuizItem.objects.filter(quiz__course=course).select_related("quiz").order_by("quiz", "position"):
        by_quiz.setdefault(item.quiz, []).append(item)
    found = []
    for quiz, items in by_quiz.items():
        pools = [pool_of(item.pool) for item in items if item.pool]
        reaches = [(pool, set(_in(pool, to_ask).values_list("question", flat=True))) for pool in pools]
        fixed = {item.question_id for item in items if item.question_id}
        found += [(quiz, pool, sure) for pool, sure in shortages(reaches, fixed=fixed)]
    return found
