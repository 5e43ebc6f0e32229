"""Further questions on a concept, drafted once its author has said what it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast

from django.db import transaction

from accounts.models import User
from authoring.domain.kinds import DRAFT_FURTHER
from authoring.domain.lesson_seats import seat_in_lessons
from course.domain.concept_changes import Found, define_concept, locked_concepts
from course.domain.concepts import holder_of
from course.models import Concept, Lesson, Passage, Revision
from course.reading.outline import Mark, Outline, PassageKind, Source, Span
from jobs.domain import ClaimedJob, enqueue
from jobs.models import Job
from quizzes.domain.questions import NewQuestion, add_questions
from quizzes.drafting import DRAFTER_VERSION, draft
from quizzes.drafting.draft import DraftedQuestion
from quizzes.models import Origin, QuestionVersion

SAID_BY_FORMAT = (PassageKind.HEADING, PassageKind.LIST_ITEM, PassageKind.QUOTE, PassageKind.TABLE, PassageKind.FIGURE)
"""Kinds of passages that reading the same text again takes as given."""


@dataclass(frozen=True, slots=True)
class Further:
    """New drafts on a concept of a revision, without those that it has already."""

    concept: Concept
    revision: Revision
    questions: tuple[DraftedQuestion, ...]


@transaction.atomic
def define_and_draft(
    concept: Concept, *, definition: str, proof: Found | None = None, by: User | None = None, hint: bool = True
) -> Job | None:
    """The concept is explained in these words, which rest on `proof`, and a job drafts questions that ask for them.

    The same words again, or none, change no question: then there is no job. Raises ConceptIsMerged.
    """
    said_before = concept.definition
    deed = define_concept(concept, definition=definition, proof=proof, by=by)
    if deed is None or definition in ("", said_before):
        return None
    # A job under way may have read the words before these: each definition has a job of its own.
    return enqueue(DRAFT_FURTHER, subject=concept.uuid, key=str(deed), hint=hint)


def draft_further(claimed: ClaimedJob) -> Further | None:
    """Drafts on the job's concept by its definition as it stands now. Writes nothing; None without a text to read."""
    concept = Concept.objects.select_related("course").get(uuid=str(claimed.subject))
    lesson = Lesson.objects.filter(course=concept.course).select_related("revision").order_by("position").first()
    if lesson is None or not concept.definition:
        return None
    drafts = draft(_outline(lesson), definitions={concept.term: concept.definition})
    own = [drafted for drafted in drafts.questions if drafted.concept == concept.term]
    return Further(concept, lesson.revision, tuple(_unknown(own, concept)))


def _outline(lesson: Lesson) -> Outline:
    """The lesson's whole article, read again: what the format said of it stands in its passages."""
    passages = Passage.objects.filter(revision=lesson.revision, cleaner=lesson.cleaner, kind__in=SAID_BY_FORMAT)
    marks = tuple(Mark(Span(each.start, each.end), PassageKind(each.kind), each.level) for each in passages)
    source = Source(lesson.revision.text, marks=marks)
    # Only the worker pays for what the reader brings along.
    return cast(Outline, import_module("course.reading.reader").outline(source, title=""))


def _unknown(drafted: Iterable[DraftedQuestion], concept: Concept) -> list[DraftedQuestion]:
    """Those that the concept was never asked by: a rejected question does not come back with another's words."""
    versions = QuestionVersion.objects.filter(question__concept=concept)
    asked = {(version.kind, _asked(version.content)) for version in versions}
    return [each for each in drafted if (each.kind, _asked(each.content)) not in asked]


def _asked(content: Mapping[str, Any]) -> tuple[str, str]:
    """The stem, and the text around gaps: all clozes have one stem."""
    return str(content.get("stem", "")), str(content.get("text", ""))


def record_further(_claimed: ClaimedJob, further: Further | None) -> dict[str, int]:
    """The new drafts wait for review, each in the quiz of the lesson that proves it; a constant number of writes.

    They ask about what the concept was merged into meanwhile. What another job has drafted since is left out.
    """
    if further is None or not further.questions:
        return {"questions": 0}
    course, revision = further.concept.course, further.revision
    among = locked_concepts(course)
    concept = holder_of(among[further.concept.pk], among=among)
    drafted = _unknown(further.questions, concept)
    versions = add_questions(course, questions=[_new(each, concept) for each in drafted], revision=revision)
    spans = [each.evidence for each in drafted]
    seat_in_lessons(course, revision=revision, placed=zip(versions, spans, strict=True))
    Concept.objects.filter(pk=concept.pk).update(undrafted="")
    return {"questions": len(versions)}


def _new(drafted: DraftedQuestion, concept: Concept) -> NewQuestion:
    return NewQuestion(
        kind=drafted.kind,
        content=drafted.content,
        concept=concept,
        evidence=[drafted.evidence],
        origin=Origin.DRAFTED,
        drafter=f"{drafted.drafter}@{DRAFTER_VERSION}",
    )


def give_up_drafting(job: Job, _error: str) -> None:
    """The concept says that nothing more was drafted; its definition and its questions stay."""
    message = "Drafting with this definition failed. The definition is kept; change it to try again."
    Concept.objects.filter(uuid=str(job.subject)).update(undrafted=message)
