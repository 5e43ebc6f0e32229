"""A quiz as a whole, against the published vector, the standard library and numpy."""

from __future__ import annotations

import statistics
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.statistics.quiz import QuizFigures, Spread, Which, quiz_figures, spreads
from quizzes.statistics.sheet import Column, Sheet
from tests.quizzes.statistics.sheets import rows, sheet_of, vector


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("count", 6),
        ("mean", 2.3333),
        ("median", 2.5),
        ("deviation", 1.2111),
        ("skewness", 0.0751),
        ("kurtosis", -1.5496),
        ("consistency", 42.42),
        ("error_ratio", 75.88),
        ("standard_error", 0.9189),
    ],
)
def test_the_published_vector_comes_out(name: str, expected: float) -> None:
    assert getattr(quiz_figures(vector()), name) == pytest.approx(expected, abs=1e-2)


def test_one_attempt_has_a_mean_and_nothing_else() -> None:
    figures = quiz_figures(sheet_of([[1.0, 0.5]]))

    assert (figures.count, figures.mean, figures.median) == (1, 1.5, 1.5)
    assert {figures.deviation, figures.skewness, figures.consistency, figures.standard_error} == {None}


def test_no_attempt_has_no_figures() -> None:
    figures = quiz_figures(Sheet([Column({}, 1.0), Column({}, 1.0)], {}))

    assert figures == QuizFigures(0, None, None, None, None, None, None, None, None)


def test_one_question_has_no_consistency() -> None:
    figures = quiz_figures(sheet_of([[1.0], [0.0], [1.0]]))

    assert figures.deviation is not None
    assert (figures.consistency, figures.error_ratio, figures.standard_error) == (None, None, None)


def test_questions_drawn_for_some_have_no_consistency() -> None:
    figures = quiz_figures(sheet_of([[1.0, 1.0, None], [0.0, None, 1.0], [1.0, 0.0, None]]))

    assert figures.mean == pytest.approx(4 / 3)
    assert figures.consistency is None


def test_questions_that_say_the_same_are_wholly_consistent() -> None:
    figures = quiz_figures(sheet_of([[1.0, 1.0], [0.0, 0.0], [1.0, 1.0]]))

    assert figures.consistency == pytest.approx(100)
    assert (figures.error_ratio, figures.standard_error) == (0, 0)


def test_each_choice_of_attempts_counts_its_own() -> None:
    assert spreads([[0.25, 0.75, 0.5], [1.0]]) == {
        Which.FIRST: Spread(2, 0.625),
        Which.LAST: Spread(2, 0.75),
        Which.BEST: Spread(2, 0.875),
        Which.ALL: Spread(4, 0.625),
    }


def test_nobodys_attempts_have_no_mean() -> None:
    assert set(spreads([]).values()) == {Spread(0, None)}


@given(st.lists(st.lists(st.floats(0, 1), min_size=1, max_size=5), min_size=1, max_size=12))
def test_the_best_attempts_are_never_below_first_or_last(attempts: list[list[float]]) -> None:
    found = spreads(attempts)

    best = found[Which.BEST].mean
    assert best is not None
    for which in (Which.FIRST, Which.LAST):
        other = found[which].mean
        assert other is not None
        assert other <= best + 1e-9
    assert found[Which.ALL].count >= found[Which.FIRST].count


@given(rows(fewest=4))
def test_totals_are_what_the_standard_library_says(found: list[list[float]]) -> None:
    figures, totals = quiz_figures(sheet_of(found)), [sum(row) for row in found]

    assert figures.mean == pytest.approx(statistics.fmean(totals))
    assert figures.median == pytest.approx(statistics.median(totals))
    assert figures.deviation == pytest.approx(statistics.stdev(totals))


@given(rows(fewest=2))
def test_consistency_is_what_numpy_makes_of_it(found: list[list[float]]) -> None:
    table = np.array(found)
    whole = float(table.sum(axis=1).var(ddof=1))
    p = table.shape[1]

    figures = quiz_figures(sheet_of(found))

    if whole > 1e-12:
        expected = 100 * p / (p - 1) * (1 - float(table.var(axis=0, ddof=1).sum()) / whole)
        assert figures.consistency == pytest.approx(expected, abs=1e-6)
        assert expected <= 100 + 1e-9
    else:
        assert figures.consistency is None


@given(rows(), st.integers())
def test_the_order_of_attempts_changes_nothing(found: list[list[float]], seed: int) -> None:
    other = list(found)
    Random(seed).shuffle(other)

    assert quiz_figures(sheet_of(found)) == quiz_figures(sheet_of(other))
