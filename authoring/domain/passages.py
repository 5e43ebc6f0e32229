"""Overruling the cleaner: what it dropped is read again, or left out after all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import FilteredRelation, Q
from django.db.models.functions import Coalesce

from accounts.models import User
from course.domain.lesson_page import UNREAD, passages_of
from course.models import Course, Lesson, Passage, PassageDecision
from course.reading.lines import count_words
from course.reading.outline import PassageKind
from jobs.domain.clock import database_now


@dataclass(frozen=True, slots=True)
class SeenPassage:
    """A passage with its text, as the course reads it: `kind` after the instructor's decision, `found` before it.

    `number` counts the passages of the course from 1 and names the passage in its pages.
    """

    number: int
    passage: Passage
    text: str
    kind: PassageKind
    lesson: Lesson | None
    starts_lesson: bool

    @property
    def found(self) -> PassageKind:
        """What the cleaner took it for."""
        return PassageKind(self.passage.kind)

    @property
    def is_read(self) -> bool:
        """Whether learners read it as things stand."""
        return self.kind not in UNREAD

    @property
    def is_dropped(self) -> bool:
        """Whether the cleaner dropped it, whatever was decided since."""
        return self.found in UNREAD


def seen_passages(course: Course) -> list[SeenPassage]:
    """Every passage of the course's articles in reading order, dropped ones too; two queries."""
    lessons = list(Lesson.objects.filter(course=course).select_related("revision").order_by("position"))
    texts = {lesson.revision_id: lesson.revision.text for lesson in lessons}
    seen = []
    for number, row in enumerate(_rows(course, lessons), 1):
        home = _home(row, lessons)
        text = texts[row.revision_id][row.start : row.end]
        starts = home is not None and home.start == row.start and row.kind == PassageKind.HEADING
        seen.append(SeenPassage(number, row, text, PassageKind(row.effective_kind), home, starts))
    return seen


def _rows(course: Course, lessons: Iterable[Lesson]) -> Any:
    of_article = Q(pk__in=[])
    for revision, cleaner in {(lesson.revision_id, lesson.cleaner) for lesson in lessons}:
        of_article |= Q(revision=revision, cleaner=cleaner)
    return (
        Passage.objects.filter(of_article)
        .annotate(decision=FilteredRelation("decisions", condition=Q(decisions__course=course.pk)))
        .annotate(effective_kind=Coalesce("decision__kind", "kind"))
        .order_by("revision", "position")
    )


def _home(passage: Passage, lessons: Iterable[Lesson]) -> Lesson | None:
    """The lesson that holds the passage, or would: a dropped line after a lesson's end belongs to that lesson."""
    same = [each for each in lessons if (each.revision_id, each.cleaner) == (passage.revision_id, passage.cleaner)]
    begun = [lesson for lesson in same if lesson.start <= passage.start]
    return begun[-1] if begun else next(iter(same), None)


@transaction.atomic
def restore_passage(course: Course, *, passage: Passage, by: User | None, at: datetime | None = None) -> None:
    """The passage is read in its lesson, as a paragraph, although the cleaner dropped it. Idempotent."""
    decision = PassageDecision(
        course=course, passage=passage, kind=PassageKind.PARAGRAPH, decided_by=by, decided_at=at or database_now()
    )
    PassageDecision.objects.bulk_create(
        [decision],
        update_conflicts=True,
        unique_fields=["course", "passage"],
        update_fields=["kind", "reason", "decided_by", "decided_at"],
    )
    home = _home(passage, Lesson.objects.filter(course=course).order_by("position"))
    if home is not None:
        # The cleaner cut the lesson without the passage, which may stand before its start or after its end.
        home.start, home.end = min(home.start, passage.start), max(home.end, passage.end)
        _store_extent(home)


@transaction.atomic
def take_back_decision(course: Course, *, passage: Passage) -> None:
    """The passage is what the cleaner made of it. Idempotent."""
    PassageDecision.objects.filter(course=course, passage=passage).delete()
    home = _home(passage, Lesson.objects.filter(course=course).order_by("position"))
    if home is not None:
        _store_extent(home)


def _store_extent(lesson: Lesson) -> None:
    """The lesson keeps where it starts and ends, and counts the words that are read in it."""
    text = lesson.revision.text
    lesson.words = sum(
        count_words(text[passage.start : passage.end])
        for passage in passages_of(lesson)
        if passage.effective_kind not in (*UNREAD, PassageKind.HEADING)
    )
    lesson.save(update_fields=["start", "end", "words"])
