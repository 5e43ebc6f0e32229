"""Answers by fifths of the learners: for each answer five bars, from the weakest fifth to the strongest. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

WIDTH = 560
STEP, LONGEST = 114, 64
HEAD, ROW, LINE = 48, 58, 22
LETTERS, MOST_LINES = 44, 2
"""What a line holds in the letters of a narrow page."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One fifth's share in whole per cent; nothing is drawn for a fifth of nobody, whose `share` is None."""

    x: int
    width: int
    share: int | None


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer in at most two lines, each with its height, above its bars; `is_key` where it earns everything."""

    lines: tuple[tuple[int, str], ...]
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
    answers, y = [], HEAD
    for choice in choices:
        answers.append(_answer(choice, y))
        y = answers[-1].y + ROW
    return Fifths(tuple(answers), y - LINE)


def _answer(choice: Mapping[str, Any], top: int) -> Answered:
    is_key = choice["credit"] == 1
    label = f"{choice['label']} (right)" if is_key else choice["label"]
    lines = wrap(label, LETTERS, max_lines=MOST_LINES, placeholder="…") or [""]
    placed = tuple((top + at * LINE, line) for at, line in enumerate(lines))
    bars = tuple(_bar(at, share) for at, share in enumerate(choice["fifths"]))
    return Answered(placed, placed[-1][0], bars, is_key)


def _bar(at: int, share: float | None) -> Bar:
    width = max(2, round(LONGEST * share)) if share else 0
    return Bar(at * STEP, width, None if share is None else round(100 * share))
