"""The logistic model of free text: from features to the probability that a person would give the full fraction.

Cox (1958), "The regression analysis of binary sequences". The coefficients are kept in `coefficients.json`, which
`manage.py fit_grader` writes; the model card (docs/grader-similarity.md) says of what they were made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations_with_replacement
from math import exp, fsum
from pathlib import Path
from typing import Any

from quizzes.grading.similar.features import Features

PRODUCTS_OF = (
    "f1", "new_rare_recall", "trigrams", "outside", "content_words", "from_question", "soft_recall", "rarest_missed",
    "mean_f1", "new_words",
)  # fmt: skip
"""Features whose products with each other count too: one alone says less than it does beside another."""
FARTHEST = 4.0
"""Standard deviations, and products of two, beyond which a value counts as this: no one oddity decides."""
COEFFICIENTS = Path(__file__).with_name("coefficients.json")


@dataclass(frozen=True, slots=True)
class Scale:
    """A feature's mean and standard deviation over the answers the model was fitted on."""

    mean: float
    deviation: float

    def standard(self, value: float) -> float:
        return _clipped((value - self.mean) / self.deviation)


@dataclass(frozen=True, slots=True)
class Weights:
    """Coefficients in the order of the basis, and three probabilities.

    From `accept` on an answer is surely right, up to `reject` surely not; from `right` on it is rather right.
    """

    intercept: float
    coefficients: tuple[float, ...]
    accept: float
    reject: float
    right: float

    def probability(self, basis: tuple[float, ...]) -> float:
        """That a person would give the full fraction, 0..1."""
        total = self.intercept + fsum(map(float.__mul__, self.coefficients, basis))
        return 1 / (1 + exp(-total)) if total >= 0 else exp(total) / (1 + exp(total))


@dataclass(frozen=True, slots=True)
class Model:
    """One scale for all; weights of their own for questions with a single reference and with several.

    With several references an answer that resembles none is more surely wrong than with one, which may just be
    worded differently: neither set of weights serves the other's questions well.
    """

    scales: Mapping[str, Scale]
    single: Weights
    several: Weights

    def weights(self, references: int) -> Weights:
        return self.several if references > 1 else self.single

    def probability(self, found: Features, *, references: int) -> float:
        """Of the features of an answer to a question with so many references."""
        return self.weights(references).probability(basis_of(found, self.scales))


def basis_of(found: Features, scales: Mapping[str, Scale]) -> tuple[float, ...]:
    """What is weighed: each feature in standard deviations, then products of pairs. The order is that of the scales."""
    standard = {name: scale.standard(found[name]) for name, scale in scales.items()}
    core = [standard[name] for name in PRODUCTS_OF]
    products = (_clipped(one * other) for one, other in combinations_with_replacement(core, 2))
    return (*standard.values(), *products)


def as_json(model: Model) -> dict[str, Any]:
    """The model as it is kept; `model_of` reads it."""
    return {
        "features": {name: [scale.mean, scale.deviation] for name, scale in model.scales.items()},
        "single": _weights_as_json(model.single),
        "several": _weights_as_json(model.several),
    }


def model_of(kept: Mapping[str, Any]) -> Model:
    """The model that `as_json` wrote."""
    scales = {name: Scale(*values) for name, values in kept["features"].items()}
    return Model(scales, *(_weights_of(kept[name]) for name in ("single", "several")))


@cache
def shipped() -> Model:
    """The model that comes with Postil, read once in a process."""
    return model_of(json.loads(COEFFICIENTS.read_text(encoding="utf-8")))


def _weights_of(kept: Mapping[str, Any]) -> Weights:
    return Weights(
        kept["intercept"], tuple(kept["coefficients"]), kept["accept"], kept["reject"], kept["right"]
    )  # fmt: skip


def _weights_as_json(weights: Weights) -> dict[str, Any]:
    return {
        "intercept": weights.intercept,
        "coefficients": list(weights.coefficients),
        "accept": weights.accept,
        "reject": weights.reject,
        "right": weights.right,
    }


def _clipped(value: float) -> float:
    return max(-FARTHEST, min(FARTHEST, value))
