"""When a learner is shown what: a matrix of moments × things, with one preset for each quiz mode. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any


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


Policy = Mapping[str, Any]
"""Stored as JSON: for each moment, what is shown from then on. An attempt's own carries its rules too."""

EVERYTHING = [shown.value for shown in Shown]

PRESETS: Mapping[str, Policy] = {
    "practice": {"after_answer": EVERYTHING, "after_submit": EVERYTHING, "after_close": EVERYTHING},
    "check": {"after_answer": [], "after_submit": EVERYTHING, "after_close": EVERYTHING},
    "exam": {"after_answer": [], "after_submit": ["fraction"], "after_close": EVERYTHING},
}


ONLY_ONCE_SETTLED = frozenset({Shown.KEY, Shown.EVIDENCE})
"""What would give the answer away to somebody who may still change theirs."""


def policy_for(mode: str, chosen: Policy) -> Policy:
    """The mode's preset with the moments an author chose put over it."""
    return {**PRESETS[mode], **{moment: list(shown) for moment, shown in chosen.items()}}


def shown_now(policy: Policy, *, submitted: bool, closed: bool) -> frozenset[Shown]:
    """What may be shown at this moment: nothing of an open attempt, all that a passed moment allows afterwards."""
    if not submitted:
        return frozenset()
    moments = [Moment.AFTER_SUBMIT, Moment.AFTER_CLOSE] if closed else [Moment.AFTER_SUBMIT]
    return frozenset(Shown(shown) for moment in moments for shown in policy.get(moment, []))


def shown_while_answering(policy: Policy, *, settled: bool) -> frozenset[Shown]:
    """What may be shown of an answer that was checked: the key and what proves it only once it no longer changes."""
    shown = frozenset(Shown(name) for name in policy.get(Moment.AFTER_ANSWER, []))
    return shown if settled else shown - ONLY_ONCE_SETTLED


def waits_for_closing(policy: Policy) -> bool:
    """Whether something is shown after the closing that is not shown before."""
    before = {*policy[Moment.AFTER_ANSWER], *policy[Moment.AFTER_SUBMIT]}
    return not before.issuperset(policy[Moment.AFTER_CLOSE])


def is_interactive(policy: Policy) -> bool:
    """Whether answers can be checked, and hints opened, before the attempt is submitted."""
    return bool(policy.get(Moment.AFTER_ANSWER))


def policy_problems(chosen: Any) -> Iterator[str]:
    """What is wrong with a stored matrix, as sentences; none for one that can be used. Never raises, whatever JSON."""
    if not isinstance(chosen, Mapping):
        yield "Write the feedback as moments, each with a list of what is shown from then on."
        return
    for moment, shown in chosen.items():
        if moment not in list(Moment):
            yield f"There is no moment “{moment}”; the moments are: {', '.join(Moment)}."
        elif not isinstance(shown, list) or any(not isinstance(name, str) for name in shown):
            yield f"Write what “{moment}” shows as a list of names."
        else:
            yield from _unknown_things(moment, shown)


def _unknown_things(moment: str, shown: list[str]) -> Iterator[str]:
    for name in shown:
        if name not in list(Shown):
            yield f"“{moment}” cannot show “{name}”; it can show: {', '.join(Shown)}."
    if len(set(shown)) != len(shown):
        yield f"“{moment}” names something twice."
