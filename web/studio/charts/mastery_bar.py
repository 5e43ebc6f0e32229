"""One bar that shares a class among how well they know something. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from quizzes.domain.class_mastery import ClassMastery
from quizzes.mastery import MasteryState

WIDTH, HEIGHT = 560, 28


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the bar from `x`: `count` learners who stand at `state`; `tone` is its class in the style sheet."""

    state: str
    tone: str
    count: int
    x: int
    width: int

    @property
    def middle(self) -> int:
        """Where its figure stands."""
        return self.x + self.width // 2

    @property
    def has_room(self) -> bool:
        """Whether a figure fits into it."""
        return self.width >= 24


def mastery_bar(known: ClassMastery) -> list[Part]:
    """The parts from firm to unknown, together `WIDTH` wide and in proportion; none for a class of nobody."""
    counts = [
        (MasteryState.FIRM, "firm", known.firm),
        (MasteryState.GROWING, "growing", known.growing),
        (MasteryState.SHAKY, "shaky", known.shaky),
        (MasteryState.NOT_ENOUGH, "unknown", known.not_enough),
    ]
    parts, before = [], 0
    for state, tone, count in counts:
        if count:
            start, end = (round(WIDTH * edge / known.learners) for edge in (before, before + count))
            parts.append(Part(state.value, tone, count, start, end - start))
        before += count
    return parts
