"""A quiz's rules in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from course.models import Course, CourseState, Lesson
from quizzes.domain.attempt_page import SubmitSummary
from quizzes.domain.deadlines import Window, window_of
from quizzes.domain.mastered import QuizMastery
from quizzes.domain.quiz_page import QuizPage
from quizzes.models import Attempt, Quiz
from quizzes.policy_words import EVERYTHING
from web.learner.quiz_wording import (
    attempt_in_words,
    feedback_rule,
    limit_in_words,
    mastery_in_words,
    mode_in_words,
    navigator_in_words,
    receipt_of,
    rules_of,
    summary_in_words,
)

PUBLISHED = Course(state=CourseState.PUBLISHED)
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
            f"You can check each answer as you go, and see what was right. After you submit you see {EVERYTHING}.",
        ),
        (
            {"mode": "exam", "feedback_policy": {"after_answer": ["key"]}},
            (
                "You can check each answer as you go, and see the right answers once it no longer changes. "
                f"After you submit you see {EVERYTHING}."
            ),
        ),
        ({"mode": "exam"}, f"After you submit you see {EVERYTHING}."),
        (
            {"mode": "exam", "closes_at": CLOSING},
            f"After you submit you see your points. Once the quiz has closed you see {EVERYTHING}.",
        ),
        (
            {"mode": "exam", "feedback_policy": {"after_submit": ["verdict", "fraction"], "after_close": []}},
            "After you submit you see your points and what was right.",
        ),
        ({"mode": "exam", "feedback_policy": {"after_submit": [], "after_close": []}}, "Nothing is shown at once."),
    ],
)
def test_what_is_shown_when(fields: dict[str, Any], words: str) -> None:
    assert feedback_rule(Quiz(**fields)) == words


def test_modes_have_names_of_their_own() -> None:
    assert [mode_in_words(Quiz(mode=mode)) for mode in ("practice", "check", "exam")] == ["Practice", "Graded", "Exam"]


def test_an_attempt_says_what_holds_while_it_is_answered() -> None:
    attempt = Attempt(quiz=Quiz(course=PUBLISHED, mode="check", attempts_allowed=2, lesson=Lesson()), number=1)

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
    attempt = Attempt(quiz=Quiz(course=PUBLISHED, attempts_allowed=allowed), number=taken)

    assert attempt_in_words(attempt, questions=1, amount=1).startswith(words)


def test_the_limit_stands_beside_the_time_left() -> None:
    assert limit_in_words(OPEN) == ""
    assert limit_in_words(replace(OPEN, limit_seconds=2400)) == "of 40 min"
    assert limit_in_words(replace(OPEN, limit_seconds=3600, extended_from_seconds=2400)) == (
        "of 60 min, extended from 40 min"
    )


def test_states_are_counted() -> None:
    assert navigator_in_words(["open", "answered", "flagged", "open"]) == "1 answered, 2 open, 1 flagged."


def test_states_are_counted_in_french_as_its_script_counts_on() -> None:
    with override("fr"):
        counted_on = navigator_in_words(["open", "answered", "right"])
    assert counted_on == "Répondu\u00a0: 1, ouvert\u00a0: 1, juste\u00a0: 1."


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


def windowed(**fields: Any) -> QuizPage:
    quiz = Quiz(**fields)
    return QuizPage(quiz, window_of(quiz, None), 10, Decimal(12), (), "")


def test_late_credit_is_told_before_anybody_starts() -> None:
    late = [{"hours": 24, "credit": 0.8}, {"hours": 48.5, "credit": 0.5}]

    assert rule("Time", windowed(closes_at=CLOSING, late_credit=late)) == (
        "As long as you like. It closes on 24 December 2026 at 18:00 UTC. "
        "What you submit after that counts: up to 24 h later for 80 %, up to 48.5 h later for 50 %."
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"tries_allowed": 3}, "Three checks of each answer."),
        (
            {"try_penalty": Decimal("0.1"), "hint_penalty": Decimal("0.25")},
            (
                "Check each answer as often as you like; each after the first costs 10 % of the points; "
                "each hint costs 25 %."
            ),
        ),
        ({"tries_allowed": 1, "hint_penalty": Decimal(1)}, "One check of each answer; each hint costs 100 %."),
    ],
)
def test_what_tries_and_hints_cost_is_told(fields: dict[str, Any], words: str) -> None:
    assert rule("Tries and hints", page(**fields)) == words


@pytest.mark.parametrize("fields", [{}, {"mode": "exam", "tries_allowed": 3}])
def test_nothing_is_said_of_costs_where_there_are_none(fields: dict[str, Any]) -> None:
    assert "Tries and hints" not in dict(rules_of(page(**fields)))


def test_order_and_building_on_the_last_are_told() -> None:
    of = page(navigation="sequential", build_on_last=True)

    assert rule("Order", of) == "One question after the other, with no way back."
    assert rule("Attempts", of) == "As many as you like; the best one counts. Each begins with the answers of the last."


@pytest.mark.parametrize(
    ("mastery", "words"),
    [
        (QuizMastery(0, 0, 4, 5), "Four of your last five answers right."),
        (QuizMastery(2, 3, 4, 5), "Four of your last five answers right. Now: two of three, not yet."),
        (QuizMastery(4, 5, 4, 5), "Four of your last five answers right. Now: four of five, mastered."),
        (QuizMastery(0, 1, 1, 1), "One of your last one answer right. Now: none of one, not yet."),
    ],
)
def test_mastery_says_what_it_asks_and_where_one_stands(mastery: QuizMastery, words: str) -> None:
    assert mastery_in_words(mastery) == words


def test_practice_after_the_close_says_that_it_does_not_count() -> None:
    attempt = Attempt(quiz=Quiz(course=PUBLISHED, mode="exam"), number=2, counts=False)

    assert attempt_in_words(attempt, questions=1, amount=1).startswith("Practice that does not count, second attempt.")


@pytest.mark.parametrize("state", [CourseState.DRAFT, CourseState.ARCHIVED])
def test_who_answers_in_a_course_that_was_put_away_is_told_what_becomes_of_it(state: CourseState) -> None:
    attempt = Attempt(quiz=Quiz(course=Course(state=state)), number=1)

    words = "The course was put away meanwhile: this attempt goes on, and its answers are graded."
    assert attempt_in_words(attempt, questions=1, amount=1).endswith(f" {words}")
