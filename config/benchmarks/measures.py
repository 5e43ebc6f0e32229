"""How well predictions agree with people: accuracy, weighted F1, and both where the grader is sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.grading.similar.model import Model, Weights


@dataclass(frozen=True)
class Prediction:
    """What a model says of one answer, what the guards say, and what a person said."""

    probability: float
    weights: Weights
    objections: Sequence[str]
    is_right: bool

    @property
    def says_right(self) -> bool:
        """The better of the two guesses, sure or not."""
        return self.probability >= self.weights.right

    @property
    def is_likely(self) -> bool:
        """Whether the model alone would accept it."""
        return self.probability >= self.weights.accept

    @property
    def is_accepted(self) -> bool:
        return self.is_likely and not self.objections

    @property
    def is_rejected(self) -> bool:
        return self.probability <= self.weights.reject

    @property
    def is_sure(self) -> bool:
        return self.is_accepted or self.is_rejected


def predicted(model: Model, answers: Sequence[Any]) -> list[Prediction]:
    """One prediction for each graded answer."""
    return [
        Prediction(
            model.probability(each.features, references=each.references),
            model.weights(each.references),
            each.objections,
            each.is_right,
        )
        for each in answers
    ]


def share_of(flags: Sequence[bool]) -> float:
    """The share of true ones, 0..1; 0 of nothing."""
    return sum(flags) / len(flags) if flags else 0.0


def weighted_f1(said: Sequence[bool], right: Sequence[bool]) -> float:
    """F1 of each of the two classes, weighted by how many answers people put in it."""
    total = 0.0
    for side in (True, False):
        hits = sum(one == other == side for one, other in zip(said, right, strict=True))
        both = sum(each == side for each in said) + sum(each == side for each in right)
        total += (2 * hits / both if both else 0.0) * sum(each == side for each in right)
    return total / len(right) if right else 0.0


def guard_cost(found: Sequence[Prediction]) -> float:
    """Of the right answers that the model alone would accept, the share that the guards send to a person."""
    return share_of([bool(each.objections) for each in found if each.is_right and each.is_likely])


def measured(found: Sequence[Prediction]) -> dict[str, Any]:
    """The figures of one file, unrounded; shares in 0..1, None of no answers."""
    right, said = [each.is_right for each in found], [each.says_right for each in found]
    sure = [each for each in found if each.is_sure]
    accepted, rejected = [e for e in found if e.is_accepted], [e for e in found if e.is_rejected]
    return {
        "n": len(found),
        "accuracy": share_of([one == other for one, other in zip(said, right, strict=True)]),
        "weighted_f1": weighted_f1(said, right),
        "coverage": share_of([each.is_sure for each in found]),
        "accuracy_where_sure": share_of([each.is_accepted == each.is_right for each in sure]),
        "accepted": share_of([each.is_accepted for each in found]),
        "precision_of_accepts": share_of([each.is_right for each in accepted]) if accepted else None,
        "precision_of_rejects": share_of([not each.is_right for each in rejected]) if rejected else None,
        "guard_cost": guard_cost(found),
    }


def rounded(figures: Mapping[str, Any]) -> dict[str, Any]:
    """The figures as they are shown, to four places."""
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in figures.items()}
