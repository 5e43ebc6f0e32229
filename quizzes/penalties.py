"""What an attempt holds its learner to beside the feedback policy, and what tries and hints cost. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from quizzes.questions.base import Outcome

PINNED = "rules"
"""Under this name the rules stand in an attempt's policy, beside the moments."""


@dataclass(frozen=True, slots=True)
class AttemptRules:
    """Pinned when an attempt starts. Penalties are fractions, 0..1; `tries_allowed` None is no limit."""

    tries_allowed: int | None = None
    try_penalty: Decimal = Decimal(0)
    hint_penalty: Decimal = Decimal(0)
    is_sequential: bool = False

    def pinned(self) -> dict[str, Any]:
        """What a policy carries of them: {"rules": {…}}, or nothing where all is as usual."""
        if self == USUAL:
            return {}
        return {
            PINNED: {
                "tries_allowed": self.tries_allowed,
                "try_penalty": str(self.try_penalty),
                "hint_penalty": str(self.hint_penalty),
                "is_sequential": self.is_sequential,
            }
        }


USUAL = AttemptRules()


def rules_of(policy: Mapping[str, Any]) -> AttemptRules:
    """The rules that an attempt's policy carries: rules_of(rules.pinned()) == rules."""
    kept = policy.get(PINNED)
    if not kept:
        return USUAL
    return AttemptRules(
        tries_allowed=kept["tries_allowed"],
        try_penalty=Decimal(kept["try_penalty"]),
        hint_penalty=Decimal(kept["hint_penalty"]),
        is_sequential=kept["is_sequential"],
    )


def penalty_of(rules: AttemptRules, *, answers: int, hints: int) -> Decimal:
    """What the answers after the first and the opened hints cost together, a fraction in [0, 1]."""
    return min(Decimal(1), max(0, answers - 1) * rules.try_penalty + hints * rules.hint_penalty)


def penalised(outcome: Outcome, rules: AttemptRules, *, answers: int, hints: int) -> Outcome:
    """The outcome less its penalty, never below 0; `answers` counts those that a verdict was asked for.

    Its detail then says how it came about: {"raw", "penalty", "tries", "hints"}, fractions in [0, 1]. Without a
    penalty, or where a person must look, it is the outcome as it was.
    """
    penalty = penalty_of(rules, answers=answers, hints=hints)
    if outcome.fraction is None or not penalty:
        return outcome
    raw = Decimal(str(outcome.fraction))
    told = {"raw": float(raw), "penalty": float(penalty), "tries": answers, "hints": hints}
    words = "\n".join(filter(None, [outcome.feedback, penalty_in_words(penalty, answers=answers, hints=hints)]))
    net = round(max(Decimal(0), raw - penalty), 6)
    return replace(outcome, fraction=float(net), feedback=words, detail={**outcome.detail, **told})


def penalty_in_words(penalty: Decimal, *, answers: int, hints: int) -> str:
    """ "2 further tries and 1 hint cost 30 % of the points."."""
    spent = [_counted(answers - 1, "further try", "further tries"), _counted(hints, "hint", "hints")]
    named = " and ".join(filter(None, spent))
    verb = "costs" if max(0, answers - 1) + hints == 1 else "cost"
    return f"{named} {verb} {float(penalty * 100):.3g} % of the points."


def _counted(amount: int, one: str, many: str) -> str:
    return f"{amount} {one if amount == 1 else many}" if amount > 0 else ""


def raw_fraction(fraction: Decimal | None, detail: Mapping[str, Any]) -> Decimal | None:
    """How right the answer itself was, before any penalty: the verdict is about this."""
    raw = detail.get("raw")
    return fraction if fraction is None or raw is None else Decimal(str(raw))
