"""Fits the model of free text to graded answers; needs scikit-learn, which running Postil does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from config.benchmarks.measures import Prediction, predicted, weighted_f1
from config.benchmarks.short_answers import GradedAnswer
from quizzes.grading.similar.model import Model, Scale, Weights, basis_of

OUTER_FOLDS, INNER_FOLDS = 10, 5
SEED = 2013
PENALTY = {"single": 0.003, "several": 0.02}
"""Inverse strength of the L2 penalty: what several references tell is less noisy."""
OTHER_SIDE = {"single": 0.3, "several": 0.1}
"""How much an answer counts for the weights of the other side: enough to hold them, too little to bend them."""
OWN_LEVEL = {"single": 0.5, "several": 0.0}
"""Standard deviation of a question's own level while fitting, in log-odds: how easy it is, or how strictly judged. With
one reference it decides half of the answers, and what is left over tells better what makes an answer right; with
several, hardly fifty questions are too few to tell the two apart."""
SURE_ACCEPT, SURE_REJECT = 0.93, 0.905
FEWEST_QUESTIONS = 10
"""With fewer questions of one side, its weights and thresholds are those of all answers alike."""
FEWEST_SURE = 25
NEVER_ACCEPT, NEVER_REJECT = 2.0, -1.0

Answers = Sequence[GradedAnswer]


def fitted(answers: Answers) -> Model:
    """The model for these answers; its thresholds are from predictions for questions it was not fitted on."""
    outside: list[Prediction | None] = [None] * len(answers)
    for train, test in folds(answers, INNER_FOLDS):
        model = weighed([answers[n] for n in train])
        for n, prediction in zip(test, predicted(model, [answers[n] for n in test]), strict=True):
            outside[n] = prediction
    return with_thresholds(weighed(answers), answers, [each for each in outside if each is not None])


def cross_validated(answers: Answers) -> Iterator[tuple[Model, list[int]]]:
    """For each outer fold, the model of all other questions, and the places of the answers it has not seen."""
    for train, test in folds(answers, OUTER_FOLDS):
        yield fitted([answers[n] for n in train]), test


def folds(answers: Answers, count: int) -> Iterator[tuple[list[int], list[int]]]:
    """Places of answers to fit on and to test on; all answers to a question are on one side."""
    groups = np.array([each.group for each in answers])
    splits = GroupKFold(min(count, len(set(groups.tolist()))), shuffle=True, random_state=SEED)
    for train, test in splits.split(groups, groups=groups):
        yield train.tolist(), test.tolist()


def weighed(answers: Answers) -> Model:
    """Scales and coefficients without thresholds: nothing is sure."""
    names = list(answers[0].features)
    table = np.array([[each.features[name] for name in names] for each in answers])
    # What is the same in all answers deviates by nothing, and says nothing at any scale.
    scales = {
        name: Scale(round(float(mean), 5), round(float(deviation), 5) or 1.0)
        for name, mean, deviation in zip(names, table.mean(axis=0), table.std(axis=0), strict=True)
    }
    basis = np.array([basis_of(each.features, scales) for each in answers])
    sides = (_weights(basis, answers, side) for side in ("single", "several"))
    return Model(scales, *sides)


def _weights(basis: Any, answers: Answers, side: str) -> Weights:
    """Logistic regression with a random intercept for each question, which is dropped (Gelman and Hill 2007, ch. 14).

    The penalty is the prior of both: an intercept's column is scaled so that the one prior gives it its own variance.
    """
    right = np.array([each.is_right for each in answers])
    own = np.array(_own(answers, side))
    levels = _levels(answers) * (OWN_LEVEL[side] / PENALTY[side] ** 0.5)
    fit = LogisticRegression(C=PENALTY[side], max_iter=3_000)
    fit.fit(np.hstack([basis, levels]), right, sample_weight=np.where(own, 1.0, OTHER_SIDE[side]))
    coefficients = tuple(round(float(each), 5) for each in fit.coef_[0][: basis.shape[1]])
    return Weights(round(float(fit.intercept_[0]), 5), coefficients, NEVER_ACCEPT, NEVER_REJECT, 0.5)


def _levels(answers: Answers) -> Any:
    """One column for each question, 1 for its answers and 0 for the others'."""
    _, question = np.unique([each.group for each in answers], return_inverse=True)
    return np.eye(question.max() + 1)[question]


def with_thresholds(model: Model, answers: Answers, outside: Sequence[Prediction]) -> Model:
    """The model with thresholds that hold for predictions from outside the fit."""
    single, several = (
        [each for each, is_own in zip(outside, _own(answers, side), strict=True) if is_own]
        for side in ("single", "several")
    )
    return replace(model, single=_with(model.single, single), several=_with(model.several, several))


def _own(answers: Answers, side: str) -> list[bool]:
    """Which answers belong to this side; all of them where it has hardly any question."""
    own = [(each.references > 1) == (side == "several") for each in answers]
    questions = {each.group for each, is_own in zip(answers, own, strict=True) if is_own}
    return own if len(questions) >= FEWEST_QUESTIONS else [True] * len(answers)


def _with(weights: Weights, outside: Sequence[Prediction]) -> Weights:
    free = [(each.probability, each.is_right) for each in outside if not each.objections]
    accept = _threshold(sorted(free, reverse=True), share=SURE_ACCEPT)
    wrong = [(each.probability, not each.is_right) for each in outside]
    reject = _threshold(sorted(wrong), share=SURE_REJECT)
    return replace(
        weights,
        accept=NEVER_ACCEPT if accept is None else accept,
        reject=NEVER_REJECT if reject is None else reject,
        right=_best_guess(outside),
    )


def _threshold(ordered: Sequence[tuple[float, bool]], *, share: float) -> float | None:
    """The last probability up to which at least this share is as wished; None when it never is."""
    found, hits = None, 0
    for count, (probability, is_hit) in enumerate(ordered, start=1):
        hits += is_hit
        if count >= FEWEST_SURE and hits >= share * count:
            found = round(probability, 4)
    return found


def _best_guess(outside: Sequence[Prediction]) -> float:
    right = [each.is_right for each in outside]
    candidates = [round(0.35 + 0.01 * step, 2) for step in range(31)]
    return max(candidates, key=lambda least: weighted_f1([e.probability >= least for e in outside], right), default=0.5)
