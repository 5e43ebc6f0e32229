"""Answers by fifths of the learners: for each answer five bars, from the weakest fifth to the strongest. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 560
STEP, LONGEST = 114, 90
HEAD, ROW = 48, 74
LETTERS = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """One fifth's share in whole per cent; nothing is drawn for a fifth of nobody, whose `share` is None."""

    x: int
    width: int
    share: int | None


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, cut to a line, with its bars; `is_key` where it earns everything."""

    label: str
    y: int
    bars: tuple[Bar, ...]
    is_key: bool


@dataclass(frozen=True, slots=True)
class Fifths:
    """Everything to draw in a view box of `width` by `height`."""

    answers: tuple[Answered, ...]
    height: int
    width: int = WIDTH


def fifths_chart(choices: Sequence[Mapping[str, Any]]) -> Fifths:
    """The chart of choices as `quizzes.domain.reckoning` stores them."""
    answers = tuple(_answer(choice, HEAD + at * ROW) for at, choice in enumerate(choices))
    return Fifths(answers, HEAD + len(answers) * ROW - 24)


def _answer(choice: Mapping[str, Any], y: int) -> Answered:
    label = choice["label"]
    cut = label if len(label) <= LETTERS else label[: LETTERS - 1].rstrip() + "…"
    bars = tuple(_bar(at, share) for at, share in enumerate(choice["fifths"]))
    return Answered(cut, y, bars, choice["credit"] == 1)


def _bar(at: int, share: float | None) -> Bar:
    width = 0 if share is None else max(2, round(LONGEST * 0.8 * share))
    return Bar(at * STEP, width, None if share is None else round(100 * share))
