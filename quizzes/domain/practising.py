"""Which questions may be practised: those whose key no quiz keeps back, and what a learner may know already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from course.models import Concept, ConceptState, Enrollment
from quizzes.domain.deadlines import window_of
from quizzes.domain.tries import decides_at_once
from quizzes.models import (
    AttemptState,
    Question,
    QuestionVersion,
    Quiz,
    QuizItem,
    QuizMode,
    Response,
    VersionState,
)
from quizzes.policy import Shown, policy_for, shown_now
from quizzes.pools import pool_of


@dataclass(frozen=True, slots=True)
class ConceptPractice:
    """A concept and the wordings it can be practised with, what the learner missed last first."""

    concept: Concept
    versions: tuple[QuestionVersion, ...]

    def version(self, turn: int) -> QuestionVersion | None:
        """What is asked at `turn` 0, 1, 2, …; after the last the first again. None where there is nothing to ask."""
        return self.versions[turn % len(self.versions)] if self.versions else None


def practice_of(enrollment: Enrollment, *, concept: str, at: datetime) -> ConceptPractice:
    """What the learner can practise of the accepted concept with this slug at `at`; six queries at most.

    Any published question on it that rules alone can judge, if nothing keeps its key back, or if a submitted attempt
    of the learner's has told them the key; never one that an attempt of theirs in progress asks. Raises
    Concept.DoesNotExist.
    """
    found = Concept.objects.get(course=enrollment.course_id, slug=concept, state=ConceptState.ACCEPTED)
    on_it = _published(enrollment.course_id).filter(question__concept=found)
    told, missed = _told(enrollment, found, at)
    kept_back = held_back(enrollment.course_id).exclude(pk__in=told)
    asked_now = Response.objects.filter(attempt__enrollment=enrollment, attempt__state=AttemptState.IN_PROGRESS)
    open_ones = on_it.exclude(question__in=kept_back).exclude(question__in=asked_now.values("version__question"))
    judged = [version for version in open_ones if decides_at_once(version.kind, version.content)]
    return ConceptPractice(found, tuple(sorted(judged, key=lambda each: each.question_id not in missed)))


def practisable(course: int) -> QuerySet[QuestionVersion]:
    """The published wordings of the course with this key that anybody may practise, by the question's key."""
    return _published(course).exclude(question__in=held_back(course))


def held_back(course: int) -> QuerySet[Question]:
    """Questions that a quiz of the course asks, or may draw, which is no practice or does not tell its keys.

    Two queries, when it is made.
    """
    items = QuizItem.objects.filter(quiz__in=[quiz.pk for quiz in Quiz.objects.filter(course=course) if _keeps(quiz)])
    pools = [pool_of(item.pool) for item in items if item.pool]
    drawn = Q(tags__name__in=[pool.tag for pool in pools if pool.tag])
    drawn |= Q(concept__slug__in=[pool.concept for pool in pools if pool.concept])
    return Question.objects.filter(Q(items__in=items.filter(question__isnull=False)) | drawn, course=course)


def _keeps(quiz: Quiz) -> bool:
    policy = policy_for(quiz.mode, quiz.feedback_policy)
    return quiz.mode != QuizMode.PRACTICE or Shown.KEY not in shown_now(policy, submitted=True, closed=False)


def _published(course: int) -> QuerySet[QuestionVersion]:
    versions = QuestionVersion.objects.filter(question__course=course, state=VersionState.PUBLISHED)
    return versions.select_related("question__concept").order_by("question__key")


def _told(enrollment: Enrollment, concept: Concept, at: datetime) -> tuple[set[int], set[int]]:
    """The questions on the concept whose key the learner may know, by their keys, and those missed when last asked."""
    fractions = dict(_answered(enrollment, concept, at))
    return set(fractions), {question for question, fraction in fractions.items() if fraction is None or fraction < 1}


def _answered(enrollment: Enrollment, concept: Concept, at: datetime) -> Iterator[tuple[int, Any]]:
    """Each answer to a question on the concept, the newest last, whose key its learner may see at `at`."""
    submitted = Response.objects.filter(attempt__enrollment=enrollment, attempt__state=AttemptState.SUBMITTED)
    on_it: Any = submitted.filter(version__question__concept=concept).select_related("attempt__quiz", "version")
    for response in on_it.defer("version__content", "answer", "tried").order_by("attempt__submitted_at", "pk"):
        closed = window_of(response.attempt.quiz, enrollment).is_closed(at)
        if Shown.KEY in shown_now(response.attempt.policy, submitted=True, closed=closed):
            yield response.version.question_id, response.fraction
