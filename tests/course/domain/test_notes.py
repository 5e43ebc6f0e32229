"""Notes and highlights of a learner: private, bounded, written once, put back, and carried with their words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from course.domain.notes import (
    KEPT_DELETED,
    PlacedNote,
    delete_note,
    forget_deleted_notes,
    joined,
    notes_in,
    notes_of,
    own_note,
    part_with_notes,
    put_note_back,
    rewrite_note,
    write_note,
)
from course.domain.text_changes import undo_text_change
from course.errors import NoteKeyTaken, NoteTooLong, TextEdited, TooManyNotes
from course.models import Anchor, Enrollment, Lesson, Note
from course.models.reading import LONGEST_NOTE, MOST_NOTES
from course.reading.outline import Span
from jobs.domain import sweep
from tests.course.domain.revised_courses import ESSAY, LINES, TAX, make_essay, revise
from tests.factories import NOW, make_course, make_enrollment, make_revision

pytestmark = [pytest.mark.django_db, pytest.mark.database]

KEY, OTHER = UUID(int=7), UUID(int=8)
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def part() -> Enrollment:
    return make_enrollment(make_course())


def lesson_of(part: Enrollment) -> Lesson:
    return part.course.lessons.select_related("revision").get()


def write(part: Enrollment, words: str = "two towns", text: str = "", *, key: UUID = KEY, **fields: Any) -> Note:
    lesson = fields.pop("lesson", None) or lesson_of(part)
    start = lesson.revision.text.index(words)
    span = Span(start, start + len(words))
    return write_note(lesson, enrollment=part, key=key, span=span, text=text, **{"at": NOW, **fields})


def shown(part: Enrollment, lesson: Lesson | None = None, **fields: Any) -> list[tuple[str, str, str]]:
    notes = notes_in(lesson or lesson_of(part), part, **fields)
    return [(note.quote, note.text, note.status) for note in notes]


class TestWriting:
    def test_a_note_stands_on_its_words_with_what_is_around_them(self, part: Enrollment) -> None:
        note = write(part, text="Which ones?")
        anchor = Anchor.objects.get(note=note)
        assert (note.uuid, note.kind, note.text, note.number) == (KEY, "note", "Which ones?", 1)
        assert (anchor.quote, anchor.prefix, anchor.suffix[:5]) == ("two towns", "A lake feeds ", ". The")
        assert shown(part) == [("two towns", "Which ones?", "exact")]

    def test_without_a_text_of_its_own_it_is_a_highlight(self, part: Enrollment) -> None:
        assert (write(part, text=" \r\n ").kind, Note.objects.get().text) == ("highlight", "")

    def test_the_same_key_is_the_same_note_whatever_comes_with_it(self, part: Enrollment) -> None:
        first = write(part, text="One")
        again = write(part, "The upper town", "Two")
        assert (again.pk, Note.objects.count(), shown(part)) == (first.pk, 1, [("two towns", "One", "exact")])

    def test_a_note_that_was_deleted_meanwhile_does_not_come_back_by_its_key(self, part: Enrollment) -> None:
        delete_note(write(part), at=NOW)
        write(part)
        assert shown(part) == []

    def test_the_key_of_somebody_elses_note_is_refused(self, part: Enrollment) -> None:
        write(part, text="Mine")
        with pytest.raises(NoteKeyTaken):
            write(make_enrollment(part.course), text="Theirs")
        assert list(Note.objects.values_list("text", flat=True)) == ["Mine"]

    def test_lines_end_as_they_do_in_a_text_and_nothing_hangs_over(self, part: Enrollment) -> None:
        assert write(part, text="  One\r\n\r\ntwo \r\n").text == "One\n\ntwo"

    @pytest.mark.parametrize("text", ["x" * LONGEST_NOTE, "x\r\n" * (LONGEST_NOTE // 2)], ids=["letters", "lines"])
    def test_the_longest_note_is_kept(self, part: Enrollment, text: str) -> None:
        assert len(write(part, text=text).text) >= LONGEST_NOTE - 1

    def test_a_longer_one_is_refused(self, part: Enrollment) -> None:
        with pytest.raises(NoteTooLong):
            write(part, text="x" * (LONGEST_NOTE + 1))
        assert not Note.objects.exists()

    def test_a_text_that_is_shown_no_more_takes_no_note(self, part: Enrollment) -> None:
        before = lesson_of(part)
        Lesson.objects.update(revision=make_revision("Another lake."))
        with pytest.raises(TextEdited):
            write(part, lesson=before)


class TestBounds:
    def fill(self, part: Enrollment, **fields: Any) -> None:
        Note.objects.bulk_create(
            Note(
                enrollment=part,
                lesson=lesson_of(part),
                number=number,
                text="x",
                created_at=NOW,
                updated_at=NOW,
                **fields,
            )
            for number in range(1, MOST_NOTES + 1)
        )

    def test_a_course_keeps_so_many_notes_of_one_learner(self, part: Enrollment) -> None:
        self.fill(part)
        with pytest.raises(TooManyNotes):
            write(part)
        assert write(make_enrollment(part.course)).number == 1

    def test_deleted_ones_make_room(self, part: Enrollment) -> None:
        self.fill(part)
        delete_note(Note.objects.get(number=40), at=NOW)
        assert (write(part).number, Note.objects.count()) == (40, MOST_NOTES)

    def test_the_database_itself_has_no_number_left(self, part: Enrollment) -> None:
        note = write(part)
        for number in (0, MOST_NOTES + 1):
            with pytest.raises(IntegrityError), transaction.atomic():
                Note.objects.filter(pk=note.pk).update(number=number)


class TestTwoPlaces:
    """Two pages that show the same words, on one device or on two, and save one after the other."""

    @pytest.mark.parametrize(
        ("first", "second", "text", "is_joined"),
        [
            ("Mine", "Mine", "Mine", False),
            ("Here", "There", "Here\n\nThere", True),
            ("One and more", "One", "One and more", False),
            ("One", "One and more", "One and more", False),
            ("", "There", "There", False),
            ("Here", "", "Here", False),
        ],
        ids=["the same", "others", "first goes on", "second goes on", "first emptied", "second emptied"],
    )
    def test_what_both_wrote_is_kept(
        self, part: Enrollment, first: str, second: str, text: str, is_joined: bool
    ) -> None:
        note = write(part, text="One")
        rewrite_note(note, text=first, seen=1, at=NOW)
        rewrite_note(note, text=second, seen=1, at=LATER)
        kept = Note.objects.get()
        assert (kept.text, kept.is_joined) == (text, is_joined)
        [placed] = notes_in(lesson_of(part), part)
        assert (placed.sequence, placed.is_joined) == (kept.sequence, is_joined)

    def test_who_has_seen_the_newest_words_replaces_them(self, part: Enrollment) -> None:
        note = write(part, text="One")
        rewrite_note(note, text="Two", seen=1, at=NOW)
        rewrite_note(note, text="Three", seen=2, at=LATER)
        kept = Note.objects.get()
        assert (kept.text, kept.sequence, kept.is_joined) == ("Three", 3, False)

    def test_sent_twice_nothing_is_kept_twice(self, part: Enrollment) -> None:
        note = write(part, text="One")
        rewrite_note(note, text="Here", seen=1, at=NOW)
        for _ in range(3):
            rewrite_note(note, text="There", seen=1, at=LATER)
        kept = Note.objects.get()
        assert (kept.text, kept.sequence, kept.is_joined) == ("Here\n\nThere", 3, True)

    def test_kept_once_more_it_is_one_again(self, part: Enrollment) -> None:
        note = write(part, text="One")
        for text in ("Here", "There"):
            rewrite_note(note, text=text, seen=1, at=NOW)
        rewrite_note(note, text="Here\n\nThere", seen=3, at=LATER)
        assert (Note.objects.get().is_joined, Note.objects.get().sequence) == (False, 3)

    def test_what_together_is_too_long_is_refused_and_nothing_is_lost(self, part: Enrollment) -> None:
        note = write(part, text="One")
        rewrite_note(note, text="x" * (LONGEST_NOTE - 1), seen=1, at=NOW)
        with pytest.raises(NoteTooLong):
            rewrite_note(note, text="yy", seen=1, at=LATER)
        kept = Note.objects.get()
        assert (kept.text, kept.sequence, kept.is_joined) == ("x" * (LONGEST_NOTE - 1), 2, False)

    def test_a_note_that_was_deleted_elsewhere_comes_back_with_what_is_written_now(self, part: Enrollment) -> None:
        note = write(part, text="One")
        rewrite_note(note, text="Two", seen=1, at=NOW)
        delete_note(note, at=NOW)
        rewrite_note(note, text="Three", seen=1, at=LATER)
        assert shown(part) == [("two towns", "Three", "exact")]

    @given(first=st.text("ab \n", max_size=6), second=st.text("ab \n", max_size=6))
    def test_joining_holds_both_and_is_the_same_when_done_again(self, first: str, second: str) -> None:
        both = joined(first, second)
        assert first in both
        assert second in both
        assert joined(both, second) == joined(both, first) == both


class TestChanging:
    def test_a_note_says_something_else(self, part: Enrollment) -> None:
        note = write(part, text="One")
        rewrite_note(note, text="Two", at=LATER)
        kept = Note.objects.get()
        assert (kept.text, kept.created_at, kept.updated_at) == ("Two", NOW, LATER)

    @pytest.mark.parametrize(("text", "kind"), [("", "highlight"), ("Now I know.", "note")])
    def test_what_it_says_makes_it_a_note_or_a_highlight(self, part: Enrollment, text: str, kind: str) -> None:
        rewrite_note(write(part, text="One"), text=text, at=LATER)
        assert Note.objects.get().kind == kind

    def test_a_longer_text_is_refused_and_the_old_one_stays(self, part: Enrollment) -> None:
        with pytest.raises(NoteTooLong):
            rewrite_note(write(part, text="One"), text="x" * (LONGEST_NOTE + 1), at=LATER)
        assert Note.objects.get().text == "One"

    def test_every_change_of_its_words_counts_and_keeping_the_same_does_not(self, part: Enrollment) -> None:
        note = write(part, text="One")
        sequences = []
        for text in ("One", "Two", " Two\r\n", "Three", ""):
            rewrite_note(note, text=text, at=LATER)
            sequences.append(Note.objects.get().sequence)
        assert sequences == [1, 2, 2, 3, 4]

    def test_deleted_it_is_shown_nowhere_until_it_is_put_back(self, part: Enrollment) -> None:
        note = write(part, text="One")
        delete_note(note, at=NOW)
        delete_note(note, at=LATER)
        assert (shown(part), notes_of(part), Note.objects.get().deleted_at) == ([], (), NOW)
        assert [note.is_deleted for note in notes_in(lesson_of(part), part, deleted=KEY)] == [True]
        put_note_back(note)
        assert shown(part) == [("two towns", "One", "exact")]

    def test_whoever_still_writes_on_a_note_that_was_deleted_elsewhere_loses_nothing(self, part: Enrollment) -> None:
        note = write(part, text="One")
        delete_note(note, at=NOW)
        rewrite_note(note, text="One, and more", at=LATER)
        assert shown(part) == [("two towns", "One, and more", "exact")]

    def test_the_sweeper_forgets_what_was_deleted_a_day_ago(self, part: Enrollment) -> None:
        old, new, kept = (write(part, key=UUID(int=number)) for number in range(1, 4))
        delete_note(old, at=NOW - KEPT_DELETED)
        delete_note(new, at=NOW - KEPT_DELETED + timedelta(seconds=1))
        forget_deleted_notes(NOW)
        assert set(Note.objects.all()) == {new, kept}
        assert set(Anchor.objects.filter(note__isnull=False).values_list("note", flat=True)) == {new.pk, kept.pk}

    def test_forgetting_is_part_of_every_sweep(self, part: Enrollment) -> None:
        delete_note(write(part), at=NOW - timedelta(days=400))
        assert sweep().errors == []
        assert not Note.objects.exists()


class TestPrivacy:
    def test_a_note_is_found_by_its_own_learner_alone(self, part: Enrollment) -> None:
        note = write(part)
        assert own_note(part.user, KEY) == note
        with pytest.raises(Note.DoesNotExist):
            own_note(make_enrollment(part.course).user, KEY)

    def test_a_lesson_shows_nobody_elses(self, part: Enrollment) -> None:
        other = make_enrollment(part.course)
        write(part, text="Mine")
        write(other, text="Theirs", key=OTHER)
        assert shown(part) == [("two towns", "Mine", "exact")]
        assert [note.text for note in notes_of(other)] == ["Theirs"]
        assert notes_in(lesson_of(part), part, deleted=OTHER) == notes_in(lesson_of(part), part)

    def test_a_part_says_whether_there_are_any_in_the_same_query(self, part: Enrollment) -> None:
        found = [part_with_notes(part.user, course=part.course_id).has_notes]
        note = write(part)
        with CaptureQueriesContext(connection) as asked:
            found.append(part_with_notes(part.user, course=part.course_id).has_notes)
        delete_note(note)
        found.append(part_with_notes(part.user, course=part.course_id).has_notes)
        assert (found, len(asked)) == ([False, True, False], 1)
        assert part_with_notes(make_enrollment(make_course()).user, course=part.course_id) is None


class TestChangedTexts:
    """The essay's second lesson says how the tax is called; a learner has marked that."""

    @pytest.fixture
    def essay(self) -> Enrollment:
        part = make_enrollment(make_essay())
        write(part, TAX, "Sleeping?", lesson=self.second(part))
        return part

    def second(self, part: Enrollment) -> Lesson:
        return part.course.lessons.select_related("revision").get(slug="part-2")

    def test_words_that_stay_keep_their_note(self, essay: Enrollment) -> None:
        revise(essay.course, f"A word before.\n\n{ESSAY}")
        assert shown(essay, self.second(essay)) == [(TAX, "Sleeping?", "exact")]

    def test_words_that_were_changed_keep_it_and_say_so_until_it_is_kept_once_more(self, essay: Enrollment) -> None:
        changed = TAX.replace("Fishermen named", "The fishermen named")
        revise(essay.course, ESSAY.replace(TAX, changed))
        [note] = notes_in(self.second(essay), essay)
        assert (note.has_moved, note.is_lost, "named that the sleeping tax" in note.quote) == (True, False, True)
        rewrite_note(own_note(essay.user, KEY), text=note.text)
        assert [note.has_moved for note in notes_in(self.second(essay), essay)] == [False]

    def test_words_that_are_gone_leave_it_in_a_list_and_it_stands_again_when_they_come_back(
        self, essay: Enrollment
    ) -> None:
        change = revise(essay.course, ESSAY.replace(f" {TAX}", ""))
        [note] = notes_in(self.second(essay), essay)
        assert (note.is_lost, note.quote, note.text) == (True, TAX, "Sleeping?")
        assert [note.is_lost for note in notes_of(essay)] == [True]
        undo_text_change(change, actor=None, at=NOW)
        assert shown(essay, self.second(essay)) == [(TAX, "Sleeping?", "exact")]

    def test_words_that_went_to_another_lesson_take_their_note_along(self, essay: Enrollment) -> None:
        heading, paragraph, other, mine, tax = LINES
        revise(essay.course, f"{heading}\n\n{paragraph}\n\n{tax}\n\n{other}\n\n{mine}")
        first = essay.course.lessons.select_related("revision").get(slug="part-1")
        assert Note.objects.get().lesson == first
        assert [(note.quote, note.lesson_slug) for note in notes_of(essay)] == [(TAX, "part-1")]

    def test_a_list_has_each_note_once_in_the_text_of_today(self, essay: Enrollment) -> None:
        revise(essay.course, f"A word before.\n\n{ESSAY}")
        write(essay, "silver leash", key=OTHER, lesson=self.lesson_now(essay, "part-1"))
        with CaptureQueriesContext(connection) as asked:
            notes: tuple[PlacedNote, ...] = notes_of(essay)
        assert [(note.quote, note.lesson_slug, note.status) for note in notes] == [
            ("silver leash", "part-1", "exact"),
            (TAX, "part-2", "exact"),
        ]
        assert len(asked) == 1

    def lesson_now(self, part: Enrollment, slug: str) -> Lesson:
        return part.course.lessons.select_related("revision").get(slug=slug)
