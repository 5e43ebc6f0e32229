"""Assembling quizzes in the studio, without scripts."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from course.models import Course
from quizzes.domain.attempts import start_attempt
from quizzes.domain.quiz_items import askable_in
from quizzes.models import Quiz, QuizItem
from tests.factories import NOW, make_course, make_enrollment, make_quiz
from tests.web.studio.drafts import HOSTILE, address_of, make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def course(client: Client) -> Course:
    """A published course; its owner is signed in."""
    owner = make_author()
    client.force_login(owner)
    return make_course(owner=owner)


def page(client: Client, quiz: Quiz) -> str:
    return client.get(address_of(quiz.course, "quizzes", quiz.slug)).content.decode()


def do(client: Client, quiz: Quiz, step: str, **fields: Any) -> str:
    address = address_of(quiz.course, "quizzes", quiz.slug, "items")
    return client.post(address, {"do": step, **fields}, follow=True).content.decode()


def order(quiz: Quiz) -> list[int]:
    return list(QuizItem.objects.filter(quiz=quiz).order_by("position").values_list("pk", flat=True))


def test_a_quiz_is_made_for_a_part_and_for_the_whole_course(client: Client, course: Course) -> None:
    for lesson in ("the-wall", ""):
        sent = client.post(
            address_of(course, "quizzes"), {"title": "Final check", "mode": "exam", "lesson": lesson}, follow=True
        )
        assert "Made. Choose what it asks." in sent.content.decode()
    assert [(quiz.slug, quiz.lesson is None, quiz.mode) for quiz in Quiz.objects.filter(course=course)] == [
        ("final-check", False, "exam"),
        ("final-check-2", True, "exam"),
    ]


@pytest.mark.parametrize("wrong", [{"title": ""}, {"mode": "battle"}, {"lesson": "elsewhere"}, {"title": "x" * 301}])
def test_what_makes_no_quiz_is_asked_again(client: Client, course: Course, wrong: dict[str, str]) -> None:
    sent = client.post(address_of(course, "quizzes"), {"title": "Check", "mode": "exam", "lesson": "", **wrong})
    assert (sent.status_code, Quiz.objects.count()) == (422, 0)


def test_questions_of_the_bank_are_added_by_ticking_them(client: Client, course: Course) -> None:
    make_quiz(course, questions=2)
    quiz = make_quiz(course, questions=0)
    assert "2 not asked here" in page(client, quiz)
    chosen = [str(version.uuid) for version in askable_in(quiz)]
    assert "Two questions added." in do(client, quiz, "add", question=chosen)
    assert len(order(quiz)) == 2
    assert "not asked here" not in page(client, quiz)


def test_a_question_of_another_course_is_not_added(client: Client, course: Course) -> None:
    quiz, other = make_quiz(course, questions=0), make_course()
    make_quiz(other, questions=1)
    [foreign] = askable_in(make_quiz(other, questions=0))
    do(client, quiz, "add", question=[str(foreign.uuid)])
    assert order(quiz) == []


def test_lines_move_by_their_buttons_and_back_by_undo(client: Client, course: Course) -> None:
    quiz = make_quiz(course, questions=3)
    first, second, third = order(quiz)
    assert "Now number 1." in do(client, quiz, "move", position=2, to=1)
    assert order(quiz) == [second, first, third]
    assert "Undo: put in another order" in page(client, quiz)
    assert "Taken back: put in another order." in do(client, quiz, "undo")
    assert order(quiz) == [first, second, third]
    assert "There is nothing left to take back here" in do(client, quiz, "undo")


def test_the_first_has_no_way_up_and_the_last_none_down(client: Client, course: Course) -> None:
    seen = page(client, make_quiz(course, questions=3))
    assert (seen.count(">Up<"), seen.count(">Down<")) == (2, 2)


def test_what_was_taken_out_comes_back(client: Client, course: Course) -> None:
    quiz = make_quiz(course, questions=2)
    client.post(address_of(course, "quizzes", quiz.slug, "items", 1, "out"))
    assert len(order(quiz)) == 1
    do(client, quiz, "undo")
    assert len(order(quiz)) == 2


@pytest.mark.parametrize(("points", "kept"), [("2.5", "2.50"), ("0", "1.00"), ("-1", "1.00"), ("many", "1.00")])
def test_points_are_kept_or_told(client: Client, course: Course, points: str, kept: str) -> None:
    quiz = make_quiz(course, questions=1)
    said = do(client, quiz, "points", position=1, max_points=points)
    assert QuizItem.objects.get(quiz=quiz).max_points == Decimal(kept)
    assert ("Kept." in said) == (kept == "2.50")


def test_all_points_and_those_that_pass_are_counted(client: Client, course: Course) -> None:
    quiz = make_quiz(course, questions=2, pass_fraction=Decimal("0.75"))
    do(client, quiz, "points", position=1, max_points="3")
    assert "Two things to answer, 4 points; 3 pass." in page(client, quiz)


def test_points_that_pass_are_said_without_zeros_at_their_end(client: Client, course: Course) -> None:
    quiz = make_quiz(course, questions=4, pass_fraction=Decimal("0.6"))

    assert "Four things to answer, 4 points; 2.4 pass." in page(client, quiz)


@pytest.mark.parametrize(
    ("mode", "closes", "told"),
    [("exam", None, True), ("exam", NOW, False), ("check", None, False), ("practice", None, False)],
)
def test_a_quiz_that_never_closes_says_what_it_shows_early(
    client: Client, course: Course, mode: str, closes: datetime | None, told: bool
) -> None:
    quiz = make_quiz(course, questions=1, mode=mode, closes_at=closes)

    assert ("This quiz never closes, so what would wait" in page(client, quiz)) == told


def test_without_points_nobody_passes(client: Client, course: Course) -> None:
    seen = page(client, make_quiz(course, questions=0, pass_fraction=Decimal("0.5")))
    assert "A quiz without points can neither be taken nor passed." in seen


def test_everybody_with_more_time_is_named_with_the_time_they_have(client: Client, course: Course) -> None:
    quiz = make_quiz(course, questions=1, time_limit_seconds=600)
    assert "Nobody in this course has more time." in page(client, quiz)
    slow = make_enrollment(course, time_factor=Decimal("1.5"))
    make_enrollment(course)
    seen = page(client, quiz)
    assert f"{slow.user}</a>" in seen
    assert "15 min instead of 10 min." in seen


@pytest.mark.parametrize("step", ["archive", "restore", "delete", "burn", ""])
def test_each_step_of_the_shelf_does_what_it_says(client: Client, course: Course, step: str) -> None:
    quiz = make_quiz(course, questions=1)
    client.post(address_of(course, "quizzes", quiz.slug, "shelf"), {"do": step})
    found = Quiz.objects.filter(pk=quiz.pk).first()
    assert (found is None) == (step == "delete")
    assert bool(found and found.archived_at) == (step == "archive")


def test_an_archived_quiz_is_listed_apart_and_restored(client: Client, course: Course) -> None:
    quiz = make_quiz(course, questions=1)
    shelf = address_of(course, "quizzes", quiz.slug, "shelf")
    seen = client.post(shelf, {"do": "archive"}, follow=True).content.decode()
    assert "Archived. Learners no longer find it" in seen
    assert "Restore<span" in seen
    assert "Restored. Learners find it again." in client.post(shelf, {"do": "restore"}, follow=True).content.decode()


def test_a_quiz_that_was_taken_is_not_deleted(client: Client, course: Course) -> None:
    quiz = make_quiz(course, questions=1)
    start_attempt(quiz, enrollment=make_enrollment(course), at=NOW)
    shelf = address_of(course, "quizzes", quiz.slug, "shelf")
    assert "it cannot be deleted" in client.post(shelf, {"do": "delete"}, follow=True).content.decode()
    assert Quiz.objects.filter(pk=quiz.pk).exists()


def test_somebody_else_assembles_nothing(client: Client, course: Course) -> None:
    quiz = make_quiz(course, questions=2)
    before = order(quiz)
    client.force_login(make_author())
    for rest in (("items",), ("shelf",), ("items", 1, "out")):
        assert client.post(address_of(course, "quizzes", quiz.slug, *rest), {"do": "archive"}).status_code == 404
    assert order(quiz) == before


def test_titles_are_shown_as_text(client: Client, course: Course) -> None:
    client.post(address_of(course, "quizzes"), {"title": HOSTILE, "mode": "check", "lesson": ""})
    seen = client.get(address_of(course, "quizzes")).content.decode()
    assert "<script>alert" not in seen
