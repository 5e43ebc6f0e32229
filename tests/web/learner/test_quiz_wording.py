"""A quiz's rules in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from course.models import Lesson
from quizzes.domain.attempt_page import SubmitSummary
from quizzes.domain.deadlines import Window
from quizzes.domain.quiz_page import QuizPage
from quizzes.models import Attempt, Quiz
from quizzes.policy_words import EVERYTHING
from web.learner.quiz_wording import (
    attempt_in_words,
    feedback_rule,
    limit_in_words,
    mode_in_words,
    navigator_in_words,
    receipt_of,
    rules_of,
    summary_in_words,
)

OPEN = Window(None, None, None, None, None)
CLOSING = datetime(2026, 12, 24, 18, 0, tzinfo=UTC)


def page(window: Window = OPEN, *, tried: int = 0, **fields: Any) -> QuizPage:
    attempts = tuple(Attempt(number=n) for n in range(tried))
    return QuizPage(Quiz(**fields), window, 10, Decimal(12), attempts, "")


def rule(label: str, of: QuizPage) -> str:
    return dict(rules_of(of))[label]


def test_the_rules_come_in_the_order_they_are_asked_for() -> None:
    shown = page(lesson=Lesson(title="The wall"), pass_fraction=Decimal("0.6"))

    assert [label for label, _ in rules_of(shown)] == [
        "What is asked", "Time", "Attempts", "Feedback", "The text", "To pass",
    ]  # fmt: skip
    assert rule("To pass", shown) == "60 % of the points."
    assert rule("What is asked", shown) == "Ten questions, twelve points in all."


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (OPEN, "As long as you like."),
        (replace(OPEN, limit_seconds=2400), "40 min from the start."),
        (replace(OPEN, limit_seconds=3600, extended_from_seconds=2400), "60 min, extended from 40 min."),
        (replace(OPEN, closes_at=CLOSING), "As long as you like. It closes on 24 December 2026 at 18:00 UTC."),
        (
            replace(OPEN, closes_at=CLOSING, extended_from_closing=CLOSING),
            "As long as you like. It closes on 24 December 2026 at 18:00 UTC. This date was extended for you.",
        ),
    ],
)
def test_time_is_the_learners_own(window: Window, words: str) -> None:
    assert rule("Time", page(window)) == words


@pytest.mark.parametrize(
    ("fields", "tried", "words"),
    [
        ({}, 3, "As many as you like; the best one counts."),
        ({"attempts_allowed": 1}, 0, "One attempt."),
        ({"attempts_allowed": 1}, 1, "One attempt, which you have used."),
        ({"attempts_allowed": 3, "result_rule": "mean"}, 1, "Two of three left; their mean counts."),
        ({"attempts_allowed": 3, "result_rule": "first"}, 3, "None of three left; the first one counts."),
    ],
)
def test_attempts_left_and_which_counts(fields: dict[str, Any], tried: int, words: str) -> None:
    assert rule("Attempts", page(tried=tried, **fields)) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"mode": "check"}, "After you submit you see your grade, why, and the passages that prove it."),
        (
            {"mode": "practice"},
            (
                "You can check each answer as you go, and see your points, what was right and comments on your "
                "answers; the right answers and the passages that prove them follow once it no longer changes. "
                "After you submit you see your grade, why, and the passages that prove it."
            ),
        ),
        (
            {"mode": "check", "feedback_policy": {"after_answer": ["verdict"], "after_submit": []}},
            "You can check each answer as you go, and see what was right.",
        ),
        (
            {"mode": "exam", "feedback_policy": {"after_answer": ["key"]}},
            (
                "You can check each answer as you go, and see the right answers once it no longer changes. "
                "After you submit you see your points."
            ),
        ),
        ({"mode": "exam"}, "After you submit you see your points."),
        (
            {"mode": "exam", "closes_at": CLOSING},
            f"After you submit you see your points. Once the quiz has closed you see {EVERYTHING}.",
        ),
        (
            {"mode": "exam", "feedback_policy": {"after_submit": ["verdict", "fraction"]}},
            "After you submit you see your points and what was right.",
        ),
        ({"mode": "exam", "feedback_policy": {"after_submit": []}}, "Nothing is shown at once."),
    ],
)
def test_what_is_shown_when(fields: dict[str, Any], words: str) -> None:
    assert feedback_rule(Quiz(**fields)) == words


def test_modes_have_names_of_their_own() -> None:
    assert [mode_in_words(Quiz(mode=mode)) for mode in ("practice", "check", "exam")] == ["Practice", "Graded", "Exam"]


def test_an_attempt_says_what_holds_while_it_is_answered() -> None:
    attempt = Attempt(quiz=Quiz(mode="check", attempts_allowed=2, lesson=Lesson()), number=1)

    assert attempt_in_words(attempt, questions=5, amount=10).startswith(
        "Graded, first of two attempts. Five questions, ten points. The text stays open beside you. After you submit"
    )


@pytest.mark.parametrize(
    ("allowed", "taken", "words"),
    [
        (None, 2, "Practice, second attempt."),
        (1, 1, "Practice, first of one attempt."),
        (None, 14, "Practice, 14th attempt."),
    ],
)
def test_which_attempt_it_is(allowed: int | None, taken: int, words: str) -> None:
    attempt = Attempt(quiz=Quiz(attempts_allowed=allowed), number=taken)

    assert attempt_in_words(attempt, questions=1, amount=1).startswith(words)


def test_the_limit_stands_beside_the_time_left() -> None:
    assert limit_in_words(OPEN) == ""
    assert limit_in_words(replace(OPEN, limit_seconds=2400)) == "of 40 min"
    assert limit_in_words(replace(OPEN, limit_seconds=3600, extended_from_seconds=2400)) == (
        "of 60 min, extended from 40 min"
    )


def test_states_are_counted() -> None:
    assert navigator_in_words(["open", "answered", "flagged", "open"]) == "1 answered, 2 open, 1 flagged."


@pytest.mark.parametrize(
    ("summary", "words"),
    [
        (SubmitSummary(6, 6, (), ()), "All six questions answered"),
        (SubmitSummary(6, 6, (), ((2, "Choose one."),)), "Six of six questions answered"),
        (SubmitSummary(0, 6, (1, 2, 3, 4, 5, 6), ()), "None of six questions answered"),
    ],
)
def test_the_summary_has_a_heading(summary: SubmitSummary, words: str) -> None:
    assert summary_in_words(summary) == words


def test_a_receipt_is_short() -> None:
    attempt = Attempt()

    assert str(attempt.uuid).startswith(receipt_of(attempt))
    assert len(receipt_of(attempt)) == 8
