"""Lessons are put into the place of others, and nothing that hangs on them is lost on the way there or back."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authoring.domain import layout as layouts
from authoring.domain.arrangement import Arrangement, arrangement_of, arrangement_of_json, put_back, settle
from authoring.domain.build import CLEANER
from authoring.domain.layout import Stretch, Text
from authoring.domain.lessons import merge_lessons, move_lesson, rename_lesson, split_lesson
from authoring.domain.passages import seen_passages, words_of
from authoring.domain.text_edits import edition, undo_last_edit
from course.domain.text_changes import LessonsWithoutText, apply_text_change, undo_text_change
from course.errors import TextEdited
from course.models import Anchor, Course, Lesson, Note, OldLessonSlug, PassageDecision, TextEdit
from course.reading.outline import Span
from quizzes.models import Quiz
from tests.authoring.domain.cuts import editor_of, lesson_of, make_cut_course, read_in, state_of
from tests.authoring.domain.random_edits import STEPS, Step, do
from tests.course.domain.revised_courses import ESSAY, make_essay, propose, revise
from tests.factories import NOW, make_enrollment
from tests.jobs.threads import at_once

signs = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
stretches = st.builds(
    Stretch,
    uuid=st.uuids(),
    text=st.builds(Text, st.integers(1, 2**31), signs),
    start=st.integers(0, 10**7),
    end=st.integers(0, 10**7),
    slug=signs,
    title=signs,
    summary=signs,
    words=st.integers(0, 10**6),
)
uuids = st.uuids().map(str)
arrangements = st.builds(
    Arrangement,
    layout=st.lists(stretches, max_size=4).map(tuple),
    quizzes=st.dictionaries(uuids, uuids, max_size=3),
    old_slugs=st.dictionaries(signs, uuids, max_size=3),
)


@given(arrangements)
def test_what_an_edit_keeps_of_the_lessons_is_read_as_it_was_written(arrangement: Arrangement) -> None:
    stored = json.loads(json.dumps(arrangement.as_json()))
    assert arrangement_of_json(stored) == arrangement
    assert arrangement_of_json(stored).as_json() == arrangement.as_json()


def quiz_at(course: Course, position: int, slug: str) -> Quiz:
    return Quiz.objects.create(course=course, lesson=lesson_of(course, position), slug=slug, title=slug)


def quizzes_in(course: Course) -> dict[str, str]:
    """By slug, the lesson at which each quiz stands."""
    return dict(Quiz.objects.filter(course=course).values_list("slug", "lesson__title"))


def note_on(course: Course, position: int, line: int) -> Note:
    """A note of somebody new in this part, on the line of the text, from 0."""
    lesson = lesson_of(course, position)
    passage = lesson.revision.passages.order_by("position")[line]
    note = Note.objects.create(
        enrollment=make_enrollment(course), lesson=lesson, number=1, kind="highlight", created_at=NOW, updated_at=NOW
    )
    Anchor.objects.create(note=note, revision=lesson.revision, start=passage.start, end=passage.end, quote="Line")
    return note


def addresses(course: Course) -> dict[str, UUID]:
    """Every address that leads to a lesson, with the lesson: those in force and those of old."""
    live = dict(course.lessons.values_list("slug", "uuid"))
    old = dict(OldLessonSlug.objects.filter(course=course).values_list("slug", "lesson__uuid"))
    assert live.keys().isdisjoint(old)
    return {**live, **old}


def rename(course: Course, position: int, title: str) -> None:
    rename_lesson(course, lesson=lesson_of(course, position).uuid, title=title, editor=editor_of(course))


def join(course: Course, position: int = 1) -> None:
    merge_lessons(course, lesson=lesson_of(course, position).uuid, editor=editor_of(course))


def undo(course: Course) -> None:
    undo_last_edit(course, editor=editor_of(course))


@pytest.mark.django_db
@pytest.mark.database
def test_the_same_layout_again_asks_the_database_for_nothing() -> None:
    course = make_cut_course()
    was = arrangement_of(course)
    with CaptureQueriesContext(connection) as captured:
        assert settle(course, was=was, now=was.layout) == []
    assert len(captured) == 0


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize("count", [2, 6])
def test_turning_the_order_round_takes_the_same_statements_whatever_their_number(count: int) -> None:
    course = make_cut_course(cuts=range(count))
    was = arrangement_of(course)
    with CaptureQueriesContext(connection) as captured:
        settle(course, was=was, now=was.layout[::-1])
    assert len(captured) == 4
    assert arrangement_of(course).layout == was.layout[::-1]
    assert list(course.lessons.order_by("position").values_list("position", flat=True)) == list(range(1, count + 1))


@pytest.mark.django_db
@pytest.mark.database
def test_all_parts_but_one_can_go_at_once_and_come_back() -> None:
    course = make_cut_course(cuts=(0, 1, 2, 3, 4, 5))
    notes = [note_on(course, number, number - 1) for number in range(1, 7)]
    for number in range(1, 7):
        quiz_at(course, number, f"quiz-{number}")
    OldLessonSlug.objects.create(course=course, lesson=lesson_of(course, 4), slug="long-ago")
    before, was = state_of(course), arrangement_of(course)
    one = (layouts.reach(was.layout, was.layout[0], Span(was.layout[0].start, was.layout[-1].end))[0],)

    settle(course, was=was, now=one)
    only = course.lessons.get()
    assert set(quizzes_in(course).values()) == {"Part 1"}
    assert {Note.objects.get(pk=note.pk).lesson for note in notes} == {only}
    assert set(addresses(course)) == {*(f"part-{number}" for number in range(1, 7)), "long-ago"}
    assert set(addresses(course).values()) == {only.uuid}

    put_back(course, now=arrangement_of(course), before=was, readings=[])
    assert state_of(course) == before
    assert [Note.objects.get(pk=note.pk).lesson.position for note in notes] == [1, 2, 3, 4, 5, 6]
    assert arrangement_of(course) == was


@pytest.mark.django_db
@pytest.mark.database
def test_what_came_since_stays_when_an_edit_is_taken_back() -> None:
    course = make_cut_course()
    early = quiz_at(course, 2, "early")
    join(course)
    quiz_at(course, 1, "since")
    note = note_on(course, 1, 4)
    early.delete()
    undo(course)
    # A quiz made at the joined part stays at the one that kept its name; a note goes with its words.
    assert quizzes_in(course) == {"since": "Part 1"}
    assert Note.objects.get(pk=note.pk).lesson == lesson_of(course, 2)


@pytest.mark.django_db
@pytest.mark.database
def test_a_quiz_that_stands_at_no_part_stays_there_whatever_is_done() -> None:
    course = make_cut_course()
    final = quiz_at(course, 2, "final")
    Quiz.objects.filter(pk=final.pk).update(lesson=None)
    join(course)
    assert quizzes_in(course) == {"final": None}
    undo(course)
    assert quizzes_in(course) == {"final": None}


@pytest.mark.django_db
@pytest.mark.database
def test_a_quiz_that_somebody_moved_since_goes_back_with_the_edit_that_had_seen_it() -> None:
    course = make_cut_course()
    quiz = quiz_at(course, 2, "quiz")
    rename(course, 1, "The lake")
    Quiz.objects.filter(pk=quiz.pk).update(lesson=lesson_of(course, 1))
    undo(course)
    assert quizzes_in(course) == {"quiz": "Part 2"}


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize(
    ("titles", "slugs"),
    [
        (["The lake", "The lake"], {"part-1": 1, "the-lake": 1, "part-2": 2}),
        (["The lake", "Part 1"], {"part-1": 1, "the-lake": 1, "part-2": 2}),
        (["The lake", "The wall", "The lake"], {"part-1": 1, "the-lake": 1, "the-wall": 1, "part-2": 2}),
        (["Part 2"], {"part-1": 1, "part-2-2": 1, "part-2": 2}),
        (["中国"], {"part-1": 1, "part-2": 2}),
    ],
)
def test_every_address_that_a_part_ever_had_leads_to_it(titles: list[str], slugs: dict[str, int]) -> None:
    course = make_cut_course()
    for title in titles:
        rename(course, 1, title)
    assert {slug: Lesson.objects.get(uuid=lesson).position for slug, lesson in addresses(course).items()} == slugs


@pytest.mark.django_db
@pytest.mark.database
def test_parts_that_exchange_their_titles_never_exchange_their_addresses() -> None:
    course = make_cut_course()
    one, two = lesson_of(course, 1).uuid, lesson_of(course, 2).uuid
    rename(course, 1, "Swap")
    rename(course, 2, "Part 1")
    rename(course, 1, "Part 2")
    assert addresses(course) == {"part-1": one, "swap": one, "part-2-2": one, "part-2": two, "part-1-2": two}


@pytest.mark.django_db
@pytest.mark.database
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.lists(st.booleans(), max_size=4))
def test_no_address_is_ever_lost_and_each_leads_to_one_part(steps: list[Step], undone: list[bool]) -> None:
    with transaction.atomic():
        course = make_cut_course(cuts=(0, 2, 4))
        known = set(addresses(course))
        for number, step in enumerate(steps):
            do(course, step)
            known |= set(addresses(course))
            if number < len(undone) and undone[number] and TextEdit.objects.filter(course=course).exists():
                undo_or_stay(course)
            assert set(addresses(course)) == known
            assert set(addresses(course).values()) <= set(course.lessons.values_list("uuid", flat=True))
        transaction.set_rollback(True)


def undo_or_stay(course: Course) -> None:
    """The last edit that stands is taken back, if there is one."""
    if TextEdit.objects.filter(course=course, undone_by=None).exclude(kind="undo").exists():
        undo(course)


NEWER = f"{ESSAY}\n\nAnd the ice came back that year, as it always had."


def words_read(course: Course) -> list[int]:
    """Of each part in order, the words of its lines that are read."""
    words = words_of(seen_passages(course))
    return [words[uuid] for uuid in course.lessons.order_by("position").values_list("uuid", flat=True)]


def decided_now(course: Course) -> list[tuple[int, str]]:
    """What is decided about lines of the text that is shown."""
    decisions = PassageDecision.objects.filter(course=course, passage__revision=lesson_of(course, 1).revision)
    return sorted(decisions.values_list("passage", "kind"))


@pytest.mark.django_db
@pytest.mark.database
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_edits_are_taken_back_as_well_after_a_text_came_and_went(steps: list[Step]) -> None:
    with transaction.atomic():
        course = make_essay()
        Lesson.objects.filter(course=course).update(words=0)
        before = arrangement_of(course)
        for step in steps:
            do(course, step)
        edits, edited = edition(course), read_in(course)
        change = propose(course, NEWER)
        try:
            change = apply_text_change(change, cleaner=CLEANER, actor=None, at=NOW)
        except LessonsWithoutText:
            edits = 0
        else:
            undo_text_change(change, actor=None, at=NOW)
            assert read_in(course) == edited
        for _ in range(edits):
            undo(course)
        assert edits == 0 or (arrangement_of(course).layout, decided_now(course)) == (before.layout, [])
        if edits:
            revise(course, NEWER)
            assert [words for *_, words in read_in(course)] == words_read(course)
            assert not PassageDecision.objects.filter(passage__revision=change.new).exists()
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_of_many_who_edit_at_once_one_does_and_the_others_are_told() -> None:
    course = make_cut_course()
    seen = editor_of(course)
    deeds: list[Callable[[], object]] = [
        lambda: split_lesson(course, number=2, editor=seen),
        lambda: merge_lessons(course, lesson=lesson_of(course, 1).uuid, editor=seen),
        lambda: move_lesson(course, lesson=lesson_of(course, 2).uuid, to=1, editor=seen),
        lambda: rename_lesson(course, lesson=lesson_of(course, 1).uuid, title="The lake", editor=seen),
    ]

    def edit() -> str:
        try:
            deeds.pop()()
        except TextEdited:
            return "told"
        return "done"

    assert sorted(at_once(edit, times=4)) == ["done", "told", "told", "told"]
    assert TextEdit.objects.get().number == edition(course) == 1
    undo(course)
    assert [line for _, line, _ in read_in(course)] == [[1, 2, 3], [4, 5, 6]]
