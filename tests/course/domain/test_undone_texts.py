"""A changed text is undone whatever was done to the parts since: they stay as they are, over their old words."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authoring.domain.build import CLEANER
from authoring.domain.lessons import merge_lessons, move_lesson, rename_lesson, split_lesson
from authoring.domain.passages import decide_passage, seen_passages
from authoring.domain.text_edits import undo_last_edit
from course.domain.anchors import standing_anchors
from course.domain.text_changes import (
    LessonsWithoutText,
    TextChangeNotReady,
    apply_text_change,
    lesson_as_of,
    undo_text_change,
)
from course.errors import CannotRearrange
from course.models import Course, Lesson, LessonReading, TextChange, TextChangeState
from course.reading.outline import PassageKind, Span
from quizzes.models import QuestionVersion
from tests.authoring.domain.cuts import editor_of, lesson_of
from tests.authoring.domain.random_edits import STEPS, Step, do
from tests.course.domain.revised_courses import ESSAY, LINES, TAX, asking, lie, make_essay, propose, revise, row
from tests.course.reading.revising import Edit, edits
from tests.factories import NOW, make_enrollment

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LONGER = f"A word before.\n\n{ESSAY.replace('named that the sleeping tax', 'called this the sleeping tax')}"


def undo(change: TextChange) -> TextChange:
    return undo_text_change(change, actor=None, at=NOW)


def join(course: Course) -> None:
    merge_lessons(course, lesson=lesson_of(course, 1).uuid, editor=editor_of(course))


def split(course: Course, words: str) -> None:
    number = next(each.number for each in seen_passages(course) if each.text.startswith(words))
    split_lesson(course, number=number, editor=editor_of(course))


def texts(course: Course) -> list[str]:
    return [text for _, _, text in lie(course)]


def test_joined_parts_stay_joined_over_the_whole_old_text() -> None:
    course = make_essay()
    change = revise(course, LONGER)
    join(course)
    assert undo(change).state == TextChangeState.UNDONE
    assert lie(course) == [("part-1", LINES[0], ESSAY)]
    assert row(course, asking(TAX)) == ("exact", TAX)


def test_split_parts_stay_split_at_the_words_where_they_were_split() -> None:
    course = make_essay()
    change = revise(course, LONGER)
    split(course, "If a ship")
    undo(change)
    assert texts(course) == ["\n\n".join(LINES[:2]), "\n\n".join(LINES[2:4]), LINES[4]]
    assert list(course.lessons.values_list("words", flat=True)) == [20, 17, 18]


def test_a_title_given_since_and_the_order_of_the_parts_stay() -> None:
    course = make_essay()
    change = revise(course, LONGER)
    rename_lesson(course, lesson=lesson_of(course, 1).uuid, title="Waiting", editor=editor_of(course))
    move_lesson(course, lesson=lesson_of(course, 2).uuid, to=1, editor=editor_of(course))
    undo(change)
    assert [(title, text) for _, title, text in lie(course)] == [
        (LINES[2], "\n\n".join(LINES[2:])),
        ("Waiting", "\n\n".join(LINES[:2])),
    ]


def test_a_heading_that_the_old_text_had_is_the_title_again() -> None:
    course = make_essay()
    change = revise(course, ESSAY.replace(LINES[2], "A quay on loan"))
    split(course, "If a ship")
    undo(change)
    assert [title for _, title, _ in lie(course)] == [LINES[0], LINES[2], "A quay on loan, continued"]


def test_a_part_of_new_words_alone_is_named_with_the_step_that_helps() -> None:
    course = make_essay()
    change = revise(course, f"{ESSAY}\n\nThe sea was calm for years after that.")
    split(course, "The sea was calm")
    before = lie(course)
    with pytest.raises(LessonsWithoutText, match=r"“A borrowed quay, continued”\. Join it with the part before"):
        undo(change)
    assert lie(course) == before
    assert TextChange.objects.get().state == TextChangeState.APPLIED
    merge_lessons(course, lesson=lesson_of(course, 2).uuid, editor=editor_of(course))
    undo(change)
    assert texts(course) == ["\n\n".join(LINES[:2]), "\n\n".join(LINES[2:])]


def test_a_line_that_was_decided_about_before_the_change_reads_as_it_did() -> None:
    course = make_essay()
    decide_passage(course, number=2, kind=PassageKind.BOILERPLATE, editor=editor_of(course))
    change = revise(course, LONGER)
    split(course, "If a ship")
    undo(change)
    assert [seen.is_read for seen in seen_passages(course)] == [True, False, True, True, True]
    assert list(course.lessons.values_list("words", flat=True)) == [0, 17, 18]


@pytest.mark.parametrize("number", [2, 4, 5])
def test_a_line_left_out_since_stays_where_its_part_lay_and_counts_no_word(number: int) -> None:
    course = make_essay()
    before = lie(course)
    words = dict(course.lessons.values_list("slug", "words"))
    change = revise(course, f"{ESSAY}\n\nLake lake lake.")
    decide_passage(course, number=number, kind=PassageKind.BOILERPLATE, editor=editor_of(course))
    undo(change)
    assert lie(course) == before
    slug = "part-1" if number == 2 else "part-2"
    left_out = len(LINES[number - 1].split())
    counted = dict(Lesson.objects.filter(course=course).values_list("slug", "words"))
    assert counted[slug] == max(0, words[slug] - left_out) or counted[slug] < 40
    assert [seen.is_read for seen in seen_passages(course)] == [place != number for place in range(1, 6)]


def test_a_line_of_the_old_text_that_a_part_lost_is_in_it_again_whatever_was_decided_meanwhile() -> None:
    course = make_essay()
    before = lie(course)
    change = revise(course, "\n\n".join([LINES[0], LINES[1], LINES[4]]))
    decide_passage(course, number=2, kind=PassageKind.BOILERPLATE, editor=editor_of(course))
    undo(change)
    assert [text for _, _, text in lie(course)] == [text for _, _, text in before]


def test_who_read_the_parts_has_read_them_still() -> None:
    course, reader = make_essay(), None
    change = revise(course, LONGER)
    reader = make_enrollment(course)
    for lesson in course.lessons.all():
        LessonReading.objects.create(enrollment=reader, lesson=lesson, read_at=NOW)
    split(course, "If a ship")
    undo(change)
    assert LessonReading.objects.filter(enrollment=reader).count() == 3


def test_an_attempt_that_began_in_a_part_of_the_new_text_finds_it() -> None:
    course = make_essay()
    change = revise(course, LONGER)
    split(course, "If a ship")
    new = Lesson.objects.select_related("revision").get(course=course, position=3)
    extent = (new.start, new.end)
    undo(change)
    now = Lesson.objects.select_related("revision").get(pk=new.pk)
    then = lesson_as_of(now, change.new_id)
    assert (then.revision, then.start, then.end) == (change.new, *extent)
    assert lesson_as_of(now, change.old_id) == now


def test_an_edit_of_the_new_text_is_not_taken_back_in_the_old_one_and_says_what_helps() -> None:
    course = make_essay()
    change = revise(course, LONGER)
    join(course)
    undo(change)
    with pytest.raises(CannotRearrange, match="Change the parts as they are now"):
        undo_last_edit(course, editor=editor_of(course))


def test_nothing_is_undone_twice() -> None:
    course = make_essay()
    change = revise(course, LONGER)
    join(course)
    undo(change)
    with pytest.raises(TextChangeNotReady):
        undo(change)


def asks(course: Course) -> dict[Any, str]:
    """By question, the words that prove it in the text of today."""
    standing = standing_anchors(course).filter(question__isnull=False)
    return {anchor.question: anchor.quote for anchor in standing}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(edits(), min_size=1, max_size=3), STEPS)
def test_whatever_is_done_to_the_parts_undoing_the_text_is_sound_or_refused_whole(
    made: list[Edit], steps: list[Step]
) -> None:
    lines = list(LINES)
    for edit in made:
        lines = edit.made_to(lines)
    text = "\n\n".join(lines)
    with transaction.atomic():
        course = make_essay()
        proven, before = asks(course), lie(course)
        if text.strip() and text != ESSAY:
            _try(course, propose(course, text), steps, proven, before)
        transaction.set_rollback(True)


def _try(
    course: Course, change: TextChange, steps: list[Step], proven: dict[Any, str], before: list[tuple[str, str, str]]
) -> None:
    try:
        change = apply_text_change(change, cleaner=CLEANER, actor=None, at=NOW)
    except LessonsWithoutText:
        return
    applied = lie(course)
    for step in steps:
        do(course, step)
    edited = list(course.lessons.order_by("position").values_list("uuid", "slug", "position"))
    there = lie(course)
    try:
        with transaction.atomic():
            undo(change)
    except LessonsWithoutText:
        assert lie(course) == there
        return
    assert list(course.lessons.order_by("position").values_list("uuid", "slug", "position")) == edited
    assert asks(course) == proven
    _are_sound(course)
    if there == applied:
        assert [text for _, _, text in lie(course)] == [text for _, _, text in before]


def _are_sound(course: Course) -> None:
    """The parts hold the old text without overlapping, and every line that is read stands in one of them."""
    lessons = course.lessons.select_related("revision")
    assert {lesson.revision.text for lesson in lessons} == {ESSAY}
    spans = sorted(Span(lesson.start, lesson.end) for lesson in lessons)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert [seen.text for seen in seen_passages(course) if seen.is_read and not seen.is_in_lesson] == []
    assert QuestionVersion.objects.filter(question__course=course).count() == 6
