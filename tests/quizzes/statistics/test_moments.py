"""Moments against the standard library, numpy and figures worked out by hand."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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

values = st.lists(st.integers(-40, 40).map(lambda number: number / 8), min_size=4, max_size=40)
spread_out = values.filter(lambda found: max(found) > min(found))


@pytest.mark.parametrize(("figure", "needed"), [(mean, 1), (variance, 2), (deviation, 2), (skewness, 3), (kurtosis, 4)])
def test_a_figure_needs_this_many_values(figure: Callable[[list[float]], float | None], needed: int) -> None:
    enough = [float(number) for number in range(needed)]

    assert figure(enough) is not None
    assert figure(enough[1:]) is None


@pytest.mark.parametrize("figure", [skewness, kurtosis])
def test_what_does_not_vary_has_no_shape(figure: Callable[[list[float]], float | None]) -> None:
    assert figure([0.1] * 7) is None


def test_what_does_not_vary_goes_with_nothing() -> None:
    assert correlation([0.1] * 5, [1.0, 2.0, 3.0, 4.0, 5.0]) is None
    assert correlation([1.0, 2.0, 3.0, 4.0, 5.0], [0.1] * 5) is None


def test_a_long_tail_on_the_right_is_positive_skewness() -> None:
    # Of [0, 0, 0, 5] the k-statistics are k2 = 6.25 and k3 = 31.25.
    assert skewness([0.0, 0.0, 0.0, 5.0]) == pytest.approx(2.0)
    assert skewness([0.0, 5.0, 5.0, 5.0]) == pytest.approx(-2.0)


@given(spread_out)
def test_spread_is_what_the_standard_library_says(found: list[float]) -> None:
    assert mean(found) == pytest.approx(statistics.fmean(found))
    assert variance(found) == pytest.approx(statistics.variance(found))
    assert deviation(found) == pytest.approx(statistics.stdev(found))


@given(spread_out)
def test_shape_is_what_numpy_makes_of_it(found: list[float]) -> None:
    n, distances = len(found), np.array(found) - np.mean(found)
    second, third, fourth = (np.mean(distances**power) for power in (2, 3, 4))
    expected_skewness = third / second**1.5 * np.sqrt(n * (n - 1)) / (n - 2)
    expected_kurtosis = ((n + 1) * (fourth / second**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))

    assert skewness(found) == pytest.approx(expected_skewness, abs=1e-9)
    assert kurtosis(found) == pytest.approx(expected_kurtosis, abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=40))
def test_pairs_are_what_numpy_makes_of_them(pairs: list[tuple[int, int]]) -> None:
    xs, ys = [float(x) for x, _ in pairs], [float(y) for _, y in pairs]

    assert covariance(xs, ys) == pytest.approx(float(np.cov(xs, ys)[0][1]))
    if len(set(xs)) > 1 and len(set(ys)) > 1:
        assert correlation(xs, ys) == pytest.approx(float(np.corrcoef(xs, ys)[0][1]))


@given(spread_out)
def test_what_is_the_same_goes_together_wholly(found: list[float]) -> None:
    assert correlation(found, found) == pytest.approx(1)
    assert correlation(found, [-each for each in found]) == pytest.approx(-1)


@given(spread_out, st.integers())
def test_the_order_of_values_changes_nothing(found: list[float], seed: int) -> None:
    other = list(found)
    Random(seed).shuffle(other)

    for figure in (mean, variance, deviation, skewness, kurtosis):
        assert figure(found) == figure(other)


counted = st.lists(st.tuples(st.integers(-40, 40).map(lambda number: number / 8), st.integers(1, 5)), min_size=1)


def each_by_itself(found: list[tuple[float, int]]) -> list[float]:
    return [value for value, count in found for _ in range(count)]


@pytest.mark.parametrize("figure", [mean, variance, deviation, skewness, kurtosis, median])
@given(found=counted)
def test_counting_equal_values_is_naming_each(
    figure: Callable[..., float | None], found: list[tuple[float, int]]
) -> None:
    together = figure([value for value, _ in found], [count for _, count in found])
    apart = figure(each_by_itself(found))

    assert together == (None if apart is None else pytest.approx(apart, abs=1e-6))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 4)), min_size=2, max_size=12))
def test_counting_equal_pairs_is_naming_each(found: list[tuple[int, int, int]]) -> None:
    xs, ys, counts = [float(x) for x, _, _ in found], [float(y) for _, y, _ in found], [n for _, _, n in found]
    every_x, every_y = (each_by_itself(list(zip(values, counts, strict=True))) for values in (xs, ys))

    assert covariance(xs, ys, counts) == pytest.approx(covariance(every_x, every_y))
    assert correlation(xs, ys, counts) == pytest.approx(correlation(every_x, every_y))


@given(st.lists(st.integers(-40, 40).map(lambda number: number / 8), min_size=1))
def test_the_middle_is_what_the_standard_library_says(found: list[float]) -> None:
    assert median(found) == statistics.median(found)


def test_nothing_has_no_middle() -> None:
    assert median([]) is None
