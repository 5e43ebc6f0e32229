"""What editors are told of each lesson follows from its text, whatever is done to the lessons."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from authoring.domain.lesson_facts import lesson_facts
from authoring.domain.lessons import move_lesson, split_lesson
from authoring.domain.text_edits import Editor, edition
from course.models import Course
from tests.factories import make_course
from tests.web.studio.drafts import make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LINES = [" ".join(f"Every harbour number {n} keeps {m} boats." for m in range(20)) for n in range(4)]


def cut(*places: int) -> Course:
    """A course of four long lines, with a lesson beginning at each of these."""
    course = make_course(published=False, owner=make_author(), text="\n".join(LINES))
    for place in places:
        split_lesson(course, number=place, editor=Editor(None, edition(course)))
    return course


@pytest.mark.parametrize("places", [(), (2,), (4,), (2, 3), (2, 3, 4)])
def test_lessons_are_numbered_counted_and_joined_with_what_follows_them(places: tuple[int, ...]) -> None:
    facts = lesson_facts(cut(*places))
    whole = sum(len(line.split()) for line in LINES)
    assert [each.number for each in facts] == list(range(1, len(places) + 2))
    assert [each.is_last for each in facts] == [False] * len(places) + [True]
    assert [each.joins for each in facts] == [True] * len(places) + [False]
    assert abs(sum(each.lesson.words for each in facts) - whole) <= whole * 0.2 or not places
    assert all(each.minutes >= 1 for each in facts)


def test_what_does_not_follow_in_the_text_is_not_joined() -> None:
    course = cut(2, 3)
    last = lesson_facts(course)[-1]
    move_lesson(course, lesson=last.lesson.uuid, to=1, editor=Editor(None, edition(course)))
    assert [each.joins for each in lesson_facts(course)] == [False, True, False]


def test_a_short_lesson_has_no_level_and_a_long_one_has() -> None:
    assert [each.level for each in lesson_facts(make_course())] == [None]
    (long,) = lesson_facts(cut())
    assert long.level is not None
    assert long.level.formula == "Automated Readability Index"


def test_any_number_of_lessons_takes_as_many_queries() -> None:
    counts = []
    for course in (cut(), cut(2, 3, 4)):
        with CaptureQueriesContext(connection) as asked:
            lesson_facts(course)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 6
