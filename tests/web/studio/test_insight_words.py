"""Figures of a quiz in sentences."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.buckets import UNANSWERED
from quizzes.domain.insight import QuestionRow
from quizzes.domain.reckoning import OTHERS
from quizzes.models import QuestionVersion
from quizzes.statistics.sums import MILLION, Sums
from web.studio.insight_words import choices_reading, figure, scatter_reading, times_reading


def row(number: int, *pairs: tuple[float, float]) -> QuestionRow:
    """A question with these pairs of fractions, its own and the rest's, each of five learners."""
    ones = [Sums.of_one(round(own * MILLION), round(rest * MILLION)) for own, rest in pairs for _ in range(5)]
    return QuestionRow(number, QuestionVersion(), "", sum(ones, Sums()))


TELLING = row(1, (0, 0), (1, 1), (1, 1))
HARD = row(2, (0, 0), (0, 0.5), (1, 1))
LEVEL = row(3, (0, 1), (1, 1), (1, 0), (1, 1))


class TestScatter:
    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            ([], ""),
            ([TELLING], ""),
            (
                [TELLING, HARD, LEVEL],
                "Question 2 is the hardest, with 33 % earned; question 3 tells least of who knows the rest.",
            ),
            (
                [TELLING, row(4, (0, 1), (0, 0))],
                "",
            ),
            (
                [TELLING, row(5, (0, 1), (0, 1), (0, 0), (1, 0))],
                "Question 5 is the hardest, with 25 % earned, and tells least of who knows the rest.",
            ),
        ],
    )
    def test_the_hardest_and_the_least_telling_are_named(self, rows: list[QuestionRow], said: str) -> None:
        assert scatter_reading(rows) == said


def choice(label: str, *fifths: float | None, credit: float = 0.0, share: float = 0.1, bucket: str = "") -> Any:
    return {"label": label, "bucket": bucket or label, "credit": credit, "share": share, "fifths": fifths}


KEY = choice("the key", 0.2, 0.4, 0.6, 0.8, 1.0, credit=1.0, share=0.6)


class TestChoices:
    @pytest.mark.parametrize(
        ("choices", "said"),
        [
            ([], "No other answer was given more than once."),
            ([KEY], "No other answer was given more than once."),
            (
                [KEY, choice("o", 1, 1, 1, 1, 1, bucket=OTHERS), choice("u", 1, 1, 1, 1, 1, bucket=UNANSWERED)],
                "No other answer was given more than once.",
            ),
            (
                [KEY, choice("a lake", 0.4, 0.2, 0, 0, 0, share=0.12), choice("a wall", 0.2, 0, 0, 0, 0.1, share=0.05)],
                "Of the other answers “a lake” draws most: 12 % of everybody.",
            ),
            (
                [KEY, choice("a lake", 0.9, 0.9, 0, 0, 0, share=0.5), choice("a wall", 0, 0, 0, 0.2, 0.4)],
                "“a wall” draws even the strongest fifth: 40 % of it.",
            ),
            (
                [choice("a lake", 0.4, None, None, None, None, share=0.4)],
                "Of the other answers “a lake” draws most: 40 % of everybody.",
            ),
        ],
    )  # fmt: skip
    def test_whom_the_other_answers_draw_is_said(self, choices: list[Any], said: str) -> None:
        assert choices_reading(choices) == said

    def test_a_long_answer_is_cut(self) -> None:
        said = choices_reading([choice("x" * 200, 0, 0, 0, 0, 1)])
        assert said == f"“{'x' * 59}…” draws even the strongest fifth: 100 % of it."


class TestTimes:
    @pytest.mark.parametrize(
        ("pairs", "earn"),
        [
            ([(1, 0.0), (2, 0.5), (3, 1.0)], "more"),
            ([(1, 1.0), (2, 0.5), (3, 0.0)], "less"),
            ([(1, 1.0), (2, 0.0), (3, 1.0)], "about the same"),
            ([(2, 0.5), (2, 0.5)], "about the same"),
        ],
    )
    def test_whether_longer_attempts_earn_more_is_said(self, pairs: list[tuple[float, float]], earn: str) -> None:
        assert times_reading(pairs) == f"Half of them took 2 minutes or less; longer attempts earn {earn}."

    def test_nobody_says_nothing(self) -> None:
        assert times_reading([]) == ""


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [(None, 0, "–"), (0.4, 0, "0"), (-0.4, 0, "0"), (-9.6, 0, "−10"), (-0.6, 2, "−0.60"), (63.6, 1, "63.6")],
)
def test_a_figure_has_a_true_minus_and_a_dash_for_none(value: float | None, places: int, written: str) -> None:
    assert figure(value, places) == written


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_a_figure_can_be_read_back(value: float, places: int) -> None:
    assert float(figure(value, places).replace("−", "-")) == pytest.approx(value, abs=10**-places)
