"""When a learner is shown what: a matrix of moments × things, with one preset for each quiz mode. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Moment(StrEnum):
    AFTER_ANSWER = "after_answer"
    AFTER_SUBMIT = "after_submit"
    AFTER_CLOSE = "after_close"


class Shown(StrEnum):
    FRACTION = "fraction"
    VERDICT = "verdict"
    FEEDBACK = "feedback"
    KEY = "key"
    EVIDENCE = "evidence"


Policy = Mapping[str, list[str]]
"""Stored as JSON: for each moment, what is shown from then on."""

EVERYTHING = [shown.value for shown in Shown]

PRESETS: Mapping[str, Policy] = {
    "practice": {"after_answer": EVERYTHING, "after_submit": EVERYTHING, "after_close": EVERYTHING},
    "check": {"after_answer": [], "after_submit": EVERYTHING, "after_close": EVERYTHING},
    "exam": {"after_answer": [], "after_submit": ["fraction"], "after_close": EVERYTHING},
}


def policy_for(mode: str, chosen: Policy) -> Policy:
    """The mode's preset with the moments an author chose put over it."""
    return {**PRESETS[mode], **{moment: list(shown) for moment, shown in chosen.items()}}


def shown_now(policy: Policy, *, submitted: bool, closed: bool) -> frozenset[Shown]:
    """What may be shown at this moment: nothing of an open attempt, all that a passed moment allows afterwards."""
    if not submitted:
        return frozenset()
    moments = [Moment.AFTER_SUBMIT, Moment.AFTER_CLOSE] if closed else [Moment.AFTER_SUBMIT]
    return frozenset(Shown(shown) for moment in moments for shown in policy.get(moment, []))
