"""Figures that others have published, and identities of theirs that hold of every sheet."""

from __future__ import annotations

from collections.abc import Sequence
from math import atanh, sqrt
from random import Random
from statistics import NormalDist

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.statistics.intervals import MANY, NORMAL, interval_of
from quizzes.statistics.moments import (
    correlation,
    covariance,
    deviation,
    kurtosis,
    mean,
    median,
    skewness,
    variance,
)
from quizzes.statistics.questions import question_figures
from quizzes.statistics.quiz import quiz_figures
from quizzes.statistics.sums import MILLION, Sums
from tests.quizzes.statistics.sheets import column_of, rows, sheet_of

ANSCOMBE_X = [10.0, 8.0, 13.0, 9.0, 11.0, 14.0, 6.0, 4.0, 12.0, 7.0, 5.0]
ANSCOMBE = {
    "line": (ANSCOMBE_X, [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]),
    "curve": (ANSCOMBE_X, [9.14, 8.14, 8.74, 8.77, 9.26, 8.10, 6.13, 3.10, 9.13, 7.26, 4.74]),
    "outlier": (ANSCOMBE_X, [7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73]),
    "one far off": ([8.0] * 7 + [19.0] + [8.0] * 3,
                    [6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.50, 5.56, 7.91, 6.89]),
}  # fmt: skip
SHAPED = [3.0, 4.0, 5.0, 2.0, 3.0, 4.0, 5.0, 6.0, 4.0, 7.0]
STRENGTHS = [1345.0, 1301.0, 1368.0, 1322.0, 1310.0, 1370.0, 1318.0, 1350.0, 1303.0, 1299.0]


@pytest.mark.parametrize("xs_and_ys", ANSCOMBE.values(), ids=ANSCOMBE)
def test_anscombes_quartet_agrees_in_every_moment(xs_and_ys: tuple[list[float], list[float]]) -> None:
    """F. J. Anscombe, "Graphs in Statistical Analysis", The American Statistician 27 (1973), p. 19."""
    xs, ys = xs_and_ys
    assert (mean(xs), variance(xs)) == (9.0, 11.0)
    assert mean(ys) == pytest.approx(7.50, abs=0.005)
    assert variance(ys) == pytest.approx(4.12, abs=0.01)
    assert correlation(xs, ys) == pytest.approx(0.816, abs=0.001)


@pytest.mark.parametrize(
    ("figure", "values", "published"),
    [
        (skewness, SHAPED, 0.359543071),
        (kurtosis, SHAPED, -0.151799637),
        (variance, STRENGTHS, 754.2666667),
        (deviation, STRENGTHS, 27.46391572),
        (median, [1.0, 2.0, 3.0, 4.0, 5.0], 3.0),
        (median, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3.5),
    ],
)
def test_the_examples_of_a_spreadsheets_manual_come_out(figure, values: list[float], published: float) -> None:  # type: ignore[no-untyped-def]  # -- one of six functions of one shape
    """SKEW, KURT, VAR.S, STDEV.S and MEDIAN as Microsoft documents them for Excel."""
    assert figure(values) == pytest.approx(published, rel=1e-8)


def test_its_examples_of_two_columns_come_out_too() -> None:
    """CORREL and COVARIANCE.S."""
    assert correlation([3, 2, 4, 5, 6], [9, 7, 12, 15, 17]) == pytest.approx(0.997054486, rel=1e-8)
    assert covariance([2, 4, 8], [5, 11, 12]) == pytest.approx(9.666666667, rel=1e-8)


def test_the_normal_quantile_is_that_of_95_per_cent() -> None:
    assert pytest.approx(NormalDist().inv_cdf(0.975), abs=1e-6) == NORMAL


@given(st.integers(MANY // 2, 10**6), st.integers(1, 10**6))
def test_fishers_interval_is_even_in_z(agree: int, differ: int) -> None:
    """R. A. Fisher, "On the probable error of a coefficient of correlation", Metron 1 (1921): 1/sqrt(n - 3)."""
    counted = {(0.0, 0.0): agree, (1.0, 1.0): agree, (0.0, 1.0): differ, (1.0, 0.0): differ}
    found, whole = interval_of(counted), (agree - differ) / (agree + differ)
    assert found is not None
    assume(max(abs(found.low), abs(found.high)) < 99.99)
    low, high = atanh(found.low / 100), atanh(found.high / 100)
    assert (low + high) / 2 == pytest.approx(atanh(whole), abs=1e-9)
    assert (high - low) / 2 == pytest.approx(NORMAL / sqrt(2 * agree + 2 * differ - 3), rel=1e-6)


@given(st.lists(st.lists(st.sampled_from([0.0, 1.0]), min_size=3, max_size=3), min_size=3, max_size=12))
def test_of_right_and_wrong_alone_the_consistency_is_kuder_and_richardsons(table: list[list[float]]) -> None:
    """KR-20: G. F. Kuder and M. W. Richardson, "The theory of the estimation of test reliability" (1937), no. 20."""
    n, totals = len(table), [sum(row) for row in table]
    middle = sum(totals) / n
    spread = sum((total - middle) ** 2 for total in totals) / n
    shares = [sum(row[at] for row in table) / n for at in range(3)]
    found = quiz_figures(sheet_of(table)).consistency
    if spread:
        assert found == pytest.approx(100 * 3 / 2 * (1 - sum(p * (1 - p) for p in shares) / spread), abs=1e-6)
    else:
        assert found is None


@pytest.mark.parametrize("times", [2, 3, 5])
@pytest.mark.parametrize("seed", range(4))
def test_as_many_parallel_questions_more_are_as_consistent_as_spearman_and_brown_say(times: int, seed: int) -> None:
    """Standardised: equal spreads, equal covariances (C. Spearman; W. Brown, British Journal of Psychology 3, 1910)."""
    chance = Random(seed)
    ability = [chance.gauss(0, 1) for _ in range(4_000)]
    short = [[one + chance.gauss(0, 1) for _ in range(2)] for one in ability]
    long = [[one + chance.gauss(0, 1) for _ in range(2 * times)] for one in ability]
    before, after = (quiz_figures(sheet_of(table)).consistency for table in (short, long))
    assert before is not None
    assert after is not None
    share = before / 100
    assert after == pytest.approx(100 * times * share / (1 + (times - 1) * share), abs=2.5)


@given(rows(fewest=3), st.sampled_from([0.25, 3.0, 40.0]))
def test_points_of_another_size_change_no_share(table: list[list[float]], size: float) -> None:
    once, scaled = (
        sheet_of(table),
        sheet_of([[each * size for each in row] for row in table], possible=[size] * len(table[0])),
    )
    for one, other in zip(question_figures(once), question_figures(scaled), strict=True):
        for name in ("facility", "deviation", "intended_weight", "effective_weight", "discrimination", "efficiency"):
            assert getattr(other, name) == _near(getattr(one, name))
    before, after = quiz_figures(once), quiz_figures(scaled)
    assert after.consistency == _near(before.consistency)
    assert after.skewness == _near(before.skewness)
    assert after.standard_error == _near(None if before.standard_error is None else before.standard_error * size)


@given(rows(fewest=3))
def test_a_question_that_everybody_solves_changes_nothing_about_the_others(table: list[list[float]]) -> None:
    alone, together = (question_figures(sheet_of(each)) for each in (table, [[*row, 1.0] for row in table]))
    for one, other in zip(alone, together[:-1], strict=True):
        assert other.facility == one.facility
        assert other.discrimination == _near(one.discrimination)
        assert other.efficiency == _near(one.efficiency)
    assert (together[-1].facility, together[-1].discrimination) == (100, None)


@given(rows(fewest=3, narrowest=2))
def test_turning_every_answer_round_turns_no_agreement_round(table: list[list[float]]) -> None:
    right, wrong = (question_figures(sheet_of(each)) for each in (table, [[1 - each for each in row] for row in table]))
    for one, other in zip(right, wrong, strict=True):
        assert other.facility == pytest.approx(100 - (one.facility or 0))
        assert other.discrimination == _near(one.discrimination)
        assert other.deviation == _near(one.deviation)


@given(rows(fewest=2))
def test_the_error_is_what_consistency_leaves(table: list[list[float]]) -> None:
    """The standard error of measurement: s * sqrt(1 - alpha) (F. M. Lord and M. R. Novick, 1968, section 3.8)."""
    found = quiz_figures(sheet_of(table))
    if found.consistency is None or found.deviation is None:
        assert (found.error_ratio, found.standard_error) == (None, None)
    else:
        left = max(0.0, 1 - found.consistency / 100)
        assert found.error_ratio == pytest.approx(100 * sqrt(left))
        assert found.standard_error == pytest.approx(found.deviation * sqrt(left))


@pytest.mark.parametrize(
    "values",
    [[0.3, 0.1 + 0.2, 0.3], [1.1 + 2.2, 3.3, 3.3, 3.3], [0.7, 0.1 * 7, 0.7, 0.7]],
    ids=["three tenths", "three and three tenths", "seven tenths"],
)
def test_values_that_differ_only_in_how_they_were_added_up_do_not_vary(values: Sequence[float]) -> None:
    others = [float(number) for number in range(len(values))]
    assert len(set(values)) > 1
    assert correlation(values, others) is None
    assert correlation(others, values) is None
    assert (skewness(values), kurtosis(values)) == (None, None)


@pytest.mark.parametrize("attempts", [10, MANY, MANY + 1, 5 * MANY])
def test_no_interval_is_told_of_what_varies_only_in_its_last_place(attempts: int) -> None:
    pairs = [(0.1 + 0.2 if at % 2 else 0.3, float(at % 3)) for at in range(attempts)]
    (figures,) = question_figures(sheet_of([[own] for own, _ in pairs]))
    assert figures.interval is None
    counted = {(0.3, 0.0): attempts // 2, (0.1 + 0.2, 1.0): attempts - attempts // 2}
    assert interval_of(counted) is None


@given(st.integers(1, 10**6), st.integers(0, MILLION))
def test_a_million_equal_answers_are_exact(times: int, fraction: int) -> None:
    sums = Sums.of_one(fraction, MILLION - fraction) * times
    assert sums.facility == pytest.approx(fraction / 10_000, abs=1e-9)
    assert (sums.deviation, sums.discrimination) == (None if times == 1 else 0.0, None)


@given(st.integers(2, 50), st.integers(2, 50))
def test_one_that_goes_wholly_with_the_rest_discriminates_wholly(right: int, wrong: int) -> None:
    sums = Sums.of_one(MILLION, MILLION) * right + Sums.of_one(0, 0) * wrong
    against = Sums.of_one(0, MILLION) * right + Sums.of_one(MILLION, 0) * wrong
    assert [sums.discrimination, against.discrimination] == pytest.approx([100, -100])


@pytest.mark.parametrize("guess", [0.0, 0.2, 1.0])
def test_what_guessing_earns_is_told_as_it_was_given(guess: float) -> None:
    column = column_of([(1.0, 2.0), (0.0, 1.0)], guess=guess)
    assert column.guess == guess


def _near(value: float | None) -> object:
    return None if value is None else pytest.approx(value, abs=1e-5)
