"""The headings of a quiz's insight: what to look at, how many of which sort, what is lost, how far to trust it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.insight import QuestionRow, ReadPassage
from tests.web.studio.test_insight_words import row
from web.studio.insight_words import (
    headline,
    overview,
    passages_reading,
    results_reading,
    shade,
    sort_of,
    worst_of,
)

TELLING_EASY = row(1, (0, 0), (1, 1), (1, 1))
TELLING_HARD = row(2, (0, 0), (0, 0), (1, 1))
TELLS_LITTLE = row(3, (1, 0), (1, 1), (0, 0.5), (1, 0.5))
HARD_AND_DULL = row(4, (0, 0), (0, 1), (1, 0.5), (0, 0.5))
MISLEADING = row(5, (1, 0), (1, 0), (0, 1))
WORSE = row(6, (1, 0), (0, 1), (1, 0), (0, 1))
ALL_ALIKE = row(7, (1, 0), (1, 1), (1, 0.5))
TOO_FEW = row(8, (1, 0))


@pytest.mark.parametrize(
    ("asked", "sort"),
    [
        (TELLING_EASY, "easy and telling"),
        (TELLING_HARD, "hard and telling"),
        (TELLS_LITTLE, "easy, tells little"),
        (HARD_AND_DULL, "hard, tells little"),
        (MISLEADING, "misleading"),
        (ALL_ALIKE, "tells nothing: all earned the same"),
        (TOO_FEW, ""),
    ],
)
def test_a_question_is_of_one_sort(asked: QuestionRow, sort: str) -> None:
    assert sort_of(asked) == sort


@pytest.mark.parametrize(
    ("rows", "worst"),
    [
        ([], None),
        ([TELLING_EASY, TELLING_HARD], None),
        ([TELLS_LITTLE, ALL_ALIKE, TOO_FEW], None),
        ([TELLING_EASY, MISLEADING], MISLEADING),
        ([MISLEADING, WORSE], MISLEADING),
        ([WORSE, MISLEADING], WORSE),
    ],
)
def test_the_worst_is_the_one_that_misleads_most(rows: list[QuestionRow], worst: QuestionRow | None) -> None:
    assert worst_of(rows) == worst


@pytest.mark.parametrize(
    ("rows", "attempts", "said"),
    [
        ([MISLEADING], 9, "Too few attempts to tell"),
        ([], 0, "Too few attempts to tell"),
        ([TELLING_EASY], 10, "No question misleads"),
        ([TELLING_EASY, MISLEADING], 15, "Question 5 misleads those who know the rest"),
    ],
)
def test_the_heading_is_the_one_thing_to_look_at(rows: list[QuestionRow], attempts: int, said: str) -> None:
    assert headline(rows, attempts) == said


@pytest.mark.parametrize(
    ("rows", "attempts", "said"),
    [
        ([TELLING_EASY], 0, "Reliable from 10 first attempts; 0 so far."),
        ([TELLING_EASY], 9, "Reliable from 10 first attempts; 9 so far."),
        ([], 10, "Ten first attempts."),
        ([ALL_ALIKE, TOO_FEW], 12, "Twelve first attempts."),
        ([TELLING_EASY], 15, "15 first attempts: one question tells well."),
        (
            [TELLING_EASY, TELLING_HARD, TELLS_LITTLE, HARD_AND_DULL, MISLEADING],
            20,
            "20 first attempts: two questions tell well, two questions tell little, one question misleads.",
        ),
        ([MISLEADING, WORSE], 20, "20 first attempts: two questions mislead."),
    ],
)
def test_how_many_are_of_which_sort_is_said(rows: list[QuestionRow], attempts: int, said: str) -> None:
    assert overview(rows, attempts) == said


def passage(lost: float) -> ReadPassage:
    return ReadPassage("A lake feeds two towns.", 0, 1, 20, lost)


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        ([], "Nothing is lost on any passage."),
        ([0.0, 0.0], "Nothing is lost on any passage."),
        ([0.1, 0.424, 0.2], "42 % of what can be earned is lost on one passage."),
        ([1.0], "100 % of what can be earned is lost on one passage."),
    ],
)
def test_where_most_is_lost_is_said(lost: list[float], said: str) -> None:
    assert passages_reading([passage(each) for each in lost]) == said


def figures(mean: float | None, consistency: float | None, count: int = 20) -> dict[str, Any]:
    return {"attempts": {"first": {"mean": mean, "count": count}}, "quiz": {"consistency": consistency}}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (figures(None, None), ""),
        (figures(0.655, None), "Mean 66 % over 20 learners."),
        (figures(None, 80.0), "Consistency 80.0, which is good."),
        (figures(0.5, 75.0), "Mean 50 % over 20 learners. Consistency 75.0, which is good."),
        (figures(0.5, 74.9), "Mean 50 % over 20 learners. Consistency 74.9, which is fair."),
        (figures(0.5, 64.0), "Mean 50 % over 20 learners. Consistency 64.0, which is fair."),
        (figures(0.5, 63.9), "Mean 50 % over 20 learners. Consistency 63.9, which is unsatisfactory."),
        (figures(0.5, -12.5), "Mean 50 % over 20 learners. Consistency −12.5, which is unsatisfactory."),
    ],
)
def test_the_mean_is_told_with_how_far_it_can_be_trusted(found: dict[str, Any], said: str) -> None:
    assert results_reading(found) == said


def test_the_mean_of_one_is_told_of_one_learner() -> None:
    assert results_reading(figures(0.5, None, count=1)) == "Mean 50 % over one learner."


@pytest.mark.parametrize(
    ("lost", "step"),
    [(0.0, 0), (0.05, 0), (0.051, 1), (0.15, 1), (0.16, 2), (0.3, 2), (0.31, 3), (0.5, 3), (0.51, 4), (1.0, 4)],
)
def test_a_passage_is_the_darker_the_more_is_lost(lost: float, step: int) -> None:
    assert shade(lost) == step


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_lost_is_never_lighter(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert shade(low) <= shade(high)
