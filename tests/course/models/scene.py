"""A row of every table of courses that has rules, and others for it to refer to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Model

from course.models import (
    Anchor,
    Cohort,
    ConceptChange,
    JoinCode,
    LessonReading,
    Mention,
    Note,
    OldLessonSlug,
    PassageDecision,
    TextChange,
    TextEdit,
)
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_person, make_revision

QUESTION = UUID(int=1)


def rows() -> dict[str, Model]:
    """The rows by their names."""
    course, other = make_course(), make_course()
    lesson = course.lessons.get()
    revision = lesson.revision
    passage = revision.passages.get(position=0)
    concept, enrollment = make_concept(course), make_enrollment(course)
    mention, note = Mention.objects.create(concept=concept), note_of(enrollment, lesson, 1)
    edit = TextEdit.objects.create(course=course, number=1, kind="drop", subject="A line", made_at=NOW)
    new = make_revision("Another text of the lake.")
    rows: dict[str, Model] = {
        "course": course,
        "other course": other,
        "lesson": lesson,
        "other lesson": other.lessons.get(),
        "revision": revision,
        "other revision": new,
        "other article": new.article,
        "passage": passage,
        "other passage": revision.passages.get(position=1),
        "concept": concept,
        "other concept": make_concept(course, "lower town"),
        "enrollment": enrollment,
        "other enrollment": make_enrollment(course),
        "other person": make_person(),
        "mention": mention,
        "other mention": Mention.objects.create(concept=concept),
        "note": note,
        "other note": note_of(enrollment, lesson, 2),
        "edit": edit,
        "undo": TextEdit.objects.create(
            course=course, number=2, kind="undo", subject="A line", undoes=edit, made_at=NOW
        ),
        "other edit": TextEdit.objects.create(course=course, number=3, kind="keep", subject="A line", made_at=NOW),
        "cohort": Cohort.objects.create(course=course, name="Autumn"),
        "code": JoinCode.objects.create(course=course, code="AAAAABBBBB", uses=2, most_uses=3, created_at=NOW),
        "reading": LessonReading.objects.create(enrollment=enrollment, lesson=lesson, read_at=NOW),
        "old slug": OldLessonSlug.objects.create(lesson=lesson, course=course, slug="the-lake"),
        "decision": PassageDecision.objects.create(course=course, passage=passage, kind="heading", decided_at=NOW),
        "concept change": ConceptChange.objects.create(concept=concept, kind="decided", made_at=NOW),
        "text change": TextChange.objects.create(course=course, old=revision, new=new, created_at=NOW),
        "decided change": TextChange.objects.create(
            course=course, old=revision, new=new, state="applied", created_at=NOW, applied_at=NOW
        ),
    }
    for source, holder in {"mention": mention, "note": note, "definition": concept, "question": QUESTION}.items():
        rows[f"anchor of a {source}"] = Anchor.objects.create(
            **{source: holder}, revision=revision, start=0, end=6, quote="A lake"
        )
    return rows


def note_of(enrollment: Any, lesson: Any, number: int) -> Note:
    return Note.objects.create(
        enrollment=enrollment, lesson=lesson, number=number, text="So it is.", created_at=NOW, updated_at=NOW
    )
