"""Questions, against the published vector and numpy; with laws that hold of every sheet."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.statistics.questions import ENOUGH, QuestionFigures, question_figures
from quizzes.statistics.sheet import Sheet
from tests.quizzes.statistics.sheets import VECTOR, column_of, rows, sheet_of, vector


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("count", [6, 6, 6, 6]),
        ("facility", [83.33, 66.67, 50, 33.33]),
        ("deviation", [40.82, 51.64, 54.77, 51.64]),
        ("intended_weight", [25, 25, 25, 25]),
        ("effective_weight", [21.43, 23.96, 26.25, 28.35]),
        ("discrimination", [23.35, 12.50, 18.57, 43.30]),
        ("efficiency", [33.33, 14.29, 20.00, 50.00]),
    ],
)
def test_the_published_vector_comes_out(name: str, expected: list[float]) -> None:
    found = [getattr(figures, name) for figures in question_figures(vector())]

    assert found == pytest.approx(expected, abs=1e-2)


def test_a_question_is_compared_with_the_rest_and_not_with_a_total_that_holds_it() -> None:
    second = question_figures(vector())[1]
    own, total = [float(row[1]) for row in VECTOR], [sum(map(float, row)) for row in VECTOR]

    assert second.discrimination == pytest.approx(12.5)
    assert 100 * float(np.corrcoef(own, total)[0][1]) == pytest.approx(53.3, abs=0.1)


def test_a_question_against_the_total_has_a_warning_in_place_of_a_weight() -> None:
    against = question_figures(sheet_of([[1.0, 0.0, 0.0], [0.0, 1.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 1.0]]))[0]

    assert (against.is_negative, against.effective_weight) == (True, None)
    assert against.discrimination == pytest.approx(-100)
    assert against.efficiency == pytest.approx(-100)


def test_a_question_that_all_get_right_tells_nothing() -> None:
    easy = question_figures(sheet_of([[1.0, 0.0], [1.0, 1.0], [1.0, 1.0]]))[0]

    assert (easy.facility, easy.discrimination, easy.efficiency, easy.interval) == (100, None, None, None)
    assert (easy.effective_weight, easy.is_negative) == (0, False)


def test_points_weigh_as_they_should() -> None:
    first, second = question_figures(sheet_of([[3.0, 0.0], [0.0, 1.0], [3.0, 1.0]], possible=[3.0, 1.0]))

    assert (first.intended_weight, second.intended_weight) == (75, 25)
    assert [first.facility, second.facility] == pytest.approx([200 / 3, 200 / 3])


def test_who_was_not_asked_is_not_counted() -> None:
    second = question_figures(sheet_of([[1.0, 1.0], [0.0, None], [0.0, 0.0]]))[1]

    assert (second.count, second.facility) == (2, 50)
    assert second.discrimination == pytest.approx(100)


def test_what_guessing_earns_is_told_where_it_is_known() -> None:
    columns = [column_of([(1.0, 2.0), (0.0, 0.0)], guess=guess) for guess in (0.25, None)]

    assert [figures.guess for figures in question_figures(Sheet(columns, {2.0: 1, 0.0: 1}))] == [25, None]


@pytest.mark.parametrize(("attempts", "is_enough"), [(ENOUGH - 1, False), (ENOUGH, True)])
def test_figures_are_enough_from_ten_attempts_on(attempts: int, is_enough: bool) -> None:
    found = question_figures(sheet_of([[float(n % 2), float(n % 3 > 0)] for n in range(attempts)]))[0]

    assert found.is_enough is is_enough
    assert (found.interval is not None) is is_enough


@given(rows(fewest=3))
def test_discrimination_is_what_numpy_makes_of_it(found: list[list[float]]) -> None:
    table = np.array(found)
    for at, figures in enumerate(question_figures(sheet_of(found))):
        own, rest = table[:, at], np.delete(table, at, axis=1).sum(axis=1)
        if np.ptp(own) and np.ptp(rest):
            assert figures.discrimination == pytest.approx(100 * float(np.corrcoef(own, rest)[0][1]), abs=1e-6)
        else:
            assert figures.discrimination is None


def within(figures: QuestionFigures) -> bool:
    ranges = [(figures.facility, 0), (figures.discrimination, -100), (figures.efficiency, -100)]
    ranges += [(figures.effective_weight, 0), (figures.intended_weight, 0)]
    return all(value is None or low - 1e-9 <= value <= 100 + 1e-9 for value, low in ranges)


@given(rows())
def test_figures_stay_in_their_range(found: list[list[float]]) -> None:
    assert all(within(figures) for figures in question_figures(sheet_of(found)))


@given(rows())
def test_weights_add_up_to_the_whole(found: list[list[float]]) -> None:
    figures = question_figures(sheet_of(found))
    effective = [each.effective_weight for each in figures if each.effective_weight is not None]

    assert sum(each.intended_weight or 0 for each in figures) == pytest.approx(100)
    assert not effective or sum(effective) == pytest.approx(100)


@given(rows(), st.integers())
def test_the_order_of_attempts_changes_nothing(found: list[list[float]], seed: int) -> None:
    other = list(found)
    Random(seed).shuffle(other)

    assert question_figures(sheet_of(found)) == question_figures(sheet_of(other))


@given(rows())
def test_the_order_of_questions_changes_only_theirs(found: list[list[float]]) -> None:
    backwards = [row[::-1] for row in found]

    def rounded(figures: QuestionFigures) -> QuestionFigures:
        weight = figures.effective_weight
        return replace(figures, effective_weight=None if weight is None else round(weight, 6), interval=None)

    there = [rounded(each) for each in question_figures(sheet_of(found))]
    back = [rounded(each) for each in question_figures(sheet_of(backwards))]
    assert there == back[::-1]


@given(rows(), st.integers(2, 4))
def test_attempts_that_earned_the_same_are_counted_once(found: list[list[float]], times: int) -> None:
    """A sheet is no longer for more of the same; only what rests on how many there are changes."""
    once, often = sheet_of(found), sheet_of(found * times)

    assert [len(column.pairs) for column in often.columns] == [len(column.pairs) for column in once.columns]
    for one, more in zip(question_figures(once), question_figures(often), strict=True):
        assert more.count == times * one.count
        assert more.facility == pytest.approx(one.facility)
        assert more.discrimination == pytest.approx(one.discrimination, abs=1e-6)
        assert more.efficiency == pytest.approx(one.efficiency, abs=1e-6)


@given(rows(fewest=3))
def test_efficiency_compares_with_the_same_values_sorted(found: list[list[float]]) -> None:
    table = np.array(found)
    for at, figures in enumerate(question_figures(sheet_of(found))):
        own, rest = table[:, at], np.delete(table, at, axis=1).sum(axis=1)
        largest = float(np.cov(np.sort(own), np.sort(rest))[0][1])
        if figures.efficiency is not None:
            share = 100 * float(np.cov(own, rest)[0][1]) / largest
            assert figures.efficiency == pytest.approx(max(-100, share), abs=1e-6)
