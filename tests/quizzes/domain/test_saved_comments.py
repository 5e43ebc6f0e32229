"""Comments that graders use again."""

from __future__ import annotations

from uuid import uuid4

import pytest

from quizzes.domain.saved_comments import MOST_OFFERED, comments_for, forget_comment, save_comment, with_saved
from quizzes.models import SavedComment
from tests.factories import NOW, make_quiz
from tests.quizzes.domain.waiting_answers import OPEN, Desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def texts(desk: Desk) -> list[str]:
    return [comment.text for comment in comments_for(desk.question)]


def test_a_saved_comment_is_offered_newest_first_and_once() -> None:
    desk = Desk()
    for text in ("Say who.", "Say when.", " Say who. "):
        save_comment(desk.question, text=text, by=desk.grader, at=NOW)
    assert texts(desk) == ["Say when.", "Say who."]


def test_comments_of_the_course_are_offered_for_each_question_those_of_a_question_only_there() -> None:
    desk, stranger = Desk(), Desk()
    other = make_quiz(desk.course, questions=[("open_response", OPEN)]).items.get().question
    assert other is not None
    save_comment(other, text="Of the other.", by=desk.grader, at=NOW)
    SavedComment.objects.create(course=desk.course, text="Of the course.", created_at=NOW)
    assert texts(desk) == ["Of the course."]
    assert texts(stranger) == []


def test_at_most_so_many_are_offered() -> None:
    desk = Desk()
    for number in range(MOST_OFFERED + 2):
        save_comment(desk.question, text=f"Number {number}.", by=desk.grader, at=NOW)
    assert len(texts(desk)) == MOST_OFFERED


def test_forgetting_is_for_the_course_alone_and_may_be_said_twice() -> None:
    desk, other = Desk(), Desk()
    save_comment(desk.question, text="Say who.", by=desk.grader, at=NOW)
    uuid = SavedComment.objects.get().uuid
    forget_comment(other.question, uuid)
    forget_comment(desk.question, uuid4())
    assert texts(desk) == ["Say who."]
    forget_comment(desk.question, uuid)
    forget_comment(desk.question, uuid)
    assert texts(desk) == []


@pytest.mark.parametrize(
    ("comment", "saved", "told"),
    [
        ("", [], ""),
        (" Well done. ", [], "Well done."),
        ("Well done.", ["Say who.", "Say when."], "Say who.\nSay when.\nWell done."),
        ("Say who.", ["Say who."], "Say who."),
    ],
)
def test_saved_comments_come_before_the_written_one_none_twice(comment: str, saved: list[str], told: str) -> None:
    assert with_saved(comment, saved) == told
