from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.benchmarks.measures import Prediction, guard_cost, measured, rounded, share_of, weighted_f1
from quizzes.grading.similar.model import Weights

WEIGHTS = Weights(0.0, (), accept=0.8, reject=0.2, right=0.5)
flags = st.lists(st.booleans(), min_size=1, max_size=40)


def said(probability: float, *, is_right: bool, objections: tuple[str, ...] = ()) -> Prediction:
    return Prediction(probability, WEIGHTS, objections, is_right)


FOUND = [
    said(0.9, is_right=True),
    said(0.8, is_right=False),
    said(0.9, is_right=True, objections=("negation",)),
    said(0.6, is_right=True),
    said(0.4, is_right=True),
    said(0.2, is_right=False),
    said(0.1, is_right=True),
    said(0.0, is_right=False),
]


def test_the_figures_of_a_file() -> None:
    assert rounded(measured(FOUND)) == {
        "n": 8,
        "accuracy": 0.625,
        "weighted_f1": 0.631,
        "coverage": 0.625,
        "accuracy_where_sure": 0.6,
        "accepted": 0.25,
        "precision_of_accepts": 0.5,
        "precision_of_rejects": 0.6667,
        "guard_cost": 0.5,
    }


def test_figures_are_rounded_only_to_be_shown() -> None:
    assert measured(FOUND)["precision_of_rejects"] == 2 / 3


def test_where_nothing_is_accepted_or_rejected_there_is_no_precision() -> None:
    found = measured([said(0.5, is_right=True)])
    assert (found["precision_of_accepts"], found["precision_of_rejects"], found["coverage"]) == (None, None, 0.0)
    assert rounded(found)["precision_of_accepts"] is None


def test_guards_cost_what_they_hold_back_of_right_answers_the_model_would_accept() -> None:
    assert guard_cost(FOUND) == 0.5
    assert guard_cost([]) == 0.0


@pytest.mark.parametrize(
    ("given", "right", "f1"),
    [
        ([True, True], [True, True], 1.0),
        ([True, True], [False, False], 0.0),
        ([True, True, True, False], [True, True, False, False], 0.5 * 0.8 + 0.5 * 2 / 3),
        ([], [], 0.0),
    ],
)
def test_f1_of_both_classes_is_weighted_by_their_size(given: list[bool], right: list[bool], f1: float) -> None:
    assert weighted_f1(given, right) == pytest.approx(f1)


@given(flags)
def test_saying_what_people_said_is_perfect_and_the_contrary_worthless(right: list[bool]) -> None:
    assert weighted_f1(right, right) == pytest.approx(1.0)
    assert weighted_f1([not each for each in right], right) == 0.0


@given(flags)
def test_a_share_lies_between_none_and_all(found: list[bool]) -> None:
    assert 0 <= share_of(found) <= 1


predictions = st.lists(
    st.builds(
        Prediction,
        probability=st.floats(0, 1),
        weights=st.just(WEIGHTS),
        objections=st.sampled_from([(), ("negation",)]),
        is_right=st.booleans(),
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("probability", "objections", "kind"),
    [
        (1.0, (), "accepted"),
        (0.8, (), "accepted"),
        (0.79, (), "unsure"),
        (0.21, (), "unsure"),
        (0.2, (), "rejected"),
        (0.0, (), "rejected"),
        (0.8, ("negation",), "unsure"),
        (0.2, ("negation",), "rejected"),
    ],
)
def test_an_answer_is_accepted_rejected_or_neither(probability: float, objections: tuple[str, ...], kind: str) -> None:
    found = said(probability, is_right=True, objections=objections)
    told = "accepted" if found.is_accepted else "rejected" if found.is_rejected else "unsure"
    assert (told, found.is_sure) == (kind, kind != "unsure")


@given(predictions)
def test_accepted_and_rejected_answers_are_the_sure_ones_and_no_answer_is_both(found: list[Prediction]) -> None:
    figures = measured(found)
    rejected = share_of([each.is_rejected for each in found])
    assert not any(each.is_accepted and each.is_rejected for each in found)
    assert figures["coverage"] == pytest.approx(figures["accepted"] + rejected)


@given(predictions)
def test_every_share_lies_between_none_and_all_in_whatever_order(found: list[Prediction]) -> None:
    figures = measured(found)
    shares = [value for name, value in figures.items() if name != "n" and value is not None]
    assert all(0 <= share <= 1 for share in shares)
    assert rounded(measured(found[::-1])) == rounded(figures)


@given(predictions)
def test_without_objections_guards_cost_nothing(found: list[Prediction]) -> None:
    free = [Prediction(each.probability, each.weights, (), each.is_right) for each in found]
    assert guard_cost(free) == 0.0
    assert measured(free)["accepted"] >= measured(found)["accepted"]


@given(flags)
def test_f1_is_the_same_with_right_and_wrong_exchanged(right: list[bool]) -> None:
    given_ = [not each if place % 3 == 0 else each for place, each in enumerate(right)]
    turned = weighted_f1([not each for each in given_], [not each for each in right])
    assert weighted_f1(given_, right) == pytest.approx(turned)


def test_f1_of_lists_of_other_lengths_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than argument 1"):
        weighted_f1([True], [True, False])
