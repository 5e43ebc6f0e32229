"""What a learner is to remember: questions they missed, asked again when each is about to be forgotten.

A question enters by itself: any graded answer that earned less than all of its points, once its key may be seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from course.models import CourseState, Enrollment
from course.rules import is_current
from jobs.domain.clock import database_now
from quizzes.domain.deadlines import window_of
from quizzes.domain.tries import decides_at_once
from quizzes.errors import NotToRemember
from quizzes.memory import Memory, Rating, recalled, retrievability
from quizzes.models import (
    AttemptState,
    Card,
    Grading,
    Question,
    QuestionVersion,
    Recall,
    Response,
    VersionState,
)
from quizzes.policy import Shown, shown_now

SESSION = 10
"""A session asks no more than this; five minutes are soon found, and twenty are put off."""


@dataclass(frozen=True, slots=True)
class ToRemember:
    """One question of the deck: its published version, since when or until when it is due, and what is remembered.

    `memory` is None for one that was missed and not asked again yet; `number` is the number its next recall gets.
    """

    version: QuestionVersion
    due_at: datetime
    memory: Memory | None
    number: int
    is_set_aside: bool

    @property
    def question(self) -> Question:
        """The question with its concept."""
        return self.version.question

    def chance(self, at: datetime) -> float | None:
        """The chance in [0, 1] that it is still known at `at`; None before its first recall."""
        return None if self.memory is None else retrievability(self.memory, at=at)


@dataclass(frozen=True, slots=True)
class Deck:
    """Everything one learner is to remember in a course, what is due longest first."""

    cards: tuple[ToRemember, ...]
    set_aside: tuple[ToRemember, ...]
    at: datetime

    @property
    def due(self) -> tuple[ToRemember, ...]:
        """What is due at `at`."""
        return tuple(card for card in self.cards if card.due_at <= self.at)

    @property
    def next_due_at(self) -> datetime | None:
        """When the next one is due that is not due yet; None without one."""
        return min((card.due_at for card in self.cards if card.due_at > self.at), default=None)


def deck_of(enrollment: Enrollment, *, at: datetime) -> Deck:
    """The learner's deck in the enrolment's course at `at`; three queries whatever the number of anything.

    Only questions that are published now, and that rules alone can judge, are in it.
    """
    found = _to_remember(Enrollment.objects.filter(pk=enrollment.pk), at=at)
    return Deck(
        cards=tuple(card for card in found if not card.is_set_aside),
        set_aside=tuple(card for card in found if card.is_set_aside),
        at=at,
    )


def due_by_course(person: User, *, at: datetime) -> Mapping[int, int]:
    """How many questions are due for the person at `at`, by the key of the course; courses without one are left out.

    Of published courses that the person still takes part in. Two queries, and a third where there is anything.
    """
    current = Enrollment.objects.filter(is_current(), user=person, course__state=CourseState.PUBLISHED)
    due = [card for card in _to_remember(current, at=at) if not card.is_set_aside]
    return Counter(card.question.course_id for card in due if card.due_at <= at)


def chances_now(enrollment: Enrollment, *, at: datetime) -> dict[str, float]:
    """For each question that the learner recalled (its uuid as text) the chance in [0, 1] that it is known; one query.

    What they set aside counts too: it is asked no more, and is forgotten like the rest.
    """
    cards = Card.objects.filter(enrollment=enrollment, recalls_made__gt=0).select_related("question")
    known = ((str(card.question.uuid), card.memory) for card in cards)
    return {question: retrievability(memory, at=at) for question, memory in known if memory is not None}


def question_to_remember(enrollment: Enrollment, question: UUID, *, at: datetime) -> ToRemember:
    """The question as it stands in the learner's deck, set aside or not. Raises NotToRemember."""
    for card in _to_remember(Enrollment.objects.filter(pk=enrollment.pk), at=at, asked=question):
        return card
    raise NotToRemember


@transaction.atomic
def recall(enrollment: Enrollment, question: UUID, *, rating: Rating, number: int, at: datetime | None = None) -> Card:
    """The question was recalled, and is due again when FSRS says; one Recall more, which is never changed.

    `number` is the one that the page was made for: sent twice, or from a page that is older, nothing changes. Raises
    NotToRemember. The card is locked.
    """
    now = at or database_now()
    card = _locked(enrollment, question, at=now)
    if number != card.recalls_made + 1:
        return card
    card.remember(recalled(card.memory, rating, at=now), number)
    card.save()
    Recall.objects.create(card=card, number=number, rating=rating, at=now)
    return card


@transaction.atomic
def set_aside(enrollment: Enrollment, question: UUID, *, at: datetime | None = None) -> None:
    """The learner is not asked this any more; again, it changes nothing. Raises NotToRemember. The card is locked."""
    now = at or database_now()
    card = _locked(enrollment, question, at=now)
    card.set_aside_at = card.set_aside_at or now
    card.save()


@transaction.atomic
def take_up(enrollment: Enrollment, question: UUID) -> None:
    """What was set aside is asked again, as if it never had been; of anything else, nothing changes."""
    aside = _card_of(enrollment, question)
    aside.filter(recalls_made=0).delete()
    aside.update(set_aside_at=None)


def _locked(enrollment: Enrollment, question: UUID, *, at: datetime) -> Card:
    """The learner's card, new and unsaved where it was missed only."""
    # Whoever recalls holds their own part in the course: two first recalls at once would both find no card.
    Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    card = _card_of(enrollment, question).first()
    if card is not None:
        return card
    missed = question_to_remember(enrollment, question, at=at)
    return Card(enrollment=enrollment, question=missed.question)


def _to_remember(enrollments: QuerySet[Enrollment], *, at: datetime, asked: UUID | None = None) -> list[ToRemember]:
    """What is due longest comes first; of the question `asked` alone where one is named."""
    cards, answers = _cards(enrollments), _missed(enrollments)
    if asked is not None:
        cards, answers = cards.filter(question__uuid=asked), answers.filter(version__question__uuid=asked)
    missed = _since(answers, at=at)
    published = _published({card.question_id for card in cards} | set(missed))
    found = [
        ToRemember(published[card.question_id], card.due_at or at, card.memory, card.recalls_made + 1, _is_aside(card))
        for card in cards
        if card.question_id in published
    ]
    found += [ToRemember(published[key], since, None, 1, False) for key, since in missed.items() if key in published]
    return sorted(found, key=lambda card: card.due_at)


def _is_aside(card: Card) -> bool:
    return card.set_aside_at is not None


def _cards(enrollments: QuerySet[Enrollment]) -> QuerySet[Card]:
    return Card.objects.filter(enrollment__in=enrollments.values("pk")).order_by("pk")


def _card_of(enrollment: Enrollment, question: UUID) -> QuerySet[Card]:
    return Card.objects.filter(enrollment=enrollment, question__uuid=question)


def _missed(enrollments: QuerySet[Enrollment]) -> QuerySet[Response]:
    """Answers that missed something, to questions that have no card."""
    card = Card.objects.filter(enrollment=OuterRef("attempt__enrollment"), question=OuterRef("version__question"))
    missed: QuerySet[Response] = Response.objects.filter(
        ~Exists(card),
        attempt__enrollment__in=enrollments.values("pk"),
        attempt__state=AttemptState.SUBMITTED,
        grading=Grading.GRADED,
        fraction__lt=1,
    )
    return missed


def _since(missed: QuerySet[Response], *, at: datetime) -> dict[int, datetime]:
    """The questions of these answers, by key, and since when their learner may know what they missed."""
    related = missed.select_related("attempt__quiz", "attempt__enrollment", "version").order_by(
        "attempt__graded_at", "position"
    )
    since: dict[int, datetime] = {}
    for response in related.defer("version__content", "answer", "tried"):
        if _may_see_key(response.attempt, at):
            since.setdefault(response.version.question_id, response.attempt.graded_at or at)
    return since


def _may_see_key(attempt: Any, at: datetime) -> bool:
    closed = window_of(attempt.quiz, attempt.enrollment).is_closed(at)
    return Shown.KEY in shown_now(attempt.policy, submitted=True, closed=closed)


def _published(questions: Iterable[int]) -> dict[int, QuestionVersion]:
    """The published version of each question that rules alone can judge, by the question's key."""
    wanted = list(questions)
    if not wanted:
        return {}
    versions = QuestionVersion.objects.filter(question__in=wanted, state=VersionState.PUBLISHED)
    return {
        version.question_id: version
        for version in versions.select_related("question__concept")
        if decides_at_once(version.kind, version.content)
    }
