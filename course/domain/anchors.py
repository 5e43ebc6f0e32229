"""Anchors: where in a revision a quote stands, and finding it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from course.models import Anchor, AnchorStatus, Lesson, Mention, Passage, Revision
from course.reading.outline import Span
from jobs.domain.prepared import prepared

CONTEXT = 32


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of evidence stands: the quote, its offsets in the revision, the lesson and passage that show it."""

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


def places_of_evidence(questions: Sequence[UUID]) -> dict[UUID, tuple[Place, ...]]:
    """The evidence of each question version (by uuid) in its newest revision, in reading order; one query."""
    places: dict[UUID, tuple[Place, ...]] = {}
    newest: dict[UUID, int] = {}
    for anchor in _anchors_with_lessons(questions=list(questions)) if questions else ():
        if anchor.question is not None and newest.setdefault(anchor.question, anchor.revision_id) == anchor.revision_id:
            places[anchor.question] = (*places.get(anchor.question, ()), _place(anchor))
    return places


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
        Anchor.objects.filter(question__in=questions)
        .annotate(lesson_slug=Subquery(lesson.values("slug")[:1]), lesson_title=Subquery(lesson.values("title")[:1]))
        .annotate(cleaner=Subquery(lesson.values("cleaner")[:1]))
        .annotate(passage_start=Subquery(passage.values("start")[:1]))
        .order_by("question", "-revision__number", "start")
    )


def _place(anchor: Any) -> Place:
    return Place(
        quote=anchor.quote,
        start=anchor.start,
        end=anchor.end,
        status=AnchorStatus(anchor.status),
        lesson_slug=anchor.lesson_slug or "",
        lesson_title=anchor.lesson_title or "",
        passage_start=anchor.start if anchor.passage_start is None else anchor.passage_start,
    )
