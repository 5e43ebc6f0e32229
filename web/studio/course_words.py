"""A course as a whole in sentences. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from language import capital, counted, marked, say
from quizzes.domain.class_retention import AHEAD, ConceptRetention
from quizzes.domain.course_insight import ConceptGrid, CourseReading, GridCell, QuizStanding
from web.studio.insight_words import figure

APART = 0.1
"""A difference of means from which on cohorts are said to differ."""
FIRM_TO_SHAKY = (0.75, 0.65, 0.55, 0.45)
EVERYBODY, IN_NONE = marked("Everybody"), marked("In no cohort")


def headline(reading: CourseReading) -> str:
    """The page's heading: where learners are lost."""
    if not reading.learners:
        return say("Nobody learns here yet")
    if not reading.begun:
        return say("Nobody has read a part yet")
    stop = _worst_stop(reading)
    return say("Most who stop do so at part {stop}", stop=stop) if stop else say("Whoever begins comes to the end")


def _worst_stop(reading: CourseReading) -> int:
    """The part, from 1 on, where most stop before the end; 0 where nobody does."""
    counts = [part.stopped for part in reading.parts[:-1]]
    return counts.index(max(counts)) + 1 if any(counts) else 0


def way_reading(reading: CourseReading) -> str:
    """How many have begun and come to the end, and which part is skipped most."""
    if not reading.begun or not reading.parts:
        return say(
            "{learners}, and nobody has read a part yet.", learners=capital(counted(reading.learners, "learner"))
        )
    skipped = [part.skipped for part in reading.parts]
    if not any(skipped):
        return say(
            "{begun} of {learners} have begun, {came} read part {last}; nobody skipped a part.",
            begun=reading.begun,
            learners=counted(reading.learners, "learner"),
            came=reading.parts[-1].read,
            last=len(reading.parts),
        )
    return say(
        "{begun} of {learners} have begun, {came} read part {last}; part {number} is skipped most, by {most}.",
        begun=reading.begun,
        learners=counted(reading.learners, "learner"),
        came=reading.parts[-1].read,
        last=len(reading.parts),
        number=skipped.index(max(skipped)) + 1,
        most=max(skipped),
    )


def quizzes_reading(standings: Sequence[QuizStanding]) -> str:
    """Which quiz earns least."""
    told = [(each.mean, each) for each in standings if each.mean is not None]
    if not told:
        return say("Too few results to compare quizzes.")
    mean, least = min(told, key=lambda pair: pair[0])
    return say("“{title}” earns least: {figure} % on average.", title=least.quiz.title, figure=figure(100 * mean))


def retention_reading(rows: Sequence[ConceptRetention]) -> str:
    """Which concept is remembered least, and how much of it is left in a month if nobody is asked again."""
    told = [(row.chances[0], row) for row in rows if row.chances]
    if not told:
        return say("Too few learners have recalled anything to say what stays.")
    now, least = min(told, key=lambda pair: pair[0])
    return say(
        "“{term}” is remembered least: {now} % of what was recalled is known now, {later} % in {days} days.",
        term=least.concept.term,
        now=figure(100 * now),
        later=figure(100 * least.chances[-1]),
        days=AHEAD[-1],
    )


class _Difference(NamedTuple):
    size: float
    term: str
    high: str
    low: str


def grid_reading(grid: ConceptGrid) -> str:
    """Which concept is known least, and on which cohorts differ most."""
    told = [(row.everybody.mastery, row) for row in grid.rows if row.everybody.mastery is not None]
    if not told:
        return say("Too little is known of any concept.")
    mean, least = min(told, key=lambda pair: pair[0])
    learners = counted(least.everybody.known, "learner")
    said = say(
        "“{term}” is known least: {figure} % over {learners}.",
        term=least.concept.term,
        figure=figure(100 * mean),
        learners=learners,
    )
    apart = max(_differences(grid), default=None)
    if apart is None or apart.size < APART:
        return said
    differ = say("Cohorts differ most on “{term}”: {high}, {low}.", term=apart.term, high=apart.high, low=apart.low)
    return f"{said} {differ}"


def _differences(grid: ConceptGrid) -> list[_Difference]:
    found = []
    for row in grid.rows:
        pairs = zip(grid.cohorts, row.cells, strict=True)
        known = [
            (cell.mastery, cohort.name if cohort else say(IN_NONE))
            for cohort, cell in pairs
            if cell.mastery is not None
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
