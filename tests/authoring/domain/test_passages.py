"""A line is what an instructor decides it to be, and what the cleaner found again once that is taken back."""

from __future__ import annotations

from typing import Any

import pytest

from authoring.domain.passages import decide_passage, questions_proven_in, seen_passages, shortened
from authoring.domain.text_edits import undo_last_edit
from course.domain.lesson_page import plain_passages
from course.errors import CannotRearrange, TextEdited
from course.models import Course, PassageDecision, TextEdit
from course.reading.outline import PassageKind
from tests.authoring.domain.cuts import editor_of, make_cut_course, read_in, state_of
from tests.factories import TEXT
from tests.web.studio.drafts import drop, make_author, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ASIDE = "Give the lake a coin.\n" + TEXT + "\nRead on at our shop."
LEFT_OUT = PassageKind.BOILERPLATE


def decide(course: Course, number: int, kind: PassageKind | None) -> TextEdit | None:
    return decide_passage(course, number=number, kind=kind, editor=editor_of(course))


def read_texts(course: Course) -> list[str]:
    lesson = course.lessons.select_related("revision").get()
    return [lesson.revision.text[passage.start : passage.end] for passage in plain_passages(lesson)]


def decided(course: Course) -> list[tuple[int, str]]:
    return sorted((each.passage.position, each.kind) for each in PassageDecision.objects.filter(course=course))


def test_a_dropped_passage_is_seen_but_not_read() -> None:
    course = make_draft(make_author())
    drop(course, position=0)

    seen = seen_passages(course)

    assert [(each.number, each.is_read, each.is_dropped) for each in seen] == [(1, False, True), (2, True, False)]
    assert [each.text for each in seen] == TEXT.split("\n")
    assert read_texts(course) == ["The lower town calls it a thirst machine."]


def test_a_kept_line_is_read_and_counted() -> None:
    author = make_author()
    course = make_draft(author)
    drop(course, position=0)

    edit = decide_passage(course, number=1, kind=None, editor=editor_of(course, author))

    assert read_texts(course) == TEXT.split("\n")
    assert course.lessons.get().words == 19
    decision = PassageDecision.objects.get()
    assert (decision.kind, decision.decided_by) == ("paragraph", author)
    assert edit is not None
    assert (edit.kind, edit.number, edit.made_by) == ("keep", 1, author)


@pytest.mark.parametrize(
    ("kind", "edit", "words", "read"),
    [
        pytest.param(LEFT_OUT, "drop", 18, [1, 3], id="left out"),
        pytest.param(PassageKind.HEADING, "recast", 18, [1, 2, 3], id="a heading is read and not counted"),
        pytest.param(PassageKind.QUOTE, "recast", 27, [1, 2, 3], id="a quotation"),
        pytest.param(PassageKind.LIST_ITEM, "recast", 27, [1, 2, 3], id="an item of a list"),
    ],
)
def test_a_line_that_is_read_becomes_what_is_decided(kind: PassageKind, edit: str, words: int, read: list[int]) -> None:
    course = make_cut_course()

    made = decide(course, 2, kind)

    assert made is not None
    assert made.kind == edit
    assert decided(course) == [(1, kind.value)]
    assert read_in(course) == [("Part 1", read, words), ("Part 2", [4, 5, 6], 27)]


@pytest.mark.parametrize("kind", [PassageKind.PARAGRAPH, None])
def test_deciding_for_what_was_found_leaves_no_decision(kind: PassageKind | None) -> None:
    course = make_cut_course()
    before = read_in(course)
    decide(course, 2, PassageKind.HEADING)

    decide(course, 2, kind)

    assert decided(course) == []
    assert read_in(course) == before


def test_leaving_a_kept_line_out_again_takes_the_decision_back() -> None:
    course = make_draft(make_author())
    drop(course, position=0)
    decide(course, 1, None)

    decide(course, 1, LEFT_OUT)

    assert read_texts(course) == ["The lower town calls it a thirst machine."]
    assert course.lessons.get().words == 8
    assert decided(course) == []


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        pytest.param(1, LEFT_OUT, id="left out already"),
        pytest.param(2, None, id="read already"),
        pytest.param(2, PassageKind.PARAGRAPH, id="a paragraph already"),
    ],
)
def test_deciding_for_what_is_so_already_is_no_edit(number: int, kind: PassageKind | None) -> None:
    course = make_draft(make_author())
    drop(course, position=0)
    assert decide(course, number, kind) is None
    assert not TextEdit.objects.exists()


@pytest.mark.parametrize(("position", "text"), [(0, "Give the lake a coin."), (3, "Read on at our shop.")])
def test_a_line_outside_every_lesson_is_read_in_the_lesson_beside_it(position: int, text: str) -> None:
    course = make_draft(make_author(), text=ASIDE)
    passage = drop(course, position=position)
    lesson = course.lessons.get()
    start, end = (passage.end + 1, lesson.end) if position == 0 else (lesson.start, passage.start - 1)
    course.lessons.update(start=start, end=end)
    assert text not in read_texts(course)

    decide(course, position + 1, None)

    assert read_texts(course) == ASIDE.split("\n")


@pytest.mark.parametrize(("found", "reason"), [(PassageKind.FIGURE, "caption"), (PassageKind.HEADING, "title")])
def test_what_the_cleaner_shows_nobody_can_be_kept(found: PassageKind, reason: str) -> None:
    course = make_cut_course()
    course.lessons.get(position=1).revision.passages.filter(position=1).update(kind=found, reason=reason)
    assert [each.is_read for each in seen_passages(course)[:3]] == [True, False, True]

    decide(course, 2, None)

    assert read_in(course)[0] == ("Part 1", [1, 2, 3], 27)


@pytest.mark.parametrize("number", [0, -1, 7, 99])
def test_a_number_that_no_line_has_is_told(number: int) -> None:
    course = make_cut_course()
    with pytest.raises(CannotRearrange, match="not there any more"):
        decide(course, number, LEFT_OUT)


def test_whoever_looked_before_an_edit_decides_again() -> None:
    course = make_cut_course()
    ada, bo = editor_of(course, make_author("Ada")), editor_of(course, make_author("Bo"))
    decide_passage(course, number=1, kind=LEFT_OUT, editor=ada)

    with pytest.raises(TextEdited, match="Ada has changed this text"):
        decide_passage(course, number=2, kind=LEFT_OUT, editor=bo)

    assert decided(course) == [(0, "boilerplate")]


def test_a_decision_holds_in_its_own_course_alone() -> None:
    course, other = make_cut_course(), make_cut_course()
    other.lessons.update(revision=course.lessons.get(position=1).revision)

    decide(course, 1, LEFT_OUT)

    assert [each.is_read for each in seen_passages(other)] == [True] * 6


def test_a_course_without_lessons_has_no_passages() -> None:
    course = make_draft(make_author(), questions=0, contents=[])
    course.lessons.all().delete()
    assert seen_passages(course) == []


def test_the_questions_that_a_line_proves_are_counted(django_assert_num_queries: Any) -> None:
    course = make_draft(make_author(), questions=3)
    passages = seen_passages(course)
    with django_assert_num_queries(1):
        assert questions_proven_in(course, passages) == {1: 3, 2: 0}
    assert questions_proven_in(course, []) == {}


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("A lake.", "A lake."),
        ("word " * 12 + "x", "word " * 10 + "word…"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 59 + "…"),
    ],
)
def test_a_long_line_is_named_by_its_first_words(text: str, short: str) -> None:
    assert shortened(text) == short


def test_every_passage_is_its_characters_of_the_text() -> None:
    course = make_cut_course()
    decide(course, 3, PassageKind.HEADING)
    decide(course, 5, LEFT_OUT)
    for seen in seen_passages(course):
        assert seen.revision.text[seen.span.start : seen.span.end] == seen.text


@pytest.mark.parametrize("kind", list(PassageKind))
def test_every_kind_says_whether_it_has_the_line_read_and_is_taken_back_whole(kind: PassageKind) -> None:
    course = make_cut_course()
    before = state_of(course)
    edit = decide_passage(course, number=2, kind=kind, editor=editor_of(course))
    left_out = kind in (PassageKind.BOILERPLATE, PassageKind.PULL_QUOTE)
    seen = seen_passages(course)[1]
    assert (seen.kind, seen.is_read) == (kind, not left_out)
    assert (edit.kind if edit else None) == (
        "drop" if left_out else None if kind == PassageKind.PARAGRAPH else "recast"
    )
    assert decide_passage(course, number=2, kind=kind, editor=editor_of(course)) is None
    if edit is not None:
        undo_last_edit(course, editor=editor_of(course))
    assert state_of(course) == before


@pytest.mark.parametrize("one", list(PassageKind))
@pytest.mark.parametrize("other", [PassageKind.BOILERPLATE, PassageKind.PARAGRAPH, None])
def test_the_last_decision_about_a_line_is_the_one_that_holds(one: PassageKind, other: PassageKind | None) -> None:
    course = make_cut_course()
    for kind in (one, other):
        decide_passage(course, number=2, kind=kind, editor=editor_of(course))
    alone = make_cut_course()
    decide_passage(alone, number=2, kind=other, editor=editor_of(alone))
    assert read_in(course) == read_in(alone)
    assert [each.is_read for each in seen_passages(course)] == [each.is_read for each in seen_passages(alone)]
