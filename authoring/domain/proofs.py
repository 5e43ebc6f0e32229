"""Writing a question by hand, and choosing the sentences that prove it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from authoring.domain.passages import SeenPassage
from course.domain.anchors import anchor_at
from course.models import Anchor, Concept, Course, Lesson
from course.reading.outline import PassageKind, Span
from course.reading.sentences import sentences
from quizzes.domain.questions import NewQuestion, add_questions, put_back
from quizzes.models import QuestionVersion


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person writes: content that has passed its kind's check, and the concept it asks about."""

    kind: str
    content: Mapping[str, Any]
    concept: Concept | None = None


def sentences_read_in(lesson: Lesson, passages: Sequence[SeenPassage], *, language: str) -> list[list[Span]]:
    """The sentences of each passage that is read in the lesson, in order, in characters of its revision's text.

    Headings are left out: they name, and prove nothing.
    """
    own = [each for each in passages if each.lesson and each.lesson.uuid == lesson.uuid]
    read = [each for each in own if each.is_read and each.kind != PassageKind.HEADING]
    text = lesson.revision.text
    found = (sentences(text, Span(each.passage.start, each.passage.end), language) for each in read)
    return [spans for spans in found if spans]


def proving(spans: Collection[Span], evidence: Sequence[Anchor], lesson: Lesson) -> list[Span]:
    """The sentences of the lesson in which the evidence stands, wholly or in part, in order."""
    own = [anchor for anchor in evidence if anchor.revision_id == lesson.revision_id]
    return [span for span in spans if any(span.start < each.end and each.start < span.end for each in own)]


@transaction.atomic
def write_question(
    course: Course,
    *,
    wording: Wording,
    lesson: Lesson,
    proof: Sequence[Span],
    by: User,
    at: datetime | None = None,
) -> QuestionVersion:
    """The question stands as a draft of this person's, proved by these stretches of the lesson's text."""
    new = NewQuestion(wording.kind, wording.content, wording.concept, proof)
    version = add_questions(course, questions=[new], revision=lesson.revision, at=at)[0]
    version.written_by = by
    version.save(update_fields=["written_by"])
    return version


@transaction.atomic
def prove_by(version: QuestionVersion, *, lesson: Lesson, proof: Sequence[Span], by: User) -> None:
    """The draft is proved by these stretches of the lesson's text and nothing else, and waits for review again.

    `by` counts as its writer. Raises NoLongerADraft once it was published.
    """
    put_back(version)
    Anchor.objects.filter(question=version.uuid).delete()
    Anchor.objects.bulk_create(
        anchor_at(lesson.revision, span, question=version.uuid, ordinal=ordinal) for ordinal, span in enumerate(proof)
    )
    version.written_by = by
    version.save(update_fields=["written_by"])
