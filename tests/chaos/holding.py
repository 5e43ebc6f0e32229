"""What every test of faults holds in the end: N submissions are N grades, none twice, none stuck."""

from __future__ import annotations

import time

from tests.chaos.stage import WEB_PAUSE, Stage
from tests.chaos.workload import Tally, in_words

RECOVERY = 20.0
"""Seconds within which everything is graded after a fault, with the periods of a stage."""


def all_graded(count: int, *, runs: int | None = None) -> dict[str, int]:
    """What a tally has to say; `runs` None means that repeats are allowed."""
    wanted = {"submitted": count, "graded": count, "duplicates": 0, "given_up": 0}
    return wanted if runs is None else wanted | {"runs": runs}


def said(tally: Tally, wanted: dict[str, int]) -> dict[str, int]:
    return {name: value for name, value in tally.as_json().items() if name in wanted}


def hold(stage: Stage, wanted: dict[str, int], *, seconds: float = RECOVERY) -> None:
    began = time.monotonic()
    tally = stage.settle(seconds=seconds)
    stage.reached(in_words(tally, time.monotonic() - began))
    assert said(tally, wanted) == wanted, stage.logs()


def leaves_the_broker_alone(stage: Stage, answered: list[float]) -> None:
    """Of all these submissions one asked the broker in vain, and one more after each pause."""
    assert 1 <= stage.ask("broker_errors") <= 1 + sum(answered) // WEB_PAUSE
