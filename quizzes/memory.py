"""How well the answer to a question is remembered, and when to ask again: the scheduler FSRS. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import cast

from fsrs import Card as FsrsCard
from fsrs import Rating as FsrsRating
from fsrs import Scheduler, State

WANTED = 0.9
"""The chance of still knowing an answer at which it is asked again; FSRS's own default."""


class Rating(IntEnum):
    """How it went, as the learner says themselves."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Phase(StrEnum):
    """Learning and relearning ask again within minutes; review after days."""

    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of one memory since it was last recalled.

    `stability` is the days after which the chance of knowing the answer falls to nine in ten, above 0; `difficulty` is
    in [1, 10]. `step` counts the short repetitions of learning and relearning; None in review.
    """

    phase: Phase
    step: int | None
    stability: float
    difficulty: float
    recalled_at: datetime
    due_at: datetime


_PHASES = {State.Learning: Phase.LEARNING, State.Review: Phase.REVIEW, State.Relearning: Phase.RELEARNING}
_STATES = {phase: state for state, phase in _PHASES.items()}
# Without its random spread, so that the next interval can be said before it is chosen, and told again afterwards.
_SCHEDULER = Scheduler(desired_retention=WANTED, enable_fuzzing=False)


def recalled(memory: Memory | None, rating: Rating, *, at: datetime) -> Memory:
    """The memory after the answer was recalled at `at` with this rating; None is one that never was. Deterministic.

    By FSRS-6 with its default parameters (J. Ye et al., "A Stochastic Shortest Path Algorithm for Optimizing Spaced
    Repetition Scheduling", KDD 2022; open-spaced-repetition, "The Algorithm").
    """
    card, _ = _SCHEDULER.review_card(_card(memory, at), FsrsRating(rating), at.astimezone(UTC))
    # Both are there after every rating; the library's types know only that they may be missing before the first.
    stability, difficulty = cast("float", card.stability), cast("float", card.difficulty)
    return Memory(_PHASES[card.state], card.step, stability, difficulty, at, card.due)


def next_intervals(memory: Memory | None, *, at: datetime) -> dict[Rating, timedelta]:
    """For each rating, how long after `at` the question would be asked again."""
    return {rating: recalled(memory, rating, at=at).due_at - at for rating in Rating}


def retrievability(memory: Memory, *, at: datetime) -> float:
    """The chance in [0, 1] that the answer is still known at `at`; certain at the moment it was recalled.

    FSRS-6's power law of forgetting: (1 + factor · days ÷ stability) ^ -decay, by whole days since it was recalled.
    """
    return _SCHEDULER.get_card_retrievability(_card(memory, at), at.astimezone(UTC))


def chance_after(days: int, *, stability: float) -> float:
    """The chance in [0, 1] that an answer is still known so many days, 0 or more, after it was recalled.

    The same law as retrievability's; `stability` in days, above 0.
    """
    at = datetime(2000, 1, 1, tzinfo=UTC)
    card = FsrsCard(card_id=0, state=State.Review, stability=stability, difficulty=5, due=at, last_review=at)
    return _SCHEDULER.get_card_retrievability(card, at + timedelta(days=days))


def _card(memory: Memory | None, at: datetime) -> FsrsCard:
    # An id and a date of one's own: without them the library takes the clock, and waits for it to move.
    if memory is None:
        return FsrsCard(card_id=0, due=at.astimezone(UTC))
    return FsrsCard(
        card_id=0,
        state=_STATES[memory.phase],
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due_at.astimezone(UTC),
        last_review=memory.recalled_at.astimezone(UTC),
    )
