"""The model weighs features as it was told to, and what is kept is what was fitted."""

from __future__ import annotations

import json
from dataclasses import replace
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.grading.similar.model import (
    FARTHEST,
    PRODUCTS_OF,
    Model,
    Scale,
    Weights,
    as_json,
    basis_of,
    model_of,
    shipped,
)

SCALES = {name: Scale(0.5, 0.25) for name in PRODUCTS_OF}
BASIS = len(PRODUCTS_OF) + comb(len(PRODUCTS_OF) + 1, 2)


def weights(*coefficients: float, intercept: float = 0.0) -> Weights:
    return Weights(intercept, (*coefficients, *[0.0] * (BASIS - len(coefficients))), 0.9, 0.1, 0.5)


def features_at(value: float) -> dict[str, float]:
    return dict.fromkeys(PRODUCTS_OF, value)


def test_the_basis_is_standard_values_and_products_of_pairs() -> None:
    basis = basis_of(features_at(0.75), SCALES)
    assert basis == (1.0,) * BASIS


@given(st.floats(-1e6, 1e6))
def test_no_oddity_counts_beyond_the_farthest(value: float) -> None:
    assert max(map(abs, basis_of(features_at(value), SCALES))) <= FARTHEST


@pytest.mark.parametrize(("intercept", "probability"), [(0.0, 0.5), (1.0, 0.7310585786), (-1.0, 0.2689414214)])
def test_the_probability_is_the_logistic_function_of_the_sum(intercept: float, probability: float) -> None:
    assert weights(intercept=intercept).probability((0.0,) * BASIS) == pytest.approx(probability)


@given(st.floats(-1e4, 1e4))
def test_a_probability_stays_within_its_bounds(intercept: float) -> None:
    assert 0 <= weights(intercept=intercept).probability((0.0,) * BASIS) <= 1


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_of_what_counts_for_it_makes_an_answer_likelier(one: float, other: float) -> None:
    counted = weights(2.0)
    low, high = (counted.probability(basis_of(features_at(each), SCALES)) for each in sorted((one, other)))
    assert low <= high


def test_one_reference_and_several_have_weights_of_their_own() -> None:
    model = Model(SCALES, weights(intercept=-1.0), weights(intercept=1.0))
    found = features_at(0.5)
    assert model.probability(found, references=1) < 0.5 < model.probability(found, references=2)
    assert [model.weights(count) for count in (1, 2, 9)] == [model.single, model.several, model.several]


def test_what_is_kept_is_what_was_fitted() -> None:
    model = Model(SCALES, weights(0.1, -0.2), replace(weights(3.0), accept=2.0))
    assert model_of(json.loads(json.dumps(as_json(model)))) == model
    assert model_of(as_json(shipped())) == shipped()


@pytest.mark.parametrize("side", ["single", "several"])
def test_the_shipped_model_is_sure_only_far_from_the_middle(side: str) -> None:
    found: Weights = getattr(shipped(), side)
    assert 0 < found.reject < 0.3 < found.right < 0.7 < found.accept < 1
    assert len(found.coefficients) == len(shipped().scales) + comb(len(PRODUCTS_OF) + 1, 2)
