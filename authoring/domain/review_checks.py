"""What the lint rules find in questions under review: in those that are looked at, beside all that they stand with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from accounts.models import User
from authoring.domain.review import Decision, QueuedQuestion, decision_on, review_queue
from course.domain.anchors import anchors_that_stand
from course.models import Anchor, Course, Lesson, Revision
from quizzes.domain.questions import accept_all, title_of
from quizzes.domain.waivers import WaivedFinding, apart, standing_waivers
from quizzes.drafting.draft import Finding
from quizzes.drafting.lint import lint, lint_traces, trace_of_json
from quizzes.models import QuestionVersion, QuizItem


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    """A question of the queue that was read and held against the rules, with the anchors that prove it.

    `findings` are what the rules find and nobody waived.
    """

    number: int
    version: QuestionVersion
    lesson: Lesson | None
    revision: Revision | None
    evidence: tuple[Anchor, ...]
    findings: tuple[Finding, ...]
    waived: tuple[WaivedFinding, ...]

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


def questions_under_review(course: Course) -> list[ReviewedQuestion]:
    """Every question in reading order, held against the rules."""
    queue = review_queue(course)
    return held_against_rules(course, queue, queue)


def held_against_rules(
    course: Course, looked_at: Sequence[QueuedQuestion], queue: Sequence[QueuedQuestion]
) -> list[ReviewedQuestion]:
    """The questions looked at, some of the course's queue, with what the rules find; six queries.

    Of the others only those are read that stand with them, in a quiz or a lesson. Rejected questions are held against
    the rules alone: what nobody will ask cannot tell another's answer.
    """
    keys = {each.version for each in looked_at}
    versions = QuestionVersion.objects.select_related("question__concept").in_bulk(keys)
    evidence = _evidence(course, [version.uuid for version in versions.values()])
    revisions = Revision.objects.in_bulk({each.revision_id for found in evidence.values() for each in found})
    together = _found_together(_asked_together(queue, _seats(course), keys), keys)
    standing = standing_waivers(course)
    reviewed = []
    for each in looked_at:
        version, proof = versions[each.version], evidence.get(each.uuid, ())
        revision = revisions[proof[0].revision_id] if proof else None
        found = [*_own(version, revision, proof), *together.get(version.pk, ())]
        findings, waived = apart(each.question, found, standing)
        reviewed.append(ReviewedQuestion(each.number, version, each.lesson, revision, proof, findings, waived))
    return reviewed


def accept_clean(course: Course, *, lesson: Lesson, by: User, at: datetime | None = None) -> int:
    """Every undecided question of the lesson that breaks no rule is accepted; returns how many. One write."""
    queue = review_queue(course)
    waiting = [each for each in queue if each.lesson == lesson and each.decision == Decision.UNDECIDED]
    reviewed = held_against_rules(course, waiting, queue)
    return accept_all([each.version for each in reviewed if each.is_clean], by=by, at=at)


def _evidence(course: Course, versions: Collection[UUID]) -> dict[UUID | None, tuple[Anchor, ...]]:
    read = Lesson.objects.filter(course=course.pk).order_by().values("revision")
    found: dict[UUID | None, tuple[Anchor, ...]] = {}
    for anchor in anchors_that_stand().filter(question__in=versions, revision__in=read).order_by("start"):
        found[anchor.question] = (*found.get(anchor.question, ()), anchor)
    return found


def _own(version: QuestionVersion, revision: Revision | None, proof: Sequence[Anchor]) -> list[Finding]:
    quotes = [anchor.quote for anchor in proof]
    return lint(version.kind, version.content, evidence=quotes, article=revision.text if revision else "")


def _found_together(groups: Sequence[Sequence[int]], looked_at: set[int]) -> dict[int, list[Finding]]:
    """By version (key) what those looked at do to others of their groups, and others to them. One query."""
    grouped = QuestionVersion.objects.filter(pk__in={key for group in groups for key in group})
    # As JSON: taking apart the contents of a large part costs more than all else, and most have a trace already.
    written = grouped.annotate(written=Cast("content", TextField())).values_list("pk", "kind", "written")
    traces = {key: trace_of_json(kind, content) for key, kind, content in written}
    together: dict[int, list[Finding]] = {}
    for group in groups:
        places = [place for place, key in enumerate(group) if key in looked_at]
        for found in lint_traces([traces[key] for key in group], looked_at=places):
            for place in (found.question, found.other):
                together.setdefault(group[place], []).append(found.finding)
    return together


def _asked_together(
    queue: Iterable[QueuedQuestion], seats: Mapping[int, Sequence[int]], looked_at: set[int]
) -> list[list[int]]:
    """The versions (keys) of each quiz; those without a seat in any are held against the others of their lesson.

    Only groups with one that is looked at.
    """
    groups: dict[tuple[str, int], list[int]] = {}
    for each in queue:
        if each.is_asked:
            lesson = ("lesson", each.lesson.pk if each.lesson else 0)
            for group in [("quiz", quiz) for quiz in seats.get(each.question, ())] or [lesson]:
                groups.setdefault(group, []).append(each.version)
    return [group for group in groups.values() if not looked_at.isdisjoint(group)]


def _seats(course: Course) -> dict[int, list[int]]:
    """The quizzes in which each question has a seat."""
    seats: dict[int, list[int]] = {}
    for quiz, question in QuizItem.objects.filter(quiz__course=course, question__isnull=False).values_list(
        "quiz", "question"
    ):
        seats.setdefault(question, []).append(quiz)
    return seats
