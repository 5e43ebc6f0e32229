"""Publishing a course: all problems at once, or learners see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from course.models import Anchor, Concept, ConceptState, Course, CourseState, Lesson
from jobs.domain.clock import database_now
from quizzes.domain.drawing import pool_shortages
from quizzes.domain.questions import publish_accepted, title_of
from quizzes.errors import CannotPublish
from quizzes.models import QuestionVersion, Quiz, QuizItem, VersionState
from quizzes.questions import question_type


@transaction.atomic
def publish_course(course: Course, *, at: datetime | None = None) -> int:
    """Learners see the course and its accepted questions; returns how many questions were published now.

    What is undecided or rejected stays unseen. Raises CannotPublish with every problem at once; then nothing changed.
    Publishing again publishes what was accepted since.
    """
    problems = publishing_problems(course)
    if problems:
        raise CannotPublish(problems)
    now = at or database_now()
    published = publish_accepted(course, at=now)
    Course.objects.filter(pk=course.pk).update(state=CourseState.PUBLISHED, published_at=course.published_at or now)
    course.refresh_from_db(fields=["state", "published_at"])
    return published


def publishing_problems(course: Course) -> list[str]:
    """Everything that keeps the course from being published, as sentences with what to do."""
    to_ask = list(
        QuestionVersion.objects.filter(question__course=course, reviewed_at__isnull=False)
        .exclude(state=VersionState.RETIRED)
        .select_related("question")
    )
    return [
        *_problems_of_content(course, to_ask),
        *_problems_of_evidence(to_ask),
        *_problems_of_concepts(course),
        *_problems_of_quizzes(course),
    ]


def _problems_of_content(course: Course, to_ask: list[QuestionVersion]) -> Iterator[str]:
    if not Lesson.objects.filter(course=course).exists():
        yield "The course has no lesson yet. Wait for its build to end, or import the article again."
    if not to_ask:
        yield "No question is accepted yet. Accept at least one, so that learners can check what they understood."
    for version in to_ask:
        for problem in question_type(version.kind).check(version.content):
            yield f"“{_stem(version)}”: {problem.message}"


def _problems_of_evidence(to_ask: list[QuestionVersion]) -> Iterator[str]:
    anchors = Anchor.objects.filter(question__in=[version.uuid for version in to_ask]).select_related("revision")
    proven: dict[UUID | None, bool] = {}
    for anchor in anchors:
        stands = anchor.revision.text[anchor.start : anchor.end] == anchor.quote
        proven[anchor.question] = proven.get(anchor.question, True) and stands
    for version in to_ask:
        if version.uuid not in proven:
            yield f"“{_stem(version)}” has no passage that proves its answer. Choose one in the text."
        elif not proven[version.uuid]:
            yield f"The evidence of “{_stem(version)}” is not in the article word for word. Choose its passage again."


def _problems_of_concepts(course: Course) -> Iterator[str]:
    accepted = Concept.objects.filter(course=course, state=ConceptState.ACCEPTED).annotate(places=Count("mentions"))
    for concept in accepted.filter(places=0).order_by("rank", "pk"):
        yield f"The concept “{concept.term}” is mentioned nowhere. Select it in the text, or reject it."


def _problems_of_quizzes(course: Course) -> Iterator[str]:
    asked = set(
        QuizItem.objects.filter(
            quiz__course=course,
            question__versions__reviewed_at__isnull=False,
            question__versions__state__in=[VersionState.DRAFT, VersionState.PUBLISHED],
        ).values_list("quiz", flat=True)
    )
    asked |= set(QuizItem.objects.filter(quiz__course=course, pool__isnull=False).values_list("quiz", flat=True))
    for quiz in Quiz.objects.filter(course=course, pass_fraction__gt=Decimal(0)).exclude(pk__in=asked):
        yield f"The quiz “{quiz.title}” has a pass mark but asks nothing. Accept a question for it, or remove it."
    for quiz, pool, sure in pool_shortages(course):
        yield f"The quiz “{quiz.title}” draws {pool}, and can be sure of {sure}. Accept more of them, or draw fewer."


def _stem(version: QuestionVersion) -> str:
    title = title_of(version)
    return title if len(title) <= 80 else f"{title[:79]}…"
