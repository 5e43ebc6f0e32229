"""The same of its quizzes: what they ask, when they are open, what their pools draw."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from quizzes.formats.course_file.model import (
    QuizItemEntry,
)
from quizzes.pools import Pool
from tests.quizzes.formats.course_file.checked import QUESTION, QUIZ, told


def test_a_quiz_for_a_lesson_that_is_not_there_is_told_at_that_line() -> None:
    found = told(quizzes=(replace(QUIZ, lesson="reef"),))
    assert found == [("lesson: reef", "unknown_lesson", "There is no lesson “reef”.")]


def test_a_quiz_of_the_whole_course_names_no_lesson() -> None:
    assert told(quizzes=(replace(QUIZ, lesson=""),)) == []


def test_a_quiz_without_questions_leaves_its_question_unasked() -> None:
    assert told(quizzes=(replace(QUIZ, items=()),)) == [
        ("== quiz check", "quiz_without_questions", "The quiz “check” has no questions."),
        ("== question waits", "unasked", "No quiz asks this question."),
    ]


def test_a_retired_question_need_not_be_asked() -> None:
    retired = replace(QUESTION, key="old", state="retired")
    assert told(questions=(QUESTION, retired)) == []


@pytest.mark.parametrize("state", ["draft", "in_review", "published"])
def test_an_archived_question_need_not_be_asked_and_is_drawn_by_no_pool(state: str) -> None:
    away = replace(QUESTION, key="old", state=state, archived=True, tags=("tide",))
    assert told(questions=(QUESTION, away)) == []
    drawing = replace(QUIZ, items=(*QUIZ.items, QuizItemEntry("", pool=Pool(1, tag="tide"))))
    message = "The pool draws 1 of the questions tagged “tide”, and can be sure of 0."
    assert told(questions=(QUESTION, away), quizzes=(drawing,)) == [("- draw 1 tagged tide", "small_pool", message)]


def test_a_rejected_question_is_not_archived_too() -> None:
    message = "A retired question was rejected, so it cannot be archived too. Leave out one of both."
    away = replace(QUESTION, key="old", state="retired", archived=True)
    assert told(questions=(QUESTION, away)) == [("archived: yes", "wrong_archived", message)]


@pytest.mark.parametrize(
    ("takes", "sure"),
    [((1,), []), ((2,), []), ((3,), [2]), ((1, 1), []), ((1, 2), [1]), ((2, 1), [0]), ((2, 2, 2), [0])],
)
def test_pools_are_told_that_cannot_be_sure_of_what_they_draw(takes: tuple[int, ...], sure: list[int]) -> None:
    """Of three questions about the pilot one is asked for certain, so that two are left to draw."""
    questions = tuple(replace(QUESTION, key=key, tags=("pilot",)) for key in ("waits", "sees", "steers"))
    pools = [QuizItemEntry("", pool=Pool(take, tag="pilot")) for take in takes]
    found = told(questions=questions, quizzes=(replace(QUIZ, items=(*QUIZ.items, *pools)),))
    short = [message for _, code, message in found if code == "small_pool"]
    assert [message.rpartition("sure of ")[2] for message in short] == [f"{each}." for each in sure]


def test_what_an_archived_quiz_lacks_is_not_told() -> None:
    pool = QuizItemEntry("", pool=Pool(1, tag="tide"))
    away = replace(QUIZ, slug="away", archived=True, items=(pool,))
    assert told(quizzes=(QUIZ, away, replace(away, slug="empty", items=()))) == []
    assert [code for _, code, _ in told(quizzes=(QUIZ, replace(away, items=(QuizItemEntry("no"),))))] == [
        "unknown_question"
    ]


@pytest.mark.parametrize(
    ("items", "problems"),
    [
        (["waits", "waits"], [("- waits", "question_twice", "“waits” is in this quiz already.")]),
        (["waits", "tide"], [("- tide", "unknown_question", "There is no question “tide”.")]),
        (
            ["waits", "tide", "tide"],
            [
                ("- tide", "unknown_question", "There is no question “tide”."),
                ("- tide", "unknown_question", "There is no question “tide”."),
            ],
        ),
    ],
)
def test_the_items_of_a_quiz_are_known_questions_once_each(
    items: list[str], problems: list[tuple[str, str, str]]
) -> None:
    found = told(quizzes=(replace(QUIZ, items=tuple(map(QuizItemEntry, items))),))
    assert [problem for problem in found if problem[1] != "near_duplicates"] == problems


def test_a_question_may_be_asked_in_two_quizzes() -> None:
    assert told(quizzes=(QUIZ, replace(QUIZ, slug="again", items=(QuizItemEntry("waits", Decimal(2)),)))) == []


@pytest.mark.parametrize(
    ("opens", "closes", "is_told"),
    [
        ("2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00", False),
        ("2026-02-01T00:00:00+00:00", "2026-01-01T00:00:00+00:00", True),
        ("2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00+00:00", True),
        ("2026-01-31T09:00:00+02:00", "2026-01-31T08:30:00+00:00", False),
        ("2026-01-31T09:00:00-02:00", "2026-01-31T10:00:00+00:00", True),
        ("2026-01-31T09:00Z", "2026-01-31T09:00:00+00:00", True),
        ("", "2026-01-31T09:00:00+00:00", False),
        ("2026-01-31T09:00:00+00:00", "", False),
    ],
)
def test_a_quiz_opens_before_it_closes_in_time_and_not_only_in_letters(opens: str, closes: str, is_told: bool) -> None:
    found = told(quizzes=(replace(QUIZ, opens_at=opens, closes_at=closes),))
    wrong = (f"closes_at: {closes}", "closes_before_it_opens", "The quiz closes before it opens.")
    assert found == ([wrong] if is_told else [])
