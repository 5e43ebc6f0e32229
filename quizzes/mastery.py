"""How well a concept is known, from the learner's answers to its questions. Pure."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from enum import StrEnum

ENOUGH = 2
FIRM = Decimal("0.75")
GROWING = Decimal("0.5")


class MasteryState(StrEnum):
    NOT_ENOUGH = "not enough evidence"
    SHAKY = "shaky"
    GROWING = "growing"
    FIRM = "firm"


def mastery(fractions: Collection[Decimal]) -> Decimal | None:
    """Laplace's rule of succession over the latest answer to each question: (s + 1) / (n + 2), in [0, 1].

    `fractions` holds one fraction in [0, 1] for each distinct question of the concept; s is their sum, n their number.
    It is the mean of the Beta(1 + s, 1 + n - s) posterior from a uniform prior (Laplace, "Essai philosophique sur les
    probabilités", 1814; Gelman et al., "Bayesian Data Analysis", section 2.1), so three right of three is .80 and never
    certainty. None below two questions: too little to say anything.
    """
    if len(fractions) < ENOUGH:
        return None
    return round((sum(fractions, Decimal(0)) + 1) / (len(fractions) + 2), 6)


def state_of(value: Decimal | None) -> MasteryState:
    """The word for a mastery value."""
    if value is None:
        return MasteryState.NOT_ENOUGH
    if value >= FIRM:
        return MasteryState.FIRM
    return MasteryState.GROWING if value >= GROWING else MasteryState.SHAKY
