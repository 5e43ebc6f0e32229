"""What the cleaner dropped can be read again, and left out after all."""

from __future__ import annotations

import pytest

from authoring.domain.passages import restore_passage, seen_passages, take_back_decision
from course.domain.lesson_page import plain_passages
from course.models import Course, Lesson, PassageDecision
from tests.factories import TEXT
from tests.web.studio.drafts import drop, make_author, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ASIDE = "Give the lake a coin.\n" + TEXT + "\nRead on at our shop."


def read_texts(course: Course) -> list[str]:
    lesson = course.lessons.select_related("revision").get()
    return [text_of(lesson)[passage.start : passage.end] for passage in plain_passages(lesson)]


def text_of(lesson: Lesson) -> str:
    return lesson.revision.text


def test_a_dropped_passage_is_seen_but_not_read() -> None:
    course = make_draft(make_author())
    drop(course, position=0)

    seen = seen_passages(course)

    assert [(each.number, each.is_read, each.is_dropped) for each in seen] == [(1, False, True), (2, True, False)]
    assert [each.text for each in seen] == TEXT.split("\n")
    assert read_texts(course) == ["The lower town calls it a thirst machine."]


def test_a_restored_passage_is_read_and_counted() -> None:
    author = make_author()
    course = make_draft(author)
    passage = drop(course, position=0)

    restore_passage(course, passage=passage, by=author)

    assert read_texts(course) == TEXT.split("\n")
    assert course.lessons.get().words == 19
    decision = PassageDecision.objects.get()
    assert (decision.kind, decision.decided_by) == ("paragraph", author)


def test_restoring_twice_is_restoring_once() -> None:
    course = make_draft(make_author())
    passage = drop(course, position=0)

    restore_passage(course, passage=passage, by=None)
    restore_passage(course, passage=passage, by=None)

    assert PassageDecision.objects.count() == 1
    assert course.lessons.get().words == 19


def test_taking_the_decision_back_leaves_it_out_again() -> None:
    course = make_draft(make_author())
    passage = drop(course, position=0)
    restore_passage(course, passage=passage, by=None)

    take_back_decision(course, passage=passage)
    take_back_decision(course, passage=passage)

    assert read_texts(course) == ["The lower town calls it a thirst machine."]
    assert course.lessons.get().words == 8
    assert not PassageDecision.objects.exists()


@pytest.mark.parametrize(("position", "text"), [(0, "Give the lake a coin."), (3, "Read on at our shop.")])
def test_a_line_outside_every_lesson_is_read_in_the_lesson_beside_it(position: int, text: str) -> None:
    course = make_draft(make_author(), text=ASIDE)
    passage = drop(course, position=position)
    lesson = course.lessons.get()
    start, end = (passage.end + 1, lesson.end) if position == 0 else (lesson.start, passage.start - 1)
    course.lessons.update(start=start, end=end)
    assert text not in read_texts(course)

    restore_passage(course, passage=passage, by=None)

    assert read_texts(course) == ASIDE.split("\n")


def test_a_decision_holds_in_its_own_course_alone() -> None:
    course, other = make_draft(make_author()), make_draft(make_author())
    passage = drop(course, position=0)
    lesson = other.lessons.get()
    lesson.revision, lesson.cleaner = course.lessons.get().revision, "strict"
    lesson.save()

    restore_passage(course, passage=passage, by=None)

    assert [each.is_read for each in seen_passages(other)] == [False, True]


def test_a_course_without_lessons_has_no_passages() -> None:
    course = make_draft(make_author(), questions=0, contents=[])
    course.lessons.all().delete()
    assert seen_passages(course) == []
