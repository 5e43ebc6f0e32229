"""How well a course's learners remember what they recalled, concept by concept, now and in the days to come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate

from course.models import Concept, ConceptState, Course
from quizzes.domain.course_insight import FEWEST, current_learners
from quizzes.memory import chance_after
from quizzes.models import Card

AHEAD = (0, 7, 30)
"""Days from now for which retention is told."""


@dataclass(frozen=True, slots=True)
class ConceptRetention:
    """A concept: of how many `learners` how many questions were `recalled`, and how many of these are `due` now.

    `chances` are the mean chances that an answer is known after each of AHEAD if nothing is asked again, 0 to 1; empty
    below FEWEST learners.
    """

    concept: Concept
    learners: int
    recalled: int
    due: int
    chances: tuple[float, ...]


def class_retention(course: Course, *, at: datetime) -> list[ConceptRetention]:
    """The accepted concepts of which learners whose part goes on recalled anything, by rank; three queries.

    By the day on which each question was recalled, in UTC, so that equal memories are counted by the database as one.
    """
    cards = _recalled_cards(course)
    due = Count("pk", filter=Q(due_at__lte=at, set_aside_at=None))
    learners = Count("enrollment", distinct=True)
    counted = cards.values_list("concept").annotate(learners=learners, recalled=Count("pk"), due=due)
    found = {concept: figures for concept, *figures in counted}
    chances = _mean_chances(cards, at) if found else {}
    concepts = Concept.objects.filter(pk__in=found).order_by("rank", "pk")
    return [_retention(concept, *found[concept.pk], chances=chances[concept.pk]) for concept in concepts]


def _retention(
    concept: Concept, learners: int, recalled: int, due: int, *, chances: tuple[float, ...]
) -> ConceptRetention:
    return ConceptRetention(concept, learners, recalled, due, chances if learners >= FEWEST else ())


def _recalled_cards(course: Course) -> QuerySet[Any]:
    cards: QuerySet[Any] = Card.objects.filter(
        enrollment__in=current_learners(course),
        recalls_made__gt=0,
        question__concept__state=ConceptState.ACCEPTED,
    )
    named: QuerySet[Any] = cards.annotate(concept=F("question__concept")).order_by()
    return named


def _mean_chances(cards: QuerySet[Any], at: datetime) -> dict[int, tuple[float, ...]]:
    days = cards.annotate(day=TruncDate("recalled_at", tzinfo=UTC))
    alike: dict[int, list[tuple[float, int, int]]] = {}
    for concept, stability, day, count in days.values_list("concept", "stability", "day").annotate(count=Count("pk")):
        passed = (at.astimezone(UTC).date() - day).days
        alike.setdefault(concept, []).append((stability, max(passed, 0), count))
    return {concept: tuple(_mean(memories, ahead) for ahead in AHEAD) for concept, memories in alike.items()}


def _mean(memories: Iterable[tuple[float, int, int]], ahead: int) -> float:
    weighed = [(chance_after(passed + ahead, stability=stability), count) for stability, passed, count in memories]
    return sum(chance * count for chance, count in weighed) / sum(count for _, count in weighed)
