"""What an instructor has to decide about a draft course: its questions with their proof, its concepts, its counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from authoring.domain.kinds import BUILD_COURSE
from course.domain.anchors import anchors_that_stand
from course.models import Anchor, Concept, ConceptState, Course, Lesson, Revision
from jobs.models import Job
from quizzes.domain.questions import accept_all, title_of
from quizzes.domain.waivers import Standing, WaivedFinding, apart, standing_waivers
from quizzes.drafting.draft import Finding
from quizzes.drafting.lint import lint, lint_quiz
from quizzes.models import QuestionVersion, QuizItem, VersionState

UNDECIDED = Q(state__in=[VersionState.DRAFT, VersionState.IN_REVIEW], reviewed_at__isnull=True)
ACCEPTED = Q(state=VersionState.DRAFT, reviewed_at__isnull=False)


class Decision(StrEnum):
    """What was decided about a question so far."""

    UNDECIDED = "undecided"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    """The newest wording of a question, `number` in reading order from 1, with the anchors that prove it.

    `findings` are what the lint rules find and nobody waived.
    """

    number: int
    version: QuestionVersion
    lesson: Lesson | None
    revision: Revision | None
    evidence: tuple[Anchor, ...]
    findings: tuple[Finding, ...] = ()
    waived: tuple[WaivedFinding, ...] = ()

    @property
    def title(self) -> str:
        """The question in one line."""
        return title_of(self.version)

    @property
    def decision(self) -> Decision:
        """What was decided about its newest wording."""
        return decision_on(self.version)

    @property
    def is_clean(self) -> bool:
        """Whether no lint rule finds anything that is not waived."""
        return not self.findings


def decision_on(version: QuestionVersion) -> Decision:
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


def questions_under_review(course: Course) -> list[ReviewedQuestion]:
    """The newest wording of every question in reading order, linted; six queries whatever their number."""
    newest = {
        version.question_id: version
        for version in QuestionVersion.objects.filter(question__course=course)
        .select_related("question__concept")
        .order_by("question", "number")
    }
    lessons = list(Lesson.objects.filter(course=course).order_by("position"))
    revisions = Revision.objects.in_bulk({lesson.revision_id for lesson in lessons})
    evidence = _evidence([version.uuid for version in newest.values()], revisions)
    placed = [_placed(version, evidence.get(version.uuid, ()), lessons, revisions) for version in newest.values()]
    placed.sort(key=_in_reading_order)
    linted = _linted([replace(question, number=number) for number, question in enumerate(placed, 1)], _seats(course))
    standing = standing_waivers(course)
    return [_waived(question, standing) for question in linted]


def _waived(question: ReviewedQuestion, standing: Standing) -> ReviewedQuestion:
    findings, waived = apart(question.version.question_id, question.findings, standing)
    return replace(question, findings=findings, waived=waived)


def _seats(course: Course) -> dict[int, list[int]]:
    """The quizzes in which each question has a seat."""
    seats: dict[int, list[int]] = {}
    for quiz, question in QuizItem.objects.filter(quiz__course=course, question__isnull=False).values_list(
        "quiz", "question"
    ):
        seats.setdefault(question, []).append(quiz)
    return seats


def _evidence(versions: Sequence[Any], revisions: Mapping[int, Revision]) -> dict[Any, tuple[Anchor, ...]]:
    found: dict[Any, tuple[Anchor, ...]] = {}
    anchors = anchors_that_stand().filter(question__in=versions, revision__in=list(revisions))
    for anchor in anchors.order_by("start"):
        found[anchor.question] = (*found.get(anchor.question, ()), anchor)
    return found


def _placed(
    version: QuestionVersion,
    evidence: tuple[Anchor, ...],
    lessons: Sequence[Lesson],
    revisions: Mapping[int, Revision],
) -> ReviewedQuestion:
    first = evidence[0] if evidence else None
    home = next((each for each in lessons if first and _holds(each, first)), None)
    revision = revisions.get(first.revision_id) if first else None
    return ReviewedQuestion(0, version, home, revision, evidence)


def _holds(lesson: Lesson, anchor: Anchor) -> bool:
    return lesson.revision_id == anchor.revision_id and lesson.start <= anchor.start < lesson.end


def _in_reading_order(question: ReviewedQuestion) -> tuple[int, int, int]:
    # What has no place in the text comes last.
    position = question.lesson.position if question.lesson else 1_000_000
    return position, question.evidence[0].start if question.evidence else 0, question.version.pk


def _linted(questions: Sequence[ReviewedQuestion], seats: Mapping[int, list[int]]) -> list[ReviewedQuestion]:
    """Rejected questions are held against the rules alone: what nobody will ask cannot tell another's answer."""
    asked = [question for question in questions if question.decision not in (Decision.REJECTED, Decision.WITHDRAWN)]
    together: dict[int, list[Finding]] = {}
    for group in _asked_together(asked, seats):
        for found in lint_quiz([(question.version.kind, question.version.content) for question in group]):
            for place in (found.question, found.other):
                together.setdefault(group[place].version.pk, []).append(found.finding)
    return [replace(each, findings=(*_own(each), *together.get(each.version.pk, ()))) for each in questions]


def _own(question: ReviewedQuestion) -> list[Finding]:
    article = question.revision.text if question.revision else ""
    quotes = [anchor.quote for anchor in question.evidence]
    return lint(question.version.kind, question.version.content, evidence=quotes, article=article)


def _asked_together(
    questions: Iterable[ReviewedQuestion], seats: Mapping[int, list[int]]
) -> list[list[ReviewedQuestion]]:
    """The questions of each quiz; those without a seat in any are held against the others of their lesson."""
    groups: dict[tuple[str, int], list[ReviewedQuestion]] = {}
    for question in questions:
        quizzes = seats.get(question.version.question_id)
        lesson = ("lesson", question.lesson.pk if question.lesson else 0)
        for group in [("quiz", quiz) for quiz in quizzes] if quizzes else [lesson]:
            groups.setdefault(group, []).append(question)
    return list(groups.values())


def last_decided(questions: Iterable[ReviewedQuestion], *, by: User) -> ReviewedQuestion | None:
    """The question this person accepted or rejected last, as far as it can still be taken back."""
    mine = [
        question
        for question in questions
        if question.version.reviewed_by_id == by.pk and question.decision in (Decision.ACCEPTED, Decision.REJECTED)
    ]
    return max(mine, key=lambda question: (question.version.reviewed_at, question.number), default=None)


def accept_clean(course: Course, *, lesson: Lesson, by: User, at: datetime | None = None) -> int:
    """Every undecided question of the lesson that breaks no rule is accepted; returns how many. One write."""
    clean = [
        question.version
        for question in questions_under_review(course)
        if question.lesson == lesson and question.is_clean and question.decision == Decision.UNDECIDED
    ]
    return accept_all(clean, by=by, at=at)
