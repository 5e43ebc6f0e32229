"""Learners with notes of their own, for tests of pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from course.domain.notes import write_note
from course.models import Enrollment, Note
from course.reading.outline import Span
from tests.factories import NOW


def note_on(part: Enrollment, words: str, text: str = "", *, number: int = 1, **fields: Any) -> Note:
    """A note of this learner on the first such words of the course's first lesson, under a key made of `number`."""
    lesson = part.course.lessons.select_related("revision").order_by("position").first()
    assert lesson is not None
    start = lesson.revision.text.index(words)
    span = Span(start, start + len(words))
    return write_note(lesson, enrollment=part, key=UUID(int=number), span=span, text=text, at=NOW, **fields)
