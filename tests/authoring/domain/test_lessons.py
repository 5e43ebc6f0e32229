"""Lessons are split, joined, renamed and moved, and what hangs on them goes where it belongs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from authoring.domain.lessons import merge_lessons, move_break, move_lesson, rename_lesson, split_lesson
from authoring.domain.passages import decide_passage
from authoring.domain.text_edits import edition, undo_last_edit
from course.domain.progress import mark_read
from course.errors import CannotRearrange, TextEdited
from course.models import Anchor, Course, Enrollment, LessonReading, Note, OldLessonSlug
from course.reading.outline import PassageKind, Span
from quizzes.domain.questions import NewQuestion, add_questions
from quizzes.models import Quiz, QuizItem
from tests.authoring.domain.cuts import editor_of, lesson_of, make_cut_course, read_in
from tests.factories import NOW, make_enrollment, single_choice

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def split(course: Course, number: int) -> None:
    split_lesson(course, number=number, editor=editor_of(course))


def join(course: Course, position: int) -> None:
    merge_lessons(course, lesson=lesson_of(course, position).uuid, editor=editor_of(course))


def rename(course: Course, position: int, title: str) -> None:
    rename_lesson(course, lesson=lesson_of(course, position).uuid, title=title, editor=editor_of(course))


def undo(course: Course) -> None:
    undo_last_edit(course, editor=editor_of(course))


def readers(course: Course) -> list[set[int]]:
    """For each lesson in order, the enrollments that have read it."""
    return [set(lesson.readings.values_list("enrollment", flat=True)) for lesson in course.lessons.order_by("position")]


def who_read(course: Course, *positions: int) -> Enrollment:
    enrollment = make_enrollment(course)
    for position in positions:
        mark_read(lesson_of(course, position), enrollment=enrollment, at=NOW + timedelta(minutes=position))
    return enrollment


def ask(course: Course, position: int, *lines: int) -> Quiz:
    """A quiz at the lesson, of questions that these lines prove."""
    lesson = lesson_of(course, position)
    spans = list(lesson.revision.passages.order_by("position").values_list("start", "end"))
    news = [NewQuestion("single_choice", single_choice(), None, [Span(*spans[line - 1])]) for line in lines]
    versions = add_questions(course, questions=news, revision=lesson.revision, at=NOW)
    quiz = Quiz.objects.create(course=course, lesson=lesson, slug=f"quiz-{position}-{lines[-1]}", title="A quiz")
    QuizItem.objects.bulk_create(
        QuizItem(quiz=quiz, question=version.question, position=n) for n, version in enumerate(versions, 1)
    )
    return quiz


def stands_at(quiz: Quiz) -> str:
    quiz.refresh_from_db()
    return quiz.lesson.title if quiz.lesson else ""


def test_a_split_lesson_is_two_that_hold_the_same_lines() -> None:
    course = make_cut_course()
    split(course, 2)
    assert read_in(course) == [("Part 1", [1], 9), ("Part 1, continued", [2, 3], 18), ("Part 2", [4, 5, 6], 27)]
    assert list(course.lessons.values_list("slug", flat=True)) == ["part-1", "part-1-continued", "part-2"]


def test_a_heading_is_the_title_of_the_lesson_it_begins() -> None:
    course = make_cut_course()
    decide_passage(course, number=2, kind=PassageKind.HEADING, editor=editor_of(course))
    split(course, 2)
    # The title is not repeated as a line of the lesson.
    assert read_in(course)[1] == ("Line 2 tells of the lake and its wall.", [3], 9)


@pytest.mark.parametrize("number", [1, 4])
def test_a_lesson_is_not_split_where_one_begins(number: int) -> None:
    course = make_cut_course()
    with pytest.raises(CannotRearrange, match="begins here already"):
        split(course, number)


def test_no_lesson_is_left_without_something_to_read() -> None:
    course = make_cut_course()
    decide_passage(course, number=3, kind=PassageKind.BOILERPLATE, editor=editor_of(course))
    with pytest.raises(CannotRearrange, match="needs something to read"):
        split(course, 3)
    assert course.lessons.count() == 2


def test_joined_lessons_are_one_and_every_address_leads_there(client: Client) -> None:
    course = make_cut_course(cuts=(0, 2, 4), published=True)
    OldLessonSlug.objects.create(course=course, lesson=lesson_of(course, 2), slug="long-ago")

    join(course, 1)

    assert read_in(course) == [("Part 1", [1, 2, 3, 4], 36), ("Part 3", [5, 6], 18)]
    for slug in ("part-2", "long-ago"):
        answer = client.get(f"/courses/{course.slug}/lessons/{slug}/")
        assert (answer.status_code, answer["Location"]) == (301, f"/courses/{course.slug}/lessons/part-1/")


def test_taking_a_join_back_gives_the_lesson_its_addresses_again() -> None:
    course = make_cut_course()
    OldLessonSlug.objects.create(course=course, lesson=lesson_of(course, 2), slug="long-ago")
    uuid = lesson_of(course, 2).uuid
    join(course, 1)
    undo(course)
    assert lesson_of(course, 2).uuid == uuid
    assert lesson_of(course, 2).slug == "part-2"
    assert list(OldLessonSlug.objects.values_list("slug", "lesson__uuid")) == [("long-ago", uuid)]


def test_who_has_read_a_lesson_has_read_both_halves() -> None:
    course = make_cut_course()
    reader, other = who_read(course, 1, 2), who_read(course, 2)
    split(course, 2)
    assert readers(course) == [{reader.pk}, {reader.pk}, {reader.pk, other.pk}]


def test_a_joined_lesson_is_read_by_who_has_read_both_and_undo_forgets_nobody() -> None:
    course = make_cut_course()
    first, second, both = who_read(course, 1), who_read(course, 2), who_read(course, 1, 2)

    join(course, 1)
    assert readers(course) == [{both.pk}]
    late = who_read(course, 1)

    undo(course)
    assert readers(course) == [{first.pk, both.pk, late.pk}, {second.pk, both.pk, late.pk}]
    kept = LessonReading.objects.get(enrollment=first, lesson=lesson_of(course, 1))
    assert kept.read_at == NOW + timedelta(minutes=1)


def test_who_read_only_one_half_has_not_read_the_whole_when_the_split_is_taken_back() -> None:
    course = make_cut_course()
    before = who_read(course, 1)
    split(course, 2)
    who_read(course, 1)
    both = who_read(course, 1, 2)
    undo(course)
    assert readers(course) == [{before.pk, both.pk}, set()]


def test_a_moved_break_leaves_progress_as_it_is() -> None:
    course = make_cut_course()
    first, second = who_read(course, 1), who_read(course, 2)
    move_break(course, lesson=lesson_of(course, 2).uuid, by=1, editor=editor_of(course))
    assert readers(course) == [{first.pk}, {second.pk}]
    assert read_in(course) == [("Part 1", [1, 2, 3, 4], 36), ("Part 2", [5, 6], 18)]


@pytest.mark.parametrize(
    ("by", "lines"),
    [
        (1, [[1, 2, 3, 4], [5, 6]]),
        (2, [[1, 2, 3, 4, 5], [6]]),
        (-1, [[1, 2], [3, 4, 5, 6]]),
        (-2, [[1], [2, 3, 4, 5, 6]]),
    ],
)
def test_a_break_moves_by_lines_that_are_read(by: int, lines: list[list[int]]) -> None:
    course = make_cut_course()
    move_break(course, lesson=lesson_of(course, 2).uuid, by=by, editor=editor_of(course))
    assert [each[1] for each in read_in(course)] == lines


@pytest.mark.parametrize(("position", "by"), [(1, 1), (2, 3), (2, -3), (2, 99)])
def test_a_break_stays_where_a_lesson_would_be_empty(position: int, by: int) -> None:
    course = make_cut_course()
    with pytest.raises(CannotRearrange):
        move_break(course, lesson=lesson_of(course, position).uuid, by=by, editor=editor_of(course))
    assert [each[1] for each in read_in(course)] == [[1, 2, 3], [4, 5, 6]]


def test_a_quiz_goes_where_the_last_of_its_proof_is() -> None:
    course = make_cut_course()
    early, late = ask(course, 1, 1), ask(course, 1, 1, 3)
    split(course, 2)
    assert (stands_at(early), stands_at(late)) == ("Part 1", "Part 1, continued")
    undo(course)
    assert (stands_at(early), stands_at(late)) == ("Part 1", "Part 1")


def test_a_quiz_of_a_joined_lesson_goes_with_its_text_and_comes_back() -> None:
    course = make_cut_course()
    quiz = ask(course, 2, 5)
    anchors = list(Anchor.objects.values_list("start", "end", "quote"))
    join(course, 1)
    assert stands_at(quiz) == "Part 1"
    undo(course)
    assert stands_at(quiz) == "Part 2"
    assert list(Anchor.objects.values_list("start", "end", "quote")) == anchors


def test_notes_stay_with_their_words() -> None:
    course = make_cut_course()
    lesson = lesson_of(course, 1)
    places = lesson.revision.passages.order_by("position")[:3]
    notes = []
    for passage in places:
        part = make_enrollment(course)
        note = Note.objects.create(
            enrollment=part, lesson=lesson, number=1, kind="highlight", created_at=NOW, updated_at=NOW
        )
        Anchor.objects.create(note=note, revision=lesson.revision, start=passage.start, end=passage.end, quote="Line")
        notes.append(note)

    split(course, 3)
    assert [Note.objects.get(pk=note.pk).lesson.title for note in notes] == ["Part 1", "Part 1", "Part 1, continued"]
    undo(course)
    assert {Note.objects.get(pk=note.pk).lesson for note in notes} == {lesson}


def test_a_renamed_lesson_has_a_new_address_and_the_old_one_leads_there(client: Client) -> None:
    course = make_cut_course(published=True)
    rename(course, 1, "  The   lake ")
    assert lesson_of(course, 1).title == "The lake"
    answer = client.get(f"/courses/{course.slug}/lessons/part-1/")
    assert (answer.status_code, answer["Location"]) == (301, f"/courses/{course.slug}/lessons/the-lake/")


def test_a_lesson_may_have_its_own_old_address_again_and_no_other_may() -> None:
    course = make_cut_course()
    rename(course, 1, "The lake")
    rename(course, 2, "Part 1")
    assert lesson_of(course, 2).slug == "part-1-2"
    rename(course, 1, "Part 1")
    assert lesson_of(course, 1).slug == "part-1"
    assert sorted(OldLessonSlug.objects.values_list("slug", "lesson__position")) == [("part-2", 2), ("the-lake", 1)]


@pytest.mark.parametrize("title", ["", "  \n "])
def test_a_lesson_needs_a_title(title: str) -> None:
    course = make_cut_course()
    with pytest.raises(CannotRearrange, match="needs a title"):
        rename(course, 1, title)


def test_moved_lessons_keep_their_text_and_their_readers() -> None:
    course = make_cut_course(cuts=(0, 2, 4))
    reader = who_read(course, 3)
    move_lesson(course, lesson=lesson_of(course, 3).uuid, to=1, editor=editor_of(course))
    assert read_in(course) == [("Part 3", [5, 6], 18), ("Part 1", [1, 2], 18), ("Part 2", [3, 4], 18)]
    assert readers(course) == [{reader.pk}, set(), set()]
    with pytest.raises(CannotRearrange, match="follow each other"):
        join(course, 1)


def test_what_changes_nothing_is_no_edit() -> None:
    course = make_cut_course()
    lesson = lesson_of(course, 1)
    assert rename_lesson(course, lesson=lesson.uuid, title=lesson.title, editor=editor_of(course)) is None
    assert move_lesson(course, lesson=lesson.uuid, to=1, editor=editor_of(course)) is None
    assert edition(course) == 0


def test_two_who_cut_at_once_make_one_cut() -> None:
    course = make_cut_course()
    ada = bo = editor_of(course)
    split_lesson(course, number=2, editor=ada)
    with pytest.raises(TextEdited):
        split_lesson(course, number=3, editor=bo)
    assert course.lessons.count() == 3
