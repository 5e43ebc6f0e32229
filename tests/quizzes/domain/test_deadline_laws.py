"""Whatever a quiz and a learner's terms are: more time never ends earlier, and later never counts for more."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.models import Enrollment
from quizzes.domain.deadlines import TRANSPORT_GRACE, Window, counts_at, credit_at, deadline_of, window_of
from quizzes.models import Attempt, Quiz
from tests.factories import NOW

HOUR = timedelta(hours=1)
factors = st.integers(100, 1000).map(lambda number: Decimal(number).scaleb(-2))
days = st.integers(0, 366)
starts = st.integers(0, 60 * 24 * 20).map(lambda minutes: NOW + timedelta(minutes=minutes))


@st.composite
def timelines(draw: Any) -> list[dict[str, float]]:
    """Steps whose hours rise and whose credit falls."""
    hours = sorted(draw(st.sets(st.integers(1, 200), max_size=4)))
    shares = sorted(draw(st.lists(st.integers(0, 100), min_size=len(hours), max_size=len(hours))), reverse=True)
    return [{"hours": hour, "credit": credit / 100} for hour, credit in zip(hours, shares, strict=True)]


@st.composite
def quizzes(draw: Any) -> Quiz:
    """A quiz with or without a limit, an opening, a closing and late credit."""
    closes = draw(st.none() | st.integers(1, 60 * 24 * 30).map(lambda minutes: NOW + timedelta(minutes=minutes)))
    return Quiz(
        time_limit_seconds=draw(st.none() | st.integers(1, 100_000)),
        opens_at=draw(st.sampled_from([None, NOW - HOUR])),
        closes_at=closes,
        late_credit=draw(timelines()) if closes else [],
    )


def learner(factor: Decimal = Decimal(1), extra: int = 0) -> Enrollment:
    return Enrollment(time_factor=factor, extra_days=extra)


def is_before(one: datetime | None, other: datetime | None) -> bool:
    """Whether the first is an end and the second is none, or a later one."""
    return one is not None and (other is None or one < other)


@settings(max_examples=40)
@given(quiz=quizzes())
def test_the_usual_terms_are_those_of_nobody_in_particular(quiz: Quiz) -> None:
    window = window_of(quiz, learner())

    assert window == window_of(quiz, None)
    assert (window.extended_from_seconds, window.extended_from_closing) == (None, None)


@settings(max_examples=40)
@given(quiz=quizzes(), factor=factors, extra=days, start=starts)
def test_more_time_never_ends_earlier(quiz: Quiz, factor: Decimal, extra: int, start: datetime) -> None:
    usual, own = window_of(quiz, None), window_of(quiz, learner(factor, extra))
    if usual.is_open(start):
        assert own.is_open(start)
        assert not is_before(deadline_of(own, start), deadline_of(usual, start))


@settings(max_examples=40)
@given(quiz=quizzes(), factor=factors, more=factors, extra=days, start=starts)
def test_still_more_time_never_ends_earlier_than_more(
    quiz: Quiz, factor: Decimal, more: Decimal, extra: int, start: datetime
) -> None:
    low, high = sorted((factor, more))
    less, most = (window_of(quiz, learner(each, extra)) for each in (low, high))
    if less.is_open(start):
        first, last = deadline_of(less, start), deadline_of(most, start)
        # A limit is whole seconds, so that two factors may differ by less than one of them.
        assert first is None or last is None or last >= first - timedelta(seconds=1)


@settings(max_examples=40)
@given(quiz=quizzes(), factor=factors, extra=days, start=starts)
def test_an_attempt_that_may_begin_has_time(quiz: Quiz, factor: Decimal, extra: int, start: datetime) -> None:
    window = window_of(quiz, learner(factor, extra))
    deadline = deadline_of(window, start)
    if window.is_open(start) and deadline is not None:
        assert deadline > start


@settings(max_examples=40)
@given(quiz=quizzes(), start=starts)
def test_nobody_without_more_time_goes_on_after_the_end(quiz: Quiz, start: datetime) -> None:
    window = window_of(quiz, None)
    deadline = deadline_of(window, start)
    if window.is_open(start) and window.ends_at is not None:
        assert deadline is not None
        assert deadline <= window.ends_at


@settings(max_examples=40)
@given(quiz=quizzes(), start=starts)
def test_a_limit_holds_for_whoever_has_no_more_time(quiz: Quiz, start: datetime) -> None:
    deadline = deadline_of(window_of(quiz, None), start)
    if quiz.time_limit_seconds is not None:
        assert deadline is not None
        assert deadline <= start + timedelta(seconds=quiz.time_limit_seconds)


@settings(max_examples=40)
@given(quiz=quizzes(), factor=factors, extra=days, start=starts, one=starts, other=starts)
def test_whoever_hands_in_later_never_counts_for_more(
    quiz: Quiz, factor: Decimal, extra: int, start: datetime, one: datetime, other: datetime
) -> None:
    window = window_of(quiz, learner(factor, extra))
    early, late = sorted((one, other))
    counted = [credit_at(window, started_at=start, submitted_at=each) for each in (early, late)]

    assert 0 <= counted[1] <= counted[0] <= 1


@settings(max_examples=40)
@given(quiz=quizzes(), factor=factors, extra=days, start=starts, submitted=starts)
def test_what_is_handed_in_by_the_closing_counts_in_full(
    quiz: Quiz, factor: Decimal, extra: int, start: datetime, submitted: datetime
) -> None:
    window = window_of(quiz, learner(factor, extra))
    if window.closes_at is None or submitted <= window.closes_at:
        assert credit_at(window, started_at=start, submitted_at=submitted) == 1


@settings(max_examples=40)
@given(quiz=quizzes(), at=starts)
def test_a_window_is_open_or_over_and_never_both(quiz: Quiz, at: datetime) -> None:
    window = window_of(quiz, None)

    assert not (window.is_open(at) and window.is_over(at))
    if window.is_over(at):
        assert window.is_closed(at)
    if window.ends_at is not None:
        assert window.is_closed(at) == window.is_over(at)


@pytest.mark.parametrize(
    ("seconds", "factor", "limit"),
    [(600, "1", 600), (600, "1.5", 900), (601, "1.25", 751), (1, "1.01", 1), (2400, "10", 24_000)],
)
def test_a_limit_is_stretched_to_whole_seconds(seconds: int, factor: str, limit: int) -> None:
    window = window_of(Quiz(time_limit_seconds=seconds), learner(Decimal(factor)))

    assert window.limit_seconds == limit
    assert window.extended_from_seconds == (None if limit == seconds else seconds)


@pytest.mark.parametrize(
    ("late", "ends"),
    [
        ((), NOW),
        ([{"hours": 1, "credit": 0.5}], NOW + HOUR),
        ([{"hours": 1, "credit": 1}, {"hours": 2, "credit": 0}], NOW + 2 * HOUR),
    ],
)
def test_the_end_is_that_of_the_last_late_step(late: Any, ends: datetime) -> None:
    window = window_of(Quiz(closes_at=NOW, late_credit=list(late)), None)

    assert window.ends_at == ends
    assert [window.is_over(ends + each) for each in (-timedelta(seconds=1), timedelta())] == [False, True]


@pytest.mark.parametrize(("seconds", "counts"), [(-1, True), (0, True), (15, True), (16, False)])
def test_a_save_may_be_on_its_way_for_a_moment(seconds: int, counts: bool) -> None:
    assert timedelta(seconds=15) == TRANSPORT_GRACE
    assert counts_at(Attempt(deadline_at=NOW), NOW + timedelta(seconds=seconds)) == counts
    assert counts_at(Attempt(), NOW + timedelta(seconds=seconds))


def test_a_window_without_an_end_is_closed_once_handed_in() -> None:
    window = Window(None, None, None, None, None)

    assert (window.is_open(NOW), window.is_over(NOW), window.is_closed(NOW)) == (True, False, True)
