"""Anchors: where in a revision a quote stands, and finding it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from course.models import Anchor, AnchorStatus, Course, Lesson, Mention, Passage, Revision
from course.reading.outline import Span
from jobs.domain.prepared import prepared

CONTEXT = 32

STANDING = (AnchorStatus.EXACT, AnchorStatus.MOVED)
"""What was orphaned points at nothing any more."""


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of evidence: its quote and offsets in its own revision, and the lesson and passage that show it today."""

    quote: str
    start: int
    end: int
    status: AnchorStatus
    lesson_slug: str
    lesson_title: str
    passage_start: int


def anchor_at(
    revision: Revision, span: Span, *, mention: Mention | None = None, question: UUID | None = None, ordinal: int = 0
) -> Anchor:
    """An exact anchor over the span of the revision's text, unsaved, with the words around it to find it again."""
    text = revision.text
    return Anchor(
        revision=revision,
        mention=mention,
        question=question,
        ordinal=ordinal,
        start=span.start,
        end=span.end,
        quote=span.quote(text),
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
    )


def places_of_evidence(questions: Sequence[UUID], *, revision: int | None = None) -> dict[UUID, tuple[Place, ...]]:
    """The evidence of each question version (by uuid), in reading order; one query.

    The quotes are those of the revision with this key, where there are any: an attempt has the evidence that it began
    with. Else they are those of the text that is shown. Each names the lesson where it is read today, none where it is
    read no more; orphaned evidence proves nothing and is left out.
    """
    by_question: dict[UUID, list[Any]] = {}
    for anchor in _anchors_with_lessons(questions=list(questions)) if questions else ():
        by_question.setdefault(anchor.question, []).append(anchor)
    return {question: places for question, anchors in by_question.items() if (places := _places(anchors, revision))}


def _places(anchors: Sequence[Any], revision: int | None) -> tuple[Place, ...]:
    """`anchors` are those of one question, the newest revision's first."""
    shown = next((anchor.revision_id for anchor in anchors if anchor.lesson_slug), anchors[0].revision_id)
    own = revision if any(anchor.revision_id == revision for anchor in anchors) else shown
    now = {anchor.ordinal: anchor for anchor in anchors if anchor.revision_id == shown and _stands(anchor)}
    return tuple(
        _place(anchor, now.get(anchor.ordinal)) for anchor in anchors if anchor.revision_id == own and _stands(anchor)
    )


def _stands(anchor: Any) -> bool:
    return bool(anchor.status != AnchorStatus.ORPHANED)


def standing_anchors(course: Course) -> QuerySet[Anchor]:
    """Everything that points into the texts that the course shows, of mentions, notes, definitions and questions alike.

    Rows of texts that it showed before are left out, and so is what was orphaned.
    """
    shown = Lesson.objects.filter(course=course.pk).values("revision")
    return anchors_that_stand().filter(revision__in=shown)


def anchors_that_stand() -> QuerySet[Anchor]:
    """Whatever was not orphaned in its own text, of every text; the caller says which text counts."""
    return Anchor.objects.filter(status__in=STANDING)


def newest_standing_first() -> QuerySet[Any]:
    """Anchors that stand: those in a text that is read today first, then those in newer texts, each in text order.

    For what has to point somewhere even where the text of today has lost it: the first row's revision counts.
    """
    read = Exists(Lesson.objects.filter(revision=OuterRef("revision")))
    return anchors_that_stand().annotate(is_read=read).order_by("-is_read", "-revision__number", "start", "ordinal")


def anchors_of_every_text() -> QuerySet[Anchor]:
    """All rows, of texts that are read no more and orphaned ones too: to copy, carry, compare or delete them.

    Nothing that is shown or decided may rest on these.
    """
    return Anchor.objects.order_by("pk")


def confirm_evidence(question: UUID) -> int:
    """What had moved of the question version's evidence in the text that is shown was looked at, and holds.

    Returns how many places that were; 0 the second time.
    """
    shown = anchors_of_every_text().filter(question=question, revision__in=Lesson.objects.values("revision"))
    return shown.filter(status=AnchorStatus.MOVED).update(status=AnchorStatus.EXACT)


@prepared
def _anchors_with_lessons(*, questions: Sequence[UUID]) -> QuerySet[Any]:
    lesson = Lesson.objects.filter(
        revision=OuterRef("revision"), start__lte=OuterRef("start"), end__gt=OuterRef("start")
    ).order_by("position")
    passage = Passage.objects.filter(
        revision=OuterRef("revision"),
        cleaner=OuterRef("cleaner"),
        start__lte=OuterRef("start"),
        end__gt=OuterRef("start"),
    )
    return (
        anchors_of_every_text()
        .filter(question__in=questions)
        .annotate(lesson_slug=Subquery(lesson.values("slug")[:1]), lesson_title=Subquery(lesson.values("title")[:1]))
        .annotate(cleaner=Subquery(lesson.values("cleaner")[:1]))
        .annotate(passage_start=Subquery(passage.values("start")[:1]))
        .order_by("question", "-revision__number", "start")
    )


def _place(anchor: Any, now: Any) -> Place:
    """The anchor's quote, and where `now`, the row of the same evidence in the text that is shown, is read."""
    read = now or anchor
    return Place(
        quote=anchor.quote,
        start=anchor.start,
        end=anchor.end,
        status=AnchorStatus(now.status) if now else AnchorStatus.ORPHANED,
        lesson_slug=read.lesson_slug or "",
        lesson_title=read.lesson_title or "",
        passage_start=read.start if read.passage_start is None else read.passage_start,
    )
