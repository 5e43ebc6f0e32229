"""Learners for a demonstration: who they are and how they answer. Invented, and the same every time. Pure."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
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


PUT_OTHERWISE: Mapping[str, str] = {
    "publisher-of-the-commentary": "the Pozirk news agency",
    "formula-for-safety": "peace in the sky",
    "leader-in-exile": "Cichanouskaja",
    "obedient-state": "feudal state",
    "from-regiment-to-cabinet": "Kabanchuk, Vadim",
    "word-for-belarus": "junior partner",
}
"""Answers to questions of the sample course, by their keys, that no key accepts and somebody could think right."""


def answers_right(learner: InventedLearner, question: str, *, tries: int, chance: random.Random) -> bool:
    """Whether the learner knows it: a Rasch model, 1 / (1 + e^(difficulty - ability)), a little better at each try.

    The difficulty belongs to the question, whoever answers (Rasch, "Probabilistic models", 1960).
    """
    difficulty = random.Random(question).gauss(-0.4, 1.0)  # noqa: S311 -- as above
    return chance.random() < 1 / (1 + exp(difficulty - learner.ability - 0.5 * tries))


def time_taken(learner: InventedLearner, *, chance: random.Random) -> timedelta:
    """How long a quiz takes them: two to fifteen minutes, mostly longer for who knows less."""
    usual = min(13.0, max(3.0, 6.5 - 2 * learner.ability))
    return timedelta(minutes=chance.triangular(2, 15, usual))


def wrong_answer(kind: str, content: Mapping[str, Any], *, chance: random.Random) -> Any:
    """An answer of the kind that does not earn everything: the sort of slip its control invites."""
    question = question_type(kind)
    near = [str(row["text"]) for row in content.get("near_misses", ())]
    if question.control == Control.LINE and near:
        return chance.choice([*near, "no idea"])
    right, data = question.model_answer(content), question.present(content, 0).data
    return SLIPS[question.control](right, data, chance)


Slip = Callable[[Any, Mapping[str, Any], random.Random], Any]


def _another_option(right: Any, data: Mapping[str, Any], chance: random.Random) -> Any:
    return chance.choice([option["id"] for option in data["options"] if option["id"] != right])


def _one_exchanged(right: Any, data: Mapping[str, Any], chance: random.Random) -> Any:
    others = [row["id"] for row in data.get("options") or data["sentences"] if row["id"] not in right]
    return [*list(right)[1:], chance.choice(others)] if others else list(right)[1:]


def _one_gap_spoilt(right: Any, data: Mapping[str, Any], chance: random.Random) -> Any:
    """A gap with words to choose from gets another of them, if there is one; any other what nobody asked for."""
    spoilt = chance.choice(sorted(right))
    offered: list[str] = next((part.get("options", []) for part in data["segments"] if part.get("gap") == spoilt), [])
    others = [word for word in offered or ["something else"] if word != right[spoilt]]
    kept = {gap: given for gap, given in right.items() if gap != spoilt}
    return {**kept, spoilt: others[0]} if others else kept


def _one_row_elsewhere(right: Any, data: Mapping[str, Any], chance: random.Random) -> Any:
    row = chance.choice(sorted(right))
    others = [target["id"] for target in data["targets"] if target["id"] != right[row]]
    return {**right, row: chance.choice(others)}


def _two_steps_exchanged(right: Any, _data: Mapping[str, Any], chance: random.Random) -> Any:
    at = chance.randrange(len(right) - 1)
    return [*right[:at], right[at + 1], right[at], *right[at + 2 :]]


def _some_number(_right: Any, _data: Mapping[str, Any], chance: random.Random) -> Any:
    return str(chance.randint(1, 100))


def _some_words(_right: Any, _data: Mapping[str, Any], chance: random.Random) -> Any:
    return chance.choice(["no idea", "the government", "a treaty", "the army"])


SLIPS: Mapping[Control, Slip] = {
    Control.CHOOSE_ONE: _another_option,
    Control.CHOOSE_MANY: _one_exchanged,
    Control.SENTENCES: _one_exchanged,
    Control.GAPS: _one_gap_spoilt,
    Control.ASSIGN: _one_row_elsewhere,
    Control.ORDER: _two_steps_exchanged,
    Control.NUMBER: _some_number,
    Control.LINE: _some_words,
    Control.LONG_TEXT: _some_words,
}
