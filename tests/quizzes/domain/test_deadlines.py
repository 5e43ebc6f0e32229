"""Until when a learner may answer."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from course.models import Enrollment
from quizzes.domain.deadlines import counts_at, deadline_of, window_of
from quizzes.models import Attempt, Quiz
from tests.factories import NOW

HOUR = timedelta(hours=1)


def quiz(**fields: object) -> Quiz:
    return Quiz(**fields)


def test_a_quiz_without_limits_has_no_deadline() -> None:
    window = window_of(quiz(), None)

    assert deadline_of(window, NOW) is None
    assert window.is_open(NOW)


def test_the_time_limit_counts_from_the_start() -> None:
    assert deadline_of(window_of(quiz(time_limit_seconds=600), None), NOW) == NOW + timedelta(minutes=10)


def test_the_closing_comes_before_a_longer_limit() -> None:
    window = window_of(quiz(time_limit_seconds=7200, closes_at=NOW + HOUR), None)

    assert deadline_of(window, NOW) == NOW + HOUR


def test_an_accommodation_extends_limit_and_window_and_says_from_what() -> None:
    learner = Enrollment(time_factor=Decimal("1.50"), extra_days=2)

    window = window_of(quiz(time_limit_seconds=2400, closes_at=NOW), learner)

    assert (window.limit_seconds, window.extended_from_seconds) == (3600, 2400)
    assert (window.closes_at, window.extended_from_closing) == (NOW + timedelta(days=2), NOW)


def test_without_an_accommodation_nothing_is_extended() -> None:
    window = window_of(quiz(time_limit_seconds=2400, closes_at=NOW), Enrollment(time_factor=Decimal(1), extra_days=0))

    assert (window.extended_from_seconds, window.extended_from_closing) == (None, None)


@pytest.mark.parametrize(("offset", "is_open"), [(-1, False), (0, True), (3599, True), (3600, False)])
def test_a_window_is_open_from_its_opening_up_to_its_closing(offset: int, is_open: bool) -> None:
    window = window_of(quiz(opens_at=NOW, closes_at=NOW + HOUR), None)

    assert window.is_open(NOW + timedelta(seconds=offset)) is is_open


@pytest.mark.parametrize(("offset", "counts"), [(0, True), (15, True), (16, False)])
def test_a_save_counts_until_the_grace_for_transport_is_over(offset: int, counts: bool) -> None:
    assert counts_at(Attempt(deadline_at=NOW), NOW + timedelta(seconds=offset)) is counts


def test_without_a_deadline_every_save_counts() -> None:
    assert counts_at(Attempt(), NOW + timedelta(days=999))


@pytest.mark.parametrize("days", [1, 107, 180, 366, 20_000])
@pytest.mark.parametrize("factor", ["1", "1.5", "10"])
def test_a_limit_of_months_is_extended_like_one_of_minutes(days: int, factor: str) -> None:
    limit = days * 86_400
    window = window_of(quiz(time_limit_seconds=limit), Enrollment(time_factor=Decimal(factor), extra_days=0))

    assert deadline_of(window, NOW) == NOW + timedelta(seconds=round(limit * Decimal(factor)))


def test_more_time_within_a_window_is_exact_to_the_microsecond() -> None:
    learner = Enrollment(time_factor=Decimal("1.5"), extra_days=0)
    window = window_of(quiz(time_limit_seconds=600, closes_at=NOW + timedelta(microseconds=7)), learner)

    assert deadline_of(window, NOW) == NOW + timedelta(microseconds=10)
