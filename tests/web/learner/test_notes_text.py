"""A learner's notes as a text file."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from course.domain.notes import PlacedNote
from course.models import AnchorStatus, NoteKind
from tests.factories import NOW
from web.learner.notes_text import notes_as_text

ONE = PlacedNote(
    UUID(int=1), NoteKind.NOTE, "Why?\nAnd when?", "a dry wall", 0, 10, AnchorStatus.EXACT, "the-wall", "The wall", NOW
)


def test_each_part_has_its_notes_below_the_words_they_are_on() -> None:
    notes = [
        ONE,
        replace(ONE, kind=NoteKind.HIGHLIGHT, text="", quote="two towns"),
        replace(ONE, lesson_title="After", status=AnchorStatus.ORPHANED, text="Gone?"),
    ]
    assert notes_as_text("The lake", notes) == (
        "The lake\n========\n"
        "\nThe wall\n--------\n"
        "\n“a dry wall”\nWhy?\nAnd when?\n"
        "\n“two towns”\n"
        "\nAfter\n-----\n"
        "\n“a dry wall”\n(These words are gone from the text.)\nGone?\n"
    )


def test_a_course_without_notes_has_its_title() -> None:
    assert notes_as_text("The lake", []) == "The lake\n========\n"
