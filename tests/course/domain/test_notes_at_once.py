"""Notes that are written, changed and carried at the same instant, each on a connection of its own."""

from __future__ import annotations

from uuid import UUID

import pytest

from authoring.domain.build import CLEANER
from course.domain.notes import delete_note, notes_in, put_note_back, rewrite_note, write_note
from course.domain.text_changes import apply_text_change
from course.errors import NoteKeyTaken, TextEdited, TooManyNotes
from course.models import Anchor, Enrollment, Lesson, Note
from course.models.reading import MOST_NOTES
from course.reading.outline import Span
from tests.course.domain.revised_courses import ESSAY, TAX, make_essay, propose
from tests.factories import NOW, make_course, make_enrollment
from tests.quizzes.domain.test_concurrency import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
KEY = UUID(int=7)
ROUNDS = 3


def lesson_of(part: Enrollment, slug: str = "the-wall") -> Lesson:
    return part.course.lessons.select_related("revision").get(slug=slug)


def write(part: Enrollment, key: UUID = KEY) -> int:
    return write_note(lesson_of(part), enrollment=part, key=key, span=Span(0, 6), text="So it is.", at=NOW).pk


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_note_that_two_tabs_send_at_once_is_written_once(_round: int) -> None:
    part = make_enrollment(make_course())

    assert len(set(at_once(lambda _: write(part), threads=4))) == 1
    assert (Note.objects.count(), Anchor.objects.filter(note__isnull=False).count()) == (1, 1)


def test_different_notes_at_once_have_different_numbers() -> None:
    part = make_enrollment(make_course())

    at_once(lambda number: write(part, UUID(int=number)), threads=4)

    assert sorted(Note.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_of_two_people_with_the_same_key_one_has_it() -> None:
    course = make_course()
    parts = [make_enrollment(course), make_enrollment(course)]

    def take(number: int) -> str:
        try:
            write(parts[number])
        except NoteKeyTaken:
            return "refused"
        return "written"

    assert sorted(at_once(take, threads=2)) == ["refused", "written"]


def test_the_last_number_is_given_once() -> None:
    part = make_enrollment(make_course())
    fields = {"enrollment": part, "lesson": lesson_of(part), "text": "x", "created_at": NOW, "updated_at": NOW}
    Note.objects.bulk_create(Note(number=number, **fields) for number in range(1, MOST_NOTES))

    def take(number: int) -> str:
        try:
            write(part, UUID(int=number))
        except TooManyNotes:
            return "refused"
        return "written"

    assert sorted(at_once(take, threads=2)) == ["refused", "written"]
    assert Note.objects.count() == MOST_NOTES


def test_changed_deleted_and_put_back_at_once_a_note_is_whole() -> None:
    part = make_enrollment(make_course())
    write(part)
    note = Note.objects.get()
    deeds = [
        lambda: rewrite_note(Note.objects.get(pk=note.pk), text="Not so.", at=NOW),
        lambda: delete_note(note, at=NOW),
        lambda: put_note_back(note),
    ]

    at_once(lambda number: deeds[number](), threads=3)

    kept = Note.objects.get()
    assert (kept.text, kept.kind, kept.deleted_at in (None, NOW)) == ("Not so.", "note", True)


def test_what_several_places_write_at_once_is_all_kept() -> None:
    part = make_enrollment(make_course())
    write(part)
    note = Note.objects.get()

    at_once(lambda number: rewrite_note(note, text=f"Place {number}.", seen=1, at=NOW), threads=3)

    kept = Note.objects.get()
    assert sorted(kept.text.split("\n\n")) == ["Place 0.", "Place 1.", "Place 2."]
    assert (kept.sequence, kept.is_joined) == (4, True)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_note_written_while_the_text_changes_is_carried_or_refused_and_never_left_behind(_round: int) -> None:
    part = make_enrollment(make_essay())
    lesson = lesson_of(part, "part-2")
    change = propose(part.course, f"A word before.\n\n{ESSAY}")
    start = lesson.revision.text.index(TAX)

    def act(number: int) -> str:
        if number:
            apply_text_change(change, cleaner=CLEANER, actor=None)
            return "applied"
        try:
            write_note(lesson, enrollment=part, key=KEY, span=Span(start, start + len(TAX)), text="Why?", at=NOW)
        except TextEdited:
            return "refused"
        return "written"

    done = set(at_once(act, threads=2))

    shown = [(note.quote, note.status) for note in notes_in(lesson_of(part, "part-2"), part)]
    assert "applied" in done
    assert shown == ([(TAX, "exact")] if "written" in done else [])
