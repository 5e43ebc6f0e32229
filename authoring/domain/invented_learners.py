"""Learners for a demonstration: who they are and how they answer. Invented, and the same every time. Pure."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from math import exp
from typing import Any

from quizzes.questions import question_type
from quizzes.questions.base import Control

FIRST = ["Ada", "Bela", "Chidi", "Dana", "Emre", "Farah", "Goran", "Hana", "Ines", "Jonas"]
LAST = ["Abara", "Brandt", "Costa", "Dimova", "Eriksen", "Fontaine"]


@dataclass(frozen=True, slots=True)
class InventedLearner:
    """Somebody who began `since` before today and answers as well as `ability` (about -2 to 2) lets them."""

    name: str
    address: str
    ability: float
    diligence: float
    since: timedelta


def invented_learners(*, seed: int = 1) -> list[InventedLearner]:
    """Sixty learners who began over the last six weeks."""
    chance = random.Random(seed)  # noqa: S311 -- invented people are no secret
    return [
        InventedLearner(
            name=f"{first} {last}",
            address=f"{first}.{last}@learners.example.org".lower(),
            ability=chance.gauss(0.6, 0.9),
            diligence=chance.betavariate(3, 1.4),
            since=timedelta(days=chance.uniform(2, 42)),
        )
        for last, first in product(LAST, FIRST)
    ]


def answers_right(learner: InventedLearner, question: str, *, tries: int, chance: random.Random) -> bool:
    """Whether the learner knows it: a Rasch model, 1 / (1 + e^(difficulty - ability)), a little better at each try.

    The difficulty belongs to the question, whoever answers (Rasch, "Probabilistic models", 1960).
    """
    difficulty = random.Random(question).gauss(-0.4, 1.0)  # noqa: S311 -- as above
    return chance.random() < 1 / (1 + exp(difficulty - learner.ability - 0.5 * tries))


def wrong_answer(kind: str, content: Mapping[str, Any], *, chance: random.Random) -> Any:
    """An answer of the kind that does not earn everything: the sort of slip its control invites."""
    question = question_type(kind)
    right = question.model_answer(content)
    data = question.present(content, 0).data
    if question.control == Control.CHOOSE_ONE:
        return chance.choice([option["id"] for option in data["options"] if option["id"] != right])
    if question.control in (Control.CHOOSE_MANY, Control.SENTENCES):
        rows = data["options" if question.control == Control.CHOOSE_MANY else "sentences"]
        others = [row["id"] for row in rows if row["id"] not in right]
        return [*list(right)[1:], chance.choice(others)] if others else list(right)[1:]
    if question.control == Control.GAPS:
        spoilt = chance.choice(sorted(right))
        return {gap: "something else" if gap == spoilt else given for gap, given in right.items()}
    if question.control == Control.NUMBER:
        return str(chance.randint(1, 100))
    return chance.choice(["no idea", "the government", "a treaty", "the army"])
