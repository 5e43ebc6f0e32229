"""Folding responses into an attempt: laws of the grading and of the fraction, whatever the answers are worth."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.fold import WORST_FIRST, fold_of, weighted_fraction
from quizzes.models import Grading

ONE, NOTHING = Decimal(1), Decimal(0)
fractions = st.integers(0, 1_000_000).map(lambda parts: Decimal(parts).scaleb(-6))
points = st.integers(1, 999_999).map(lambda parts: Decimal(parts).scaleb(-2))
parts = st.lists(st.tuples(fractions, points), min_size=1, max_size=12)
gradings = st.lists(st.sampled_from(list(Grading)), max_size=8)


@given(gradings, st.randoms())
def test_a_grading_does_not_ask_for_the_order_of_questions(found: list[str], order: object) -> None:
    shuffled = order.sample(found, len(found))  # type: ignore[attr-defined]  # -- a Random
    assert fold_of(found) == fold_of(shuffled) == fold_of(set(found))


@given(gradings, gradings)
def test_the_worse_of_two_halves_is_the_whole(one: list[str], other: list[str]) -> None:
    assert fold_of([*one, *other]) == fold_of([fold_of(one), fold_of(other)])


@given(gradings)
def test_an_attempt_is_graded_exactly_if_every_question_is(found: list[str]) -> None:
    assert (fold_of(found) == Grading.GRADED) == all(each == Grading.GRADED for each in found)


def test_every_state_has_its_place() -> None:
    assert {*WORST_FIRST, Grading.GRADED} == set(Grading)
    for place, worst in enumerate(WORST_FIRST):
        assert fold_of([*WORST_FIRST[place:], Grading.GRADED]) == worst


@given(parts)
def test_a_fraction_lies_between_nothing_and_all(found: list[tuple[Decimal, Decimal]]) -> None:
    assert NOTHING <= weighted_fraction(found) <= ONE


@given(parts)
def test_it_lies_between_the_worst_and_the_best_answer(found: list[tuple[Decimal, Decimal]]) -> None:
    earned = [fraction for fraction, _ in found]
    assert min(earned) <= weighted_fraction(found) <= max(earned)


@given(points.flatmap(lambda each: st.tuples(st.just(each), st.integers(1, 8))), fractions)
def test_answers_worth_the_same_count_the_same(given_points: tuple[Decimal, int], fraction: Decimal) -> None:
    worth, count = given_points
    assert weighted_fraction([(fraction, worth)] * count) == fraction


@given(parts, st.integers(0, 11), fractions)
def test_a_better_answer_never_lowers_it(found: list[tuple[Decimal, Decimal]], place: int, other: Decimal) -> None:
    place %= len(found)
    better = list(found)
    better[place] = (max(other, found[place][0]), found[place][1])
    assert weighted_fraction(better) >= weighted_fraction(found)


@given(parts, st.integers(2, 50))
def test_points_are_shares_and_no_amounts(found: list[tuple[Decimal, Decimal]], times: int) -> None:
    assert weighted_fraction([(fraction, worth * times) for fraction, worth in found]) == weighted_fraction(found)


@given(parts, fractions)
def test_credit_takes_its_share_of_the_whole(found: list[tuple[Decimal, Decimal]], credit: Decimal) -> None:
    late, prompt = weighted_fraction(found, credit=credit), weighted_fraction(found)
    assert late <= prompt
    assert abs(late - prompt * credit) <= Decimal("0.000001")


@given(parts)
def test_without_credit_nothing_is_earned_and_with_all_of_it_everything(found: list[tuple[Decimal, Decimal]]) -> None:
    assert weighted_fraction(found, credit=NOTHING) == NOTHING
    assert weighted_fraction(found, credit=ONE) == weighted_fraction(found)


@given(parts)
def test_it_has_six_places_as_the_database_keeps(found: list[tuple[Decimal, Decimal]]) -> None:
    exponent = weighted_fraction(found).as_tuple().exponent
    assert isinstance(exponent, int)
    assert exponent >= -6


@given(parts)
def test_all_right_is_one_and_all_wrong_is_nothing(found: list[tuple[Decimal, Decimal]]) -> None:
    assert weighted_fraction([(ONE, worth) for _, worth in found]) == ONE
    assert weighted_fraction([(NOTHING, worth) for _, worth in found]) == NOTHING


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_the_order_of_answers_is_nothing_to_it(order: tuple[int, ...]) -> None:
    found = [(Decimal("0.333333"), Decimal("1.5")), (ONE, Decimal("0.01")), (Decimal("0.666667"), Decimal("9999.99"))]
    assert weighted_fraction([found[place] for place in order]) == weighted_fraction(found)


@given(st.lists(st.tuples(st.integers(999_990, 1_000_000).map(lambda n: Decimal(n).scaleb(-6)), points), min_size=1))
def test_full_marks_are_for_who_lost_less_than_rounding_does(found: list[tuple[Decimal, Decimal]]) -> None:
    lost = sum(((ONE - fraction) * worth for fraction, worth in found), NOTHING)
    share = lost / sum((worth for _, worth in found), NOTHING)
    assert (weighted_fraction(found) == ONE) == (share <= Decimal("0.0000005"))
