"""Another question like one that was answered: for practice, beside every score."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from django.db.models import Q, QuerySet

from course.models import Concept
from quizzes.domain.keepable import is_empty
from quizzes.domain.review import ReviewedItem, reviewed_item
from quizzes.domain.seating import seed_for
from quizzes.domain.tries import NOTHING_YET, decides_at_once
from quizzes.errors import CannotCheck, QuizError
from quizzes.grading import GradingRequest, grade
from quizzes.models import (
    Attempt,
    Grading,
    GradingEvent,
    Question,
    QuestionVersion,
    QuizItem,
    QuizMode,
    Response,
    VersionState,
)
from quizzes.policy import Shown, shown_now, shown_while_answering
from quizzes.pools import pool_of
from quizzes.questions import question_type
from quizzes.questions.base import Presentation


class NothingAlike(QuizError):
    code = "nothing_alike"
    message = "There is no other question like this one to practise with."


@dataclass(frozen=True, slots=True)
class AnotherQuestion:
    """One question for practice as it is asked; nothing of it is stored. `concept` is what both are about, or ""."""

    version: QuestionVersion
    seed: int
    presentation: Presentation
    concept: str


def another_like(attempt: Attempt, *, position: int, turn: int = 0) -> AnotherQuestion:
    """A published question on the same concept, or with a tag in common, that the attempt does not ask.

    `turn` 0, 1, 2, … goes through all of them, in an order of this attempt. Offered where the question's own key may
    be seen, and never taken from what a quiz that is no practice asks or draws from. Raises NothingAlike,
    Response.DoesNotExist.
    """
    response = Response.objects.select_related("version__question__concept").get(attempt=attempt, position=position)
    if Shown.KEY not in _shown(attempt, response):
        raise NothingAlike
    alike = _alike(attempt, response.version.question)
    found = [version for version in alike if decides_at_once(version.kind, version.content)]
    if not found:
        raise NothingAlike
    order = Random(seed_for(attempt.seed, position)).sample(found, len(found))  # noqa: S311 -- an order is no secret
    version = order[turn % len(order)]
    seed = seed_for(attempt.seed, position + 1000 * (turn + 1))
    concept: Concept | None = response.version.question.concept
    asked = question_type(version.kind).present(version.content, seed=seed)
    return AnotherQuestion(version, seed, asked, concept.term if concept else "")


def answer_another(question: AnotherQuestion, *, raw: object) -> ReviewedItem:
    """The whole review of this answer: verdict, why and the key. Raises CannotCheck for none; writes nothing."""
    if is_empty(raw):
        raise CannotCheck(NOTHING_YET)
    version = question.version
    outcome = grade(GradingRequest(version.kind, version.content, raw, version.number))
    if outcome.detail.get("unanswered"):
        raise CannotCheck(outcome.feedback)
    response = Response(
        position=1, version=version, max_points=1, answer=raw, grading=Grading.GRADED, fraction=outcome.fraction
    )
    event = GradingEvent(feedback=outcome.feedback, detail=dict(outcome.detail))
    return reviewed_item(response, event, frozenset(Shown), (), question.seed)


def _shown(attempt: Attempt, response: Response) -> frozenset[Shown]:
    if attempt.submitted_at is not None:
        return shown_now(attempt.policy, submitted=True, closed=False)
    return shown_while_answering(attempt.policy, settled=response.is_settled and bool(response.tries))


def _alike(attempt: Attempt, question: Question) -> QuerySet[QuestionVersion]:
    tags = question.tags.values("name")
    alike = Q(question__tags__name__in=tags)
    if question.concept_id is not None:
        alike |= Q(question__concept=question.concept_id)
    versions = QuestionVersion.objects.filter(alike, question__course=question.course_id, state=VersionState.PUBLISHED)
    asked = Response.objects.filter(attempt=attempt).values("version__question")
    return (
        versions.exclude(question__in=asked)
        .exclude(question__in=_held_back(question.course_id))
        .select_related("question__concept")
        .order_by("question__key")
        .distinct()
    )


def _held_back(course: int) -> QuerySet[Question]:
    """Questions that some quiz of the course asks, or may draw, for more than practice."""
    items = QuizItem.objects.filter(quiz__course=course).exclude(quiz__mode=QuizMode.PRACTICE)
    pools = [pool_of(item.pool) for item in items if item.pool]
    drawn = Q(tags__name__in=[pool.tag for pool in pools if pool.tag])
    drawn |= Q(concept__slug__in=[pool.concept for pool in pools if pool.concept])
    return Question.objects.filter(Q(items__in=items.filter(question__isnull=False)) | drawn, course=course)
