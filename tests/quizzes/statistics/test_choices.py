"""Answers filed by bucket and by fifths of learners."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.statistics.choices import FIFTHS, Choice, Given, choices_of, fifths_of

answers = st.lists(
    st.builds(Given, st.sampled_from("abc"), st.sampled_from([0.0, 0.5, 1.0]), st.integers(0, 8).map(float)),
    max_size=40,
)


@pytest.mark.parametrize(
    ("totals", "fifths"),
    [
        ([], []),
        ([3.0], [2]),
        ([1.0, 2.0, 3.0, 4.0, 5.0], [0, 1, 2, 3, 4]),
        ([5.0, 4.0, 3.0, 2.0, 1.0], [4, 3, 2, 1, 0]),
        ([1.0, 1.0, 1.0, 1.0], [2, 2, 2, 2]),
        ([1.0, 2.0], [1, 3]),
        ([0.0, 0.0, 9.0, 9.0], [1, 1, 3, 3]),
        ([float(number) for number in range(10)], [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]),
    ],
)
def test_learners_fall_into_fifths(totals: list[float], fifths: list[int]) -> None:
    found = fifths_of(Counter(totals))

    assert [found[total] for total in totals] == fifths


@given(st.lists(st.integers(0, 20).map(float), min_size=1, max_size=60))
def test_more_points_are_never_a_lower_fifth(totals: list[float]) -> None:
    placed = sorted(fifths_of(Counter(totals)).items())

    assert [fifth for _, fifth in placed] == sorted(fifth for _, fifth in placed)
    assert {fifth for _, fifth in placed} <= set(range(FIFTHS))


def test_a_distractor_of_the_strong_stands_out() -> None:
    key = [Given("key", 1.0, total) for total in (1.0, 2.0, 3.0)]
    trap = [Given("trap", 0.0, total) for total in (4.0, 5.0)]

    assert choices_of([*key, *trap]) == [
        Choice("key", 3, 0.6, 1.0, (1.0, 1.0, 1.0, 0.0, 0.0)),
        Choice("trap", 2, 0.4, 0.0, (0.0, 0.0, 0.0, 1.0, 1.0)),
    ]


def test_a_fifth_of_nobody_has_no_share() -> None:
    assert choices_of([Given("a", 1.0, 1.0), Given("b", 0.0, 2.0)]) == [
        Choice("a", 1, 0.5, 1.0, (None, 1.0, None, 0.0, None)),
        Choice("b", 1, 0.5, 0.0, (None, 0.0, None, 1.0, None)),
    ]


def test_what_earned_more_comes_first_and_then_what_was_given_more() -> None:
    given_ = [
        Given("rare", 0.0, 1.0),
        Given("half", 0.5, 1.0),
        *[Given("often", 0.0, 1.0)] * 2,
        Given("full", 1.0, 1.0),
    ]

    assert [choice.bucket for choice in choices_of(given_)] == ["full", "half", "often", "rare"]


@given(answers)
def test_every_answer_is_in_one_bucket(found: list[Given]) -> None:
    choices = choices_of(found)

    assert sum(choice.count for choice in choices) == len(found)
    assert not found or sum(choice.share for choice in choices) == pytest.approx(1)
    for fifth in range(FIFTHS):
        shares = [choice.fifths[fifth] for choice in choices]
        known = [share for share in shares if share is not None]
        assert not known or sum(known) == pytest.approx(1)
        assert len(known) in (0, len(shares))


@given(answers, st.integers())
def test_the_order_of_answers_changes_nothing(found: list[Given], seed: int) -> None:
    other = list(found)
    Random(seed).shuffle(other)

    assert choices_of(found) == choices_of(other)


@given(answers)
def test_counting_equal_answers_is_naming_each(found: list[Given]) -> None:
    alike = Counter((each.bucket, each.fraction, each.total) for each in found)
    together = [Given(*one, count) for one, count in alike.items()]

    assert choices_of(together) == choices_of(found)
