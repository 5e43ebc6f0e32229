"""What learners remember: a bar for each concept, of what is still known in a month and what is known now. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from language import say
from quizzes.domain.class_retention import ConceptRetention
from web.studio.charts.way import HEAD, LETTERS, ROW, WIDTH
from web.studio.insight_words import figure


@dataclass(frozen=True, slots=True)
class ConceptBar:
    """A concept's bar: `later` wide from the left, then `fading` wide; `name` stands at `y`, cut to a line."""

    name: str
    said: str
    y: int
    later: int
    fading: int


@dataclass(frozen=True, slots=True)
class Fading:
    """Everything to draw in a view box of `width` by `height`; a bar of everything known is `width` wide."""

    bars: tuple[ConceptBar, ...]
    height: int
    width: int = WIDTH


def retention_chart(rows: Iterable[ConceptRetention]) -> Fading:
    """The chart of the concepts of which enough is known to tell, in their order."""
    told = [row for row in rows if row.chances]
    return Fading(tuple(_bar(row, HEAD + at * ROW) for at, row in enumerate(told)), HEAD + len(told) * ROW)


def _bar(row: ConceptRetention, y: int) -> ConceptBar:
    now, later = (round(WIDTH * chance) for chance in (row.chances[0], row.chances[-1]))
    term = row.concept.term
    name = term if len(term) <= LETTERS else f"{term[: LETTERS - 1].rstrip()}…"
    said = say(
        "{now} % known now, {later} % in a month",
        now=figure(100 * row.chances[0]),
        later=figure(100 * row.chances[-1]),
    )
    return ConceptBar(name, said, y, later, now - later)
