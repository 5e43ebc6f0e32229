"""A course as a whole in sentences. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quizzes.domain.course_insight import ConceptGrid, CourseReading, GridCell, QuizStanding
from web.studio.insight_words import figure
from web.studio.wording import counted

APART = 0.1
"""A difference of means from which on cohorts are said to differ."""
FIRM_TO_SHAKY = (0.75, 0.65, 0.55, 0.45)
EVERYBODY, IN_NONE = "Everybody", "In no cohort"


def headline(reading: CourseReading) -> str:
    """The page's heading: where learners are lost."""
    if not reading.learners:
        return "Nobody learns here yet"
    if not reading.begun:
        return "Nobody has read a part yet"
    stop = _worst_stop(reading)
    return f"Most who stop do so at part {stop}" if stop else "Whoever begins comes to the end"


def _worst_stop(reading: CourseReading) -> int:
    """The part, from 1 on, where most stop before the end; 0 where nobody does."""
    counts = [part.stopped for part in reading.parts[:-1]]
    return counts.index(max(counts)) + 1 if any(counts) else 0


def way_reading(reading: CourseReading) -> str:
    """How many have begun and come to the end, and which part is skipped most."""
    if not reading.begun or not reading.parts:
        return f"{counted(reading.learners, 'learner')}, and nobody has read a part yet."
    came, last = reading.parts[-1].read, len(reading.parts)
    said = f"{reading.begun} of {counted(reading.learners, 'learner').lower()} have begun, {came} read part {last}"
    skipped = [part.skipped for part in reading.parts]
    if not any(skipped):
        return f"{said}; nobody skipped a part."
    return f"{said}; part {skipped.index(max(skipped)) + 1} is skipped most, by {max(skipped)}."


def quizzes_reading(standings: Sequence[QuizStanding]) -> str:
    """Which quiz earns least."""
    told = [(each.mean, each) for each in standings if each.mean is not None]
    if not told:
        return "Too few results to compare quizzes."
    mean, least = min(told, key=lambda pair: pair[0])
    return f"“{least.quiz.title}” earns least: {figure(100 * mean)} % on average."


class _Difference(NamedTuple):
    size: float
    term: str
    high: str
    low: str


def grid_reading(grid: ConceptGrid) -> str:
    """Which concept is known least, and on which cohorts differ most."""
    told = [(row.everybody.mastery, row) for row in grid.rows if row.everybody.mastery is not None]
    if not told:
        return "Too little is known of any concept."
    mean, least = min(told, key=lambda pair: pair[0])
    learners = counted(least.everybody.known, "learner").lower()
    said = f"“{least.concept.term}” is known least: {figure(100 * mean)} % over {learners}."
    apart = max(_differences(grid), default=None)
    if apart is None or apart.size < APART:
        return said
    return f"{said} Cohorts differ most on “{apart.term}”: {apart.high}, {apart.low}."


def _differences(grid: ConceptGrid) -> list[_Difference]:
    found = []
    for row in grid.rows:
        pairs = zip(grid.cohorts, row.cells, strict=True)
        known = [
            (cell.mastery, cohort.name if cohort else IN_NONE) for cohort, cell in pairs if cell.mastery is not None
        ]
        if len(known) > 1:
            (low, lowest), (high, highest) = min(known), max(known)
            told = [f"{name} {figure(100 * value)} %" for value, name in ((high, highest), (low, lowest))]
            found.append(_Difference(high - low, row.concept.term, *told))
    return found


def shade_of(cell: GridCell) -> int:
    """How dark a cell is: 0 for a firm mean or one that is not told, to 4 for one below 45 %."""
    if cell.mastery is None:
        return 0
    return next((step for step, edge in enumerate(FIRM_TO_SHAKY) if cell.mastery >= edge), len(FIRM_TO_SHAKY))
