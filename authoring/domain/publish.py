"""Publishing a course: all problems at once, or learners see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from accounts.domain.audit import record
from accounts.models import User
from authoring.domain.passages import seen_passages
from course.domain.anchors import anchors_of_every_text, standing_anchors
from course.models import AnchorStatus, Concept, ConceptState, Course, CourseState, Lesson
from course.reading.outline import Span
from hooks.domain.events import CourseEvent, place_of, tell
from hooks.models import EventType
from jobs.domain.clock import DatabaseClock, database_now
from quizzes.domain.drawing import pool_shortages
from quizzes.domain.questions import lock_accepted, publish_drafts, title_of
from quizzes.domain.quiz_settings import settings_problems
from quizzes.errors import CannotPublish
from quizzes.models import QuestionVersion, Quiz, QuizItem, VersionState
from quizzes.questions import question_type


@transaction.atomic
def publish_course(course: Course, *, actor: User | None = None, at: datetime | None = None) -> int:
    """Learners see the course and its accepted questions; returns how many questions were published now.

    What is undecided or rejected stays unseen. Raises CannotPublish with every problem at once; then nothing changed.
    Publishing again publishes what was accepted since. The course is locked.
    """
    kept = Course.objects.select_for_update().get(pk=course.pk)
    if kept.state == CourseState.ARCHIVED:
        raise CannotPublish(["This course is archived. Restore it first."])
    # Before they are looked at: what somebody accepts meanwhile waits for the next publishing, and is looked at then.
    accepted = lock_accepted(course)
    problems = publishing_problems(course)
    if problems:
        raise CannotPublish(problems)
    now = at or database_now()
    published = publish_drafts(accepted, at=now)
    if published or kept.state != CourseState.PUBLISHED:
        detail = {"questions": published}
        record("published", subject=f"course:{course.uuid}", actor=actor, course=course.uuid, detail=detail)
        tell([CourseEvent(course.pk, EventType.COURSE_PUBLISHED, place_of(kept))], at=now)
    Course.objects.filter(pk=course.pk).update(state=CourseState.PUBLISHED, published_at=kept.published_at or now)
    course.refresh_from_db(fields=["state", "published_at"])
    return published


def last_published(course: Course) -> datetime | None:
    """When something of the course was published last; None before the first time. At most one query."""
    if course.published_at is None:
        return None
    versions = QuestionVersion.objects.filter(question__course=course.pk, published_at__isnull=False)
    newest = versions.aggregate(newest=Max("published_at"))["newest"]
    return max(newest or course.published_at, course.published_at)


class Mend(StrEnum):
    """Where a problem is mended."""

    COURSE = "course"
    QUESTION = "question"
    CONCEPT = "concept"
    QUIZ = "quiz"


@dataclass(frozen=True, slots=True)
class PublishingProblem:
    """What keeps a course from being published, as a sentence with what to do, and where that is done.

    `name` is the uuid of a question's version, or the slug of a concept or quiz.
    """

    message: str
    mend: Mend = Mend.COURSE
    name: str = ""


def publishing_problems(course: Course) -> list[str]:
    """Everything that keeps the course from being published, as sentences with what to do."""
    return [problem.message for problem in problems_to_mend(course)]


def problems_to_mend(course: Course) -> list[PublishingProblem]:
    """Everything that keeps the course from being published, each with the place where it is mended."""
    to_ask = list(
        QuestionVersion.objects.filter(question__course=course, reviewed_at__isnull=False)
        .exclude(state=VersionState.RETIRED)
        .select_related("question")
    )
    return [
        *_problems_of_content(course, to_ask),
        *_problems_of_evidence(course, to_ask),
        *_problems_of_concepts(course),
        *_problems_of_quizzes(course),
    ]


def _problems_of_content(course: Course, to_ask: list[QuestionVersion]) -> Iterator[PublishingProblem]:
    if not Lesson.objects.filter(course=course).exists():
        yield PublishingProblem("The course has no lesson yet. Wait for its build to end, or import the article again.")
    if not to_ask:
        yield PublishingProblem(
            "No question is accepted yet. Accept at least one, so that learners can check what they understood."
        )
    for version in to_ask:
        for problem in question_type(version.kind).check(version.content):
            yield _of_question(version, f"“{_stem(version)}”: {problem.message}")


def _of_question(version: QuestionVersion, message: str) -> PublishingProblem:
    return PublishingProblem(message, Mend.QUESTION, str(version.uuid))


def _problems_of_evidence(course: Course, to_ask: list[QuestionVersion]) -> Iterator[PublishingProblem]:
    """Evidence counts in the text that is shown; what was orphaned there is in the article no more."""
    read = _read_lines(course)
    shown = Lesson.objects.filter(course=course).values("revision")
    anchors = anchors_of_every_text().filter(question__in=[version.uuid for version in to_ask], revision__in=shown)
    faults: dict[UUID | None, list[str]] = {}
    for anchor in anchors.select_related("revision"):
        faults.setdefault(anchor.question, []).append(_fault_of(anchor, read))
    for version in to_ask:
        found = faults.get(version.uuid, [NO_PROOF])
        if worst := next((fault for fault in (NO_PROOF, NOT_VERBATIM, LEFT_OUT) if fault in found), ""):
            yield _of_question(version, worst.format(_stem(version)))


NO_PROOF = "“{}” has no passage that proves its answer. Choose one in the text."
NOT_VERBATIM = "The evidence of “{}” is not in the article word for word. Choose its passage again."
LEFT_OUT = (
    "The evidence of “{}” stands in a line that is left out, so nobody can read it. Choose another passage, or keep "
    "the line in the text."
)


def _fault_of(anchor: Any, read: Lines) -> str:
    """What is wrong with one piece of evidence; "" for nothing."""
    if anchor.status == AnchorStatus.ORPHANED or anchor.revision.text[anchor.start : anchor.end] != anchor.quote:
        return NOT_VERBATIM
    span = Span(anchor.start, anchor.end)
    met = [is_read for line, is_read in read.get(anchor.revision_id, ()) if line.overlaps(span)]
    return "" if met and all(met) else LEFT_OUT


Lines = Mapping[int, Sequence[tuple[Span, bool]]]
"""By revision (key), where each of its lines stands, and whether learners read it."""


def _read_lines(course: Course) -> Lines:
    lines: dict[int, list[tuple[Span, bool]]] = {}
    for seen in seen_passages(course):
        lines.setdefault(seen.revision.pk, []).append((seen.span, seen.is_read and seen.is_in_lesson))
    return lines


def _problems_of_concepts(course: Course) -> Iterator[PublishingProblem]:
    named = standing_anchors(course).filter(mention__isnull=False).values("mention__concept")
    accepted = Concept.objects.filter(course=course, state=ConceptState.ACCEPTED).exclude(pk__in=named)
    for concept in accepted.order_by("rank", "pk"):
        said = f"The concept “{concept.term}” is mentioned nowhere. Select it in the text, or reject it."
        yield PublishingProblem(said, Mend.CONCEPT, concept.slug)


def _problems_of_quizzes(course: Course) -> Iterator[PublishingProblem]:
    offered = Quiz.objects.filter(course=course, archived_at=None)
    for quiz in offered.filter(pass_fraction__gt=Decimal(0)).exclude(pk__in=_asking(course)):
        said = f"The quiz “{quiz.title}” has a pass mark but asks nothing. Accept a question for it, or remove it."
        yield _of_quiz(quiz, said)
    for quiz, pool, sure in pool_shortages(course):
        if quiz.archived_at is None:
            said = (
                f"The quiz “{quiz.title}” draws {pool}, and can be sure of {sure}. Accept more of them, or draw fewer."
            )
            yield _of_quiz(quiz, said)
    for quiz in offered:
        yield from (_of_quiz(quiz, f"The quiz “{quiz.title}”: {message}") for _, message in settings_problems(quiz))
        if _is_too_short(quiz):
            said = f"The quiz “{quiz.title}” closes before its time limit is over. Give it longer, or a shorter limit."
            yield _of_quiz(quiz, said)


def _of_quiz(quiz: Quiz, message: str) -> PublishingProblem:
    return PublishingProblem(message, Mend.QUIZ, quiz.slug)


def _asking(course: Course) -> set[int]:
    """The quizzes that ask something, by their keys."""
    items = QuizItem.objects.filter(quiz__course=course)
    live = [VersionState.DRAFT, VersionState.PUBLISHED]
    seated = items.filter(question__versions__reviewed_at__isnull=False, question__versions__state__in=live)
    return {*seated.values_list("quiz", flat=True), *items.filter(pool__isnull=False).values_list("quiz", flat=True)}


def _is_too_short(quiz: Quiz) -> bool:
    """Whether nobody, however early they begin, has the whole time. Whoever has more time has it past the closing."""
    if quiz.time_limit_seconds is None or quiz.opens_at is None or quiz.closes_at is None:
        return False
    return quiz.closes_at - quiz.opens_at < timedelta(seconds=quiz.time_limit_seconds)


def _stem(version: QuestionVersion) -> str:
    title = title_of(version)
    return title if len(title) <= 80 else f"{title[:79]}…"


@transaction.atomic
def unpublish_course(course: Course, *, actor: User | None) -> None:
    """Learners no longer find the course; all that they did stays, and publishing brings it back. Idempotent.

    Attempts that run can be ended.
    """
    _leave(course, CourseState.PUBLISHED, CourseState.DRAFT, "unpublished", actor)


@transaction.atomic
def archive_course(course: Course, *, actor: User | None) -> None:
    """The course is put away: learners no longer find it, and it cannot be published before it is restored."""
    for state in (CourseState.PUBLISHED, CourseState.DRAFT):
        _leave(course, state, CourseState.ARCHIVED, "archived", actor)


@transaction.atomic
def restore_course(course: Course, *, actor: User | None) -> None:
    """The archived course is a draft again, with everything in it. Idempotent."""
    _leave(course, CourseState.ARCHIVED, CourseState.DRAFT, "restored", actor)


def _leave(course: Course, state: CourseState, target: CourseState, verb: str, actor: User | None) -> None:
    if Course.objects.filter(pk=course.pk, state=state).update(
        state=target, archived_at=DatabaseClock() if target == CourseState.ARCHIVED else None
    ):
        course.state = target
        record(verb, subject=f"course:{course.uuid}", actor=actor, course=course.uuid)
