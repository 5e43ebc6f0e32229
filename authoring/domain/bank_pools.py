"""Pools seen from the bank: what each of them reaches, and a pool made of what was found."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from accounts.models import User
from authoring.domain.bank import Search, found_in_bank
from authoring.domain.review import ACCEPTED
from course.models import Course
from quizzes.domain.quiz_items import add_pool
from quizzes.domain.tagging import tag_questions
from quizzes.errors import PoolTooSmall
from quizzes.models import QuestionVersion, Quiz, QuizItem, VersionState
from quizzes.pools import Pool, pool_of


@dataclass(frozen=True, slots=True)
class PoolReach:
    """A pool of a quiz with how many published questions it can draw from now."""

    quiz: Quiz
    position: int
    pool: Pool
    reached: int

    @property
    def is_short(self) -> bool:
        """Whether an attempt could not be given what the pool promises."""
        return self.reached < self.pool.take


def pools_of(course: Course) -> list[PoolReach]:
    """Every pool of the course's quizzes with its reach, in the order of the quizzes; three queries."""
    published = QuestionVersion.objects.filter(question__course=course.pk, state=VersionState.PUBLISHED).order_by()
    by_tag = _counts(published, "question__tags__name")
    by_concept = _counts(published, "question__concept__slug")
    items = QuizItem.objects.filter(quiz__course=course.pk, pool__isnull=False).select_related("quiz")
    return [
        PoolReach(
            item.quiz, item.position, pool, by_tag.get(pool.tag, 0) if pool.tag else by_concept.get(pool.concept, 0)
        )
        for item in items.order_by("quiz__position", "quiz", "position")
        for pool in _pools([item.pool])
    ]


def _pools(stored: Iterable[Any]) -> list[Pool]:
    return [pool_of(each) for each in stored if each]


def _counts(published: QuerySet[QuestionVersion], name: str) -> dict[str, int]:
    rows: Any = published.values_list(name).annotate(reached=Count("question", distinct=True))
    return dict(rows)


@transaction.atomic
def pool_of_found(quiz: Quiz, search: Search, *, take: int, tag: str = "", by: User | None = None) -> Pool:
    """The quiz ends with a pool that draws `take` of what the search finds; returns it.

    A search by one tag or one concept is a pool already. What any other finds gets the tag, which the pool draws by:
    what is tagged so later is drawn too. Raises PoolTooSmall, and changes nothing, when fewer of them are
    published or accepted, or can have the tag beside their others.
    """
    found = found_in_bank(quiz.course, search)
    wanted, source = list(found.values_list("question", flat=True)), search.source
    if source is None:
        tag_questions(wanted, name=tag)
    askable = _askable(wanted, tag="" if source else tag)
    if askable < take:
        raise PoolTooSmall(
            f"Of what was found, {askable} can be asked: fewer than the {take} that the pool would draw."
        )
    pool = replace(source, take=take) if source else Pool(take, tag=tag)
    add_pool(quiz, pool=pool, actor=by)
    return pool


def _askable(questions: Collection[int], *, tag: str) -> int:
    """How many of the questions (keys) are published or accepted; with a tag, of those that have it."""
    asked = QuestionVersion.objects.filter(ACCEPTED | Q(state=VersionState.PUBLISHED), question__in=questions)
    tagged = asked.filter(question__tags__name=tag) if tag else asked
    return tagged.order_by().values("question").distinct().count()
