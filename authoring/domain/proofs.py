"""Writing a question by hand, and marking the words of the article that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from authoring.domain.passages import SeenPassage
from course.domain.anchors import anchor_at, anchors_of_every_text, standing_anchors
from course.domain.concept_changes import Found
from course.models import Anchor, Concept, Course, Lesson
from course.reading.outline import PassageKind, Span
from course.reading.sentences import sentences
from quizzes.domain.questions import NewQuestion, add_questions, put_back, record_deed
from quizzes.domain.wordings import save_wording
from quizzes.models import QuestionVersion


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person writes: content that has passed its kind's check, and the concept it asks about."""

    kind: str
    content: Mapping[str, Any]
    concept: Concept | None = None


def may_prove(passage: SeenPassage) -> bool:
    """Whether learners read the passage and it says something: headings name, and prove nothing."""
    return passage.is_read and passage.lesson is not None and passage.kind != PassageKind.HEADING


def sentences_of(passage: SeenPassage, *, language: str) -> list[Span]:
    """The sentences of the passage in order, in characters of its revision's text."""
    return sentences(passage.revision.text, passage.span, language)


def cut_to_passages(marked: Found, passages: Iterable[SeenPassage]) -> list[Found]:
    """What of the marked words learners read: a piece for each passage, without white space around it, in order.

    Words in headings and in lines that were left out are no part of it.
    """
    own = [each for each in passages if may_prove(each) and each.revision.pk == marked.revision.pk]
    cut = (
        _trimmed(marked, max(marked.span.start, each.span.start), min(marked.span.end, each.span.end)) for each in own
    )
    return [piece for piece in cut if piece.span.start < piece.span.end]


def _trimmed(marked: Found, start: int, end: int) -> Found:
    text = marked.revision.text
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Found(marked.revision, Span(start, end))


def words_within(words: str, passages: Iterable[SeenPassage]) -> Found | None:
    """Where the words stand first in these passages, letter by letter; None where they do not stand."""
    words = words.strip()
    for each in passages:
        at = each.text.find(words) if words and may_prove(each) else -1
        if at >= 0:
            start = each.span.start + at
            return Found(each.revision, Span(start, start + len(words)))
    return None


def joined(pieces: Iterable[Found]) -> list[Found]:
    """The pieces in the order of their texts, those that share words made one: no word proves twice."""
    whole: list[Found] = []
    for piece in sorted(pieces, key=lambda each: (each.revision.pk, each.span)):
        last = whole[-1] if whole else None
        if last and last.revision.pk == piece.revision.pk and piece.span.start < last.span.end:
            whole[-1] = Found(last.revision, Span(last.span.start, max(last.span.end, piece.span.end)))
        else:
            whole.append(piece)
    return whole


def evidence_standing(course: Course, version: QuestionVersion) -> list[Found]:
    """The evidence of the version in the texts that the course shows, in their order; what was orphaned is left out."""
    anchors = standing_anchors(course).filter(question=version.uuid).select_related("revision")
    return [
        Found(each.revision, Span(each.start, each.end)) for each in anchors.order_by("revision", "start", "ordinal")
    ]


@transaction.atomic
def write_question(
    course: Course,
    *,
    wording: Wording,
    lesson: Lesson,
    proof: Sequence[Found],
    by: User,
    at: datetime | None = None,
) -> QuestionVersion:
    """The question stands as a draft of this person's, written beside the lesson and proved by these words."""
    new = NewQuestion(wording.kind, wording.content, wording.concept, ())
    version = add_questions(course, questions=[new], revision=lesson.revision, at=at)[0]
    _anchor(version, proof)
    _written(version, by)
    record_deed("wrote a question", version, by=by)
    return version


@transaction.atomic
def save_proved(
    course: Course,
    version: QuestionVersion,
    *,
    content: Mapping[str, Any],
    proof: Sequence[Found] | None,
    seen: str,
    by: User,
) -> QuestionVersion:
    """The question's draft reads as `content` and is proved by these words; a published one gets a new version.

    `proof` None keeps what proves it. Raises as quizzes.domain.wordings.save_wording does; the question is locked.
    """
    saved = save_wording(version.question, content=content, seen=seen, by=by)
    if proof is not None:
        prove_by(course, saved, proof=proof, by=by)
    return saved


@transaction.atomic
def prove_by(course: Course, version: QuestionVersion, *, proof: Sequence[Found], by: User) -> bool:
    """The draft is proved by these words and nothing else, and waits for review again; whether that changed anything.

    The same words as before change nothing. `by` counts as its writer. Raises NoLongerADraft once it was published.
    """
    if list(proof) == evidence_standing(course, version):
        return False
    put_back(version)
    anchors_of_every_text().filter(question=version.uuid).delete()
    _anchor(version, proof)
    _written(version, by)
    record_deed("changed the proof of a question", version, by=by)
    return True


def _anchor(version: QuestionVersion, proof: Iterable[Found]) -> None:
    Anchor.objects.bulk_create(
        anchor_at(each.revision, each.span, question=version.uuid, ordinal=ordinal)
        for ordinal, each in enumerate(proof)
    )


def _written(version: QuestionVersion, by: User) -> None:
    version.written_by = by
    version.save(update_fields=["written_by"])
