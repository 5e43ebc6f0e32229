"""A learner's notes as plain text, to print or to take along. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from course.domain.notes import PlacedNote
from language import marked

LOST = marked("(These words are gone from the text.)")


def notes_as_text(course: str, notes: Iterable[PlacedNote]) -> str:
    """The notes by part, each with the words it is on in quotation marks; lines end as the notes' own do."""
    return "\n".join(_lines(course, notes)) + "\n"


def _lines(course: str, notes: Iterable[PlacedNote]) -> Iterator[str]:
    yield from (course, "=" * len(course))
    for title, group in groupby(notes, key=lambda note: note.lesson_title):
        yield from ("", title, "-" * len(title))
        for note in group:
            yield from ("", f"“{note.quote}”")
            yield from ([LOST] if note.is_lost else [])
            yield from ([note.text] if note.text else [])
