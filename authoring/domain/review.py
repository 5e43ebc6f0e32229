"""What an instructor has to decide about a draft course: its questions with their proof, its concepts, its counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from authoring.domain.kinds import BUILD_COURSE
from course.domain.anchors import anchors_that_stand
from course.models import Concept, ConceptState, Course, Lesson
from jobs.models import Job
from quizzes.models import QuestionVersion, VersionState

UNDECIDED = Q(state__in=[VersionState.DRAFT, VersionState.IN_REVIEW], reviewed_at__isnull=True)
ACCEPTED = Q(state=VersionState.DRAFT, reviewed_at__isnull=False)
COLUMNS = (
    "pk",
    "uuid",
    "question_id",
    "state",
    "published_at",
    "archived_from",
    "reviewed_by_id",
    "reviewed_at",
)


class Decision(StrEnum):
    """What was decided about a question so far."""

    UNDECIDED = "undecided"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class QueuedQuestion:
    """A question by its newest wording, `number` in reading order from 1: what is known of it without reading it.

    `version`, `question` and `reviewed_by` are keys; `start` is where the first of its proof begins, in characters.
    """

    number: int
    version: int
    uuid: UUID
    question: int
    decision: Decision
    reviewed_by: int | None
    reviewed_at: datetime | None
    lesson: Lesson | None
    start: int

    @property
    def is_asked(self) -> bool:
        """Whether somebody asks it or may: rejected questions and those that were withdrawn are asked by nobody."""
        return self.decision not in (Decision.REJECTED, Decision.WITHDRAWN)


class Reviewable(Protocol):
    """What a decision is read from: of a wording, or of a row with these columns."""

    state: str
    published_at: datetime | None
    archived_from: str
    reviewed_at: datetime | None


def decision_on(version: Reviewable) -> Decision:
    """What was decided about this wording."""
    if version.state == VersionState.PUBLISHED:
        return Decision.PUBLISHED
    if version.state == VersionState.RETIRED:
        was_wanted = version.published_at is not None or version.archived_from
        return Decision.WITHDRAWN if was_wanted else Decision.REJECTED
    return Decision.UNDECIDED if version.reviewed_at is None else Decision.ACCEPTED


def with_tallies(courses: QuerySet[Course]) -> QuerySet[Any]:
    """The courses with what there is to decide: one query whatever their number.

    `lesson_count`, `words`, `undecided`, `accepted`, `published`, `rejected` questions, `suggested` and `known`
    (accepted) concepts, `unknown` (accepted or published questions on concepts that are not accepted), and
    `build_state` of the newest build, None without one.
    """
    build = Job.objects.filter(kind=BUILD_COURSE, subject=OuterRef("uuid")).order_by("-pk")
    asked = QuestionVersion.objects.filter(question__concept__state=ConceptState.SUGGESTED)
    return courses.annotate(
        lesson_count=_tally(Lesson.objects, "course"),
        undecided=_tally(QuestionVersion.objects.filter(UNDECIDED), "question__course"),
        accepted=_tally(QuestionVersion.objects.filter(ACCEPTED), "question__course"),
        published=_tally(QuestionVersion.objects.filter(state=VersionState.PUBLISHED), "question__course"),
        rejected=_tally(
            QuestionVersion.objects.filter(state=VersionState.RETIRED, published_at__isnull=True, archived_from=""),
            "question__course",
        ),
        suggested=_tally(Concept.objects.filter(state=ConceptState.SUGGESTED), "course"),
        known=_tally(Concept.objects.filter(state=ConceptState.ACCEPTED), "course"),
        unknown=_tally(asked.filter(ACCEPTED | Q(state=VersionState.PUBLISHED)), "question__course"),
        build_state=Subquery(build.values("state")[:1]),
    )


def _tally(rows: Any, course: str) -> Any:
    counted = rows.filter(**{course: OuterRef("pk")}).order_by().values(course).annotate(tally=Count("pk"))
    return Coalesce(Subquery(counted.values("tally")), 0)


def review_queue(course: Course) -> list[QueuedQuestion]:
    """Every question by its newest wording, in reading order; three queries whatever their number."""
    versions = QuestionVersion.objects.filter(question__course=course).order_by("question", "number")
    newest = {row.question_id: row for row in versions.values_list(*COLUMNS, named=True)}
    lessons = list(Lesson.objects.filter(course=course).order_by("position"))
    proofs = _first_of_proof(course, lessons)
    queue = [_queued(row, proofs.get(row.uuid), lessons) for row in newest.values()]
    queue.sort(key=_in_reading_order)
    return [replace(question, number=number) for number, question in enumerate(queue, 1)]


def queue_behind(course: Course, queue: Sequence[QueuedQuestion], after: UUID | None) -> Sequence[QueuedQuestion]:
    """What is read behind the question of which `after` is a wording; the whole queue where there is none.

    What is written or reworded meanwhile shifts nothing. One query, none for the first page.
    """
    if after is None:
        return queue
    begin = QuestionVersion.objects.filter(question__course=course, uuid=after).values_list("question", flat=True)
    question = begin.first()
    return queue[next((each.number for each in queue if each.question == question), 0) :]


def _first_of_proof(course: Course, lessons: Sequence[Lesson]) -> dict[UUID, tuple[int, int]]:
    """By version (uuid) the revision (key) in which its proof stands, and where the first of it begins there."""
    versions = QuestionVersion.objects.filter(question__course=course).order_by().values("uuid")
    anchors = anchors_that_stand().filter(question__in=versions, revision__in={each.revision_id for each in lessons})
    places = anchors.order_by("-start").values_list("question", "revision", "start")
    return {question: (revision, start) for question, revision, start in places if question is not None}


def _queued(row: Any, proof: tuple[int, int] | None, lessons: Sequence[Lesson]) -> QueuedQuestion:
    home = next((each for each in lessons if proof and _holds(each, *proof)), None)
    return QueuedQuestion(
        number=0,
        version=row.pk,
        uuid=row.uuid,
        question=row.question_id,
        decision=decision_on(row),
        reviewed_by=row.reviewed_by_id,
        reviewed_at=row.reviewed_at,
        lesson=home,
        start=proof[1] if proof else 0,
    )


def _holds(lesson: Lesson, revision: int, start: int) -> bool:
    return lesson.revision_id == revision and lesson.start <= start < lesson.end


def _in_reading_order(question: QueuedQuestion) -> tuple[int, int, int]:
    # What has no place in the text comes last.
    return question.lesson.position if question.lesson else 1_000_000, question.start, question.version


def last_decided(questions: Iterable[QueuedQuestion], *, by: User) -> QueuedQuestion | None:
    """The question this person accepted or rejected last, as far as it can still be taken back."""
    decided = (Decision.ACCEPTED, Decision.REJECTED)
    mine = [each for each in questions if each.reviewed_by == by.pk and each.decision in decided]
    return max(mine, key=lambda question: (question.reviewed_at, question.number), default=None)
