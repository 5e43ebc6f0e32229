"""How far learners read: a bar for each part, of who read it, who skipped it and who never came there. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from language import say
from quizzes.domain.course_insight import CourseReading, PartStanding

WIDTH = 560
HEAD, ROW = 16, 76
LETTERS = 46
"""What a line holds in the letters of a narrow page."""


@dataclass(frozen=True, slots=True)
class PartBar:
    """A part's bar: `read` wide from the left, then `skipped` wide; `name` stands at `y`, cut to a line."""

    name: str
    said: str
    y: int
    read: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Way:
    """Everything to draw in a view box of `width` by `height`; a bar of everybody is `width` wide."""

    bars: tuple[PartBar, ...]
    height: int
    width: int = WIDTH


def way_chart(reading: CourseReading) -> Way:
    """The chart of the parts in their order; empty for a course of nobody."""
    parts: Sequence[PartStanding] = reading.parts if reading.learners else ()
    bars = tuple(_bar(part, at, reading) for at, part in enumerate(parts))
    return Way(bars, HEAD + len(bars) * ROW)


def _bar(part: PartStanding, at: int, reading: CourseReading) -> PartBar:
    read, end = (round(WIDTH * count / reading.learners) for count in (part.read, part.read + part.skipped))
    title = f"{at + 1}. {part.lesson.title}"
    name = title if len(title) <= LETTERS else f"{title[: LETTERS - 1].rstrip()}…"
    return PartBar(name, _said(part, is_last=at == len(reading.parts) - 1), HEAD + at * ROW, read, end - read)


def _said(part: PartStanding, *, is_last: bool) -> str:
    found = [say("{count} read it", count=part.read)]
    if part.skipped:
        found.append(say("{count} skipped it", count=part.skipped))
    if part.stopped and not is_last:
        found.append(say("{count} stopped here", count=part.stopped))
    return ", ".join(found)
