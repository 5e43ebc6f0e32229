"""Intervals: the same every time, around the figure, and narrower the more is known."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.statistics.intervals import MANY, Interval, interval_of
from quizzes.statistics.moments import correlation


def related(count: int, *, noise: float = 1.0, seed: int = 7) -> tuple[list[float], list[float]]:
    """Pairs of which the second is the first with as much noise."""
    draw = Random(seed)
    xs = [draw.random() for _ in range(count)]
    return xs, [x + noise * draw.random() for x in xs]


def paired(xs: list[float], ys: list[float]) -> Counter[tuple[float, float]]:
    return Counter(zip(xs, ys, strict=True))


def width(found: Interval | None) -> float:
    assert found is not None
    return found.high - found.low


def test_what_does_not_vary_has_no_interval() -> None:
    assert interval_of(Counter((1.0, float(number)) for number in range(12))) is None


@pytest.mark.parametrize("count", [12, 60, MANY, MANY + 1, 2_000])
def test_the_interval_is_around_the_figure(count: int) -> None:
    xs, ys = related(count)

    found, whole = interval_of(paired(xs, ys)), correlation(xs, ys)

    assert found is not None
    assert whole is not None
    assert -100 <= found.low < 100 * whole < found.high <= 100


def test_more_attempts_make_it_narrower() -> None:
    widths = [width(interval_of(paired(*related(count)))) for count in (12, 60, MANY, 2_000)]

    assert widths == sorted(widths, reverse=True)


def test_the_bootstrap_and_fisher_agree_where_one_takes_over_from_the_other() -> None:
    fewer, more = interval_of(paired(*related(MANY))), interval_of(paired(*related(MANY + 1)))

    assert fewer is not None
    assert more is not None
    assert (fewer.low, fewer.high) == pytest.approx((more.low, more.high), abs=5)


@pytest.mark.parametrize("count", [30, MANY + 30])
def test_what_goes_together_wholly_is_certain(count: int) -> None:
    xs = [float(number) for number in range(count)]

    found = interval_of(paired(xs, [2 * x for x in xs]))

    assert found is not None
    assert [found.low, found.high] == pytest.approx([100, 100])


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), min_size=10, max_size=20), st.integers())
def test_the_order_of_pairs_changes_nothing(pairs: list[tuple[int, int]], seed: int) -> None:
    other = list(pairs)
    Random(seed).shuffle(other)

    assert interval_of(paired(*columns(pairs))) == interval_of(paired(*columns(other)))


def columns(pairs: list[tuple[int, int]]) -> tuple[list[float], list[float]]:
    return [float(x) for x, _ in pairs], [float(y) for _, y in pairs]


def test_fisher_is_as_wide_as_worked_out_by_hand() -> None:
    # r = 0 and n = 403: z has a deviation of 1/20, so the interval is tanh(±1.959964/20).
    xs = [0.0, 0.0, 1.0, 1.0] * 100 + [0.5] * 3
    ys = [0.0, 1.0, 0.0, 1.0] * 100 + [0.5] * 3

    found = interval_of(paired(xs, ys))

    assert found is not None
    assert [found.low, found.high] == pytest.approx([-9.768, 9.768], abs=1e-3)
