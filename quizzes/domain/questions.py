"""Questions and their versions: written or drafted, accepted or rejected by a person, then published and frozen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from accounts.domain.audit import record, record_each
from accounts.models import User
from course.domain.anchors import anchor_at
from course.models import Anchor, Concept, Course, Revision
from course.reading.outline import Span
from jobs.domain.clock import database_now
from quizzes.domain.search_texts import store_search_texts
from quizzes.errors import QuizError
from quizzes.models import Origin, Question, QuestionVersion, VersionState
from quizzes.questions import UnknownKind, question_type


class NoLongerADraft(QuizError):
    code = "no_longer_a_draft"
    message = "This question has been published meanwhile. Edit it as a new version."


class NeedsAnotherPerson(QuizError):
    code = "needs_another_person"
    message = "You wrote this question, and this course wants a second person to accept it. Ask a colleague to read it."


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question to be stored. `content` has passed its kind's check; `evidence` are spans of the revision's text.

    `key` is unique in the course; "" gives it one.
    """

    kind: str
    content: Mapping[str, Any]
    concept: Concept | None
    evidence: Sequence[Span]
    origin: Origin = Origin.HUMAN
    drafter: str = ""
    key: str = ""


@transaction.atomic
def add_questions(
    course: Course, *, questions: Sequence[NewQuestion], revision: Revision, at: datetime | None = None
) -> list[QuestionVersion]:
    """Each question stands as a draft, version 1, with its evidence anchored; four statements for any number."""
    now = at or database_now()
    rows = Question.objects.bulk_create(
        Question(course=course, concept=question.concept, key=question.key or f"q-{uuid4().hex[:12]}", created_at=now)
        for question in questions
    )
    versions = QuestionVersion.objects.bulk_create(
        QuestionVersion(
            question=row,
            number=1,
            kind=question.kind,
            content=dict(question.content),
            origin=question.origin,
            drafter=question.drafter,
            created_at=now,
        )
        for row, question in zip(rows, questions, strict=True)
    )
    store_search_texts(versions)
    Anchor.objects.bulk_create(
        anchor_at(revision, span, question=version.uuid, ordinal=ordinal)
        for version, question in zip(versions, questions, strict=True)
        for ordinal, span in enumerate(question.evidence)
    )
    return versions


def asked_in(course: Course) -> list[QuestionVersion]:
    """The newest wording that learners were asked of each question of the course; one query."""
    asked = QuestionVersion.objects.filter(question__course=course, published_at__isnull=False)
    newest = {version.question_id: version for version in asked.select_related("question").order_by("number")}
    return sorted(newest.values(), key=lambda version: version.question_id)


def title_of(version: QuestionVersion) -> str:
    """The question in one line, for lists; "" for content or a kind that says nothing."""
    try:
        return question_type(version.kind).title(version.content)
    except UnknownKind:
        return ""


@transaction.atomic
def accept(version: QuestionVersion, *, by: User | None, at: datetime | None = None) -> None:
    """The draft is accepted by this person and will be published with its course. Accepting it again changes nothing.

    Raises NeedsAnotherPerson for one's own words where the course wants two people for each question.
    """
    if not may_accept(version, by=by):
        raise NeedsAnotherPerson
    theirs = QuestionVersion.objects.filter(state=VersionState.DRAFT, reviewed_at__isnull=False, reviewed_by=by)
    # Locked, so that whoever clicks twice has decided once.
    QuestionVersion.objects.select_for_update().only("pk").get(pk=version.pk)
    if theirs.filter(pk=version.pk).exists():
        version.refresh_from_db(fields=["state", "reviewed_by", "reviewed_at", "review_note"])
        return
    _review(version, by=by, at=at or database_now(), state=VersionState.DRAFT, note="")
    record_deed("accepted a question", version, by=by)


def may_accept(version: QuestionVersion, *, by: User | None) -> bool:
    """Whether this person may accept the draft alone: others always, its writer unless the course wants two people."""
    if by is None or version.written_by_id != by.pk:
        return True
    return not Course.objects.filter(pk=version.question.course_id, two_person_review=True).exists()


@transaction.atomic
def accept_all(versions: Sequence[QuestionVersion], *, by: User | None, at: datetime | None = None) -> int:
    """Each of the drafts that is undecided is accepted by this person, with one write; returns how many were.

    One's own words are left where the course wants two people for each question.
    """
    undecided = QuestionVersion.objects.filter(
        pk__in=[version.pk for version in versions], state=VersionState.DRAFT, reviewed_at__isnull=True
    )
    if by is not None:
        undecided = undecided.exclude(question__course__two_person_review=True, written_by=by)
    accepted = list(undecided.select_related("question__course").order_by("pk"))
    if accepted and by is not None:
        deeds: list[tuple[str, str, dict[str, Any]]] = [
            ("accepted a question", subject_of(version), {}) for version in accepted
        ]
        record_each(deeds, actor=by, course=accepted[0].question.course.uuid)
    return undecided.update(reviewed_by=by, reviewed_at=at or database_now(), review_note="")


@transaction.atomic
def reject(version: QuestionVersion, *, by: User | None, reason: str, at: datetime | None = None) -> None:
    """The draft is set aside with a reason; it stays to be seen and can be put back."""
    _review(version, by=by, at=at or database_now(), state=VersionState.RETIRED, note=reason[:300])
    record_deed("rejected a question", version, by=by)


def review_imported(versions: Sequence[QuestionVersion], *, state: VersionState, by: User | None, at: datetime) -> None:
    """The drafts, which a file brought, are accepted or set aside as it says; one write, and no deed of a person."""
    drafts = QuestionVersion.objects.filter(pk__in=[version.pk for version in versions], state=VersionState.DRAFT)
    drafts.update(state=state, reviewed_by=by, reviewed_at=at)


def note_rejections(reasons: Iterable[tuple[QuestionVersion, str]]) -> None:
    """Each of the wordings, which a file brought as rejected, says why; one write."""
    for version, reason in (noted := list(reasons)):
        version.review_note = reason
    QuestionVersion.objects.bulk_update([version for version, _ in noted], ["review_note"])


@transaction.atomic
def put_back(version: QuestionVersion, *, by: User | None = None) -> None:
    """The draft is undecided again, whatever was decided before. Raises NoLongerADraft once it was published."""
    _change(version, state=VersionState.DRAFT, reviewed_by=None, reviewed_at=None, review_note="")
    record_deed("took back a decision", version, by=by)


def record_deed(verb: str, version: QuestionVersion, *, by: User | None) -> None:
    """What this person did to the question stands in its course's history; what nobody did, as an import, does not."""
    if by is not None:
        course = Course.objects.only("uuid").get(questions=version.question_id)
        record(verb, subject=subject_of(version), actor=by, course=course.uuid, detail={"version": version.number})


def subject_of(version: QuestionVersion) -> str:
    """The question as the audit log names it."""
    return f"question:{version.question.uuid}"


def _review(version: QuestionVersion, *, by: User | None, at: datetime, state: VersionState, note: str) -> None:
    _change(version, state=state, reviewed_by=by, reviewed_at=at, review_note=note)


def _change(version: QuestionVersion, **fields: Any) -> None:
    open_draft = QuestionVersion.objects.filter(pk=version.pk, published_at__isnull=True, archived_from="")
    changed = open_draft.update(**fields)
    if not changed:
        raise NoLongerADraft
    for name, value in fields.items():
        setattr(version, name, value)


@transaction.atomic
def edit_draft(version: QuestionVersion, *, content: Mapping[str, Any]) -> None:
    """The draft reads as `content`, which has passed its kind's check, and waits for review again."""
    _change(
        version,
        content=dict(content),
        origin=Origin.HUMAN if version.content != content else version.origin,
        state=VersionState.DRAFT,
        reviewed_by=None,
        reviewed_at=None,
        review_note="",
    )
    store_search_texts([version])


def lock_accepted(course: Course) -> list[int]:
    """The accepted drafts of the course, by key: nobody edits them or decides otherwise until the transaction ends.

    What is accepted later is not among them.
    """
    accepted = QuestionVersion.objects.filter(
        question__course=course, state=VersionState.DRAFT, reviewed_at__isnull=False
    )
    return list(accepted.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))


@transaction.atomic
def publish_accepted(course: Course, *, at: datetime) -> int:
    """Every accepted draft of the course is published, in place of the version before it; returns how many."""
    return publish_drafts(lock_accepted(course), at=at)


def publish_drafts(drafts: Sequence[int], *, at: datetime) -> int:
    """These accepted drafts, locked by `lock_accepted`, are published, each in place of the version before it.

    Two writes; returns how many.
    """
    accepted = QuestionVersion.objects.filter(pk__in=drafts)
    QuestionVersion.objects.filter(question__in=accepted.values("question"), state=VersionState.PUBLISHED).update(
        state=VersionState.RETIRED
    )
    return accepted.update(state=VersionState.PUBLISHED, published_at=at)
