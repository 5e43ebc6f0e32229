"""The whole text of a course, shaded by what was lost on it."""

from __future__ import annotations

from typing import Any

import pytest

from course.models import Lesson, Passage
from course.reading.outline import PassageKind
from tests.factories import TEXT
from tests.quizzes.domain.regraded import Class
from web.studio.course_heat import HeatedPart, heat_reading, heated_text, told_pieces

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RIGHT, WRONG = "thirst machine", "wet"
PROOF = TEXT[24:52]


def lines(parts: list[HeatedPart]) -> list[list[str]]:
    """Each passage as its pieces."""
    return [[piece.text for piece in passage.pieces] for part in parts for passage in part.passages]


def test_the_whole_text_is_there_and_shaded_where_questions_rest() -> None:
    group = Class()
    group.answered(*[RIGHT] * 6, *[WRONG] * 4)

    (part,) = heated_text(group.course)

    assert ["".join(pieces) for pieces in lines([part])] == TEXT.split("\n")
    first, second = part.passages
    assert [(piece.lost, piece.shade) for piece in first.pieces] == [("", 0), ("40 %", 3)]
    assert first.pieces[1].text == PROOF
    assert [(piece.lost, piece.shade) for piece in second.pieces] == [("", 0)]


def test_nine_answers_shade_nothing() -> None:
    group = Class()
    group.answered(*[WRONG] * 9)
    parts = heated_text(group.course)
    assert told_pieces(parts) == []
    assert heat_reading([]) == "Shaded from 10 answers on."


def test_what_is_not_read_is_not_shown() -> None:
    group = Class()
    second = Passage.objects.order_by("start").last()
    assert second is not None
    Passage.objects.filter(pk=second.pk).update(kind=PassageKind.BOILERPLATE, reason="a call for donations")
    assert lines(heated_text(group.course)) == [[TEXT.split("\n")[0]]]


def test_parts_come_in_the_order_of_the_course() -> None:
    group = Class()
    lesson = group.course.lessons.get()
    edge = TEXT.index("\n") + 1
    Lesson.objects.filter(pk=lesson.pk).update(end=edge, position=2)
    Lesson.objects.create(
        course=group.course, revision=lesson.revision, cleaner=lesson.cleaner, slug="second", position=1,
        title="The town", start=edge, end=len(TEXT),
    )  # fmt: skip
    first, second = heated_text(group.course)
    assert (first.number, first.lesson.title, second.number) == (1, "The town", 2)
    assert ["".join(pieces) for pieces in lines([first, second])] == TEXT.split("\n")[::-1]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([RIGHT] * 10, "Nothing is lost on any passage."),
        ([RIGHT] * 4 + [WRONG] * 6, "Most is lost in part 1: 60 % on one passage."),
    ],
)
def test_where_most_is_lost_is_said(answers: list[str], said: str) -> None:
    group = Class()
    group.answered(*answers)
    assert heat_reading(told_pieces(heated_text(group.course))) == said


def test_more_answers_and_more_parts_cost_no_query(django_assert_num_queries: Any) -> None:
    group = Class(questions=3)
    group.answered(*[WRONG] * 12)
    with django_assert_num_queries(5):
        assert len(told_pieces(heated_text(group.course))) == 1
