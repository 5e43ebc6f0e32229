"""Figures of a quiz in sentences. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from django.utils.formats import number_format

from language import capital, counted, marked, say
from quizzes.domain.buckets import UNANSWERED
from quizzes.domain.insight import QuestionRow, ReadPassage
from quizzes.domain.reckoning import OTHERS
from quizzes.statistics.moments import correlation
from quizzes.statistics.questions import ENOUGH

EASY, WEAK = 60, 20
SAME, MISLEADING = marked("tells nothing: all earned the same"), marked("misleading")
TELLING = {True: marked("easy and telling"), False: marked("hard and telling")}
TELLING_LITTLE = {True: marked("easy, tells little"), False: marked("hard, tells little")}
"""What a question is like, by whether it is easy."""
DRAWN = 0.25
"""The share of the strongest fifth from which on a wrong answer is said to draw even them."""
GOES_TOGETHER = 0.3
"""The correlation from which on longer attempts are said to earn more or less; Cohen 1988 calls it medium."""
LONGEST = 60


def sort_of(row: QuestionRow) -> str:
    """What the row's question is like, in the words of the chart's quarters; "" with too few attempts."""
    return say(_sort(row))


def _sort(row: QuestionRow) -> str:
    facility, discrimination = row.sums.facility, row.sums.discrimination
    if not row.is_enough or facility is None:
        return ""
    if discrimination is None:
        return SAME
    if discrimination < 0:
        return MISLEADING
    return (TELLING_LITTLE if discrimination < WEAK else TELLING)[facility >= EASY]


def worst_of(rows: Sequence[QuestionRow]) -> QuestionRow | None:
    """The question that misleads most; None where none does."""
    known = [row for row in rows if row.is_enough and row.sums.discrimination is not None]
    worst = min(known, key=lambda row: row.sums.discrimination or 0.0, default=None)
    return worst if worst and (worst.sums.discrimination or 0.0) < 0 else None


def headline(rows: Sequence[QuestionRow], attempts: int) -> str:
    """The page's heading: the one thing to look at."""
    if attempts < ENOUGH:
        return say("Too few attempts to tell")
    worst = worst_of(rows)
    return (
        say("Question {number} misleads those who know the rest", number=worst.number)
        if worst
        else say("No question misleads")
    )


def overview(rows: Sequence[QuestionRow], attempts: int) -> str:
    """How many attempts there are, and how many questions are of which sort."""
    if attempts < ENOUGH:
        return say("Reliable from {enough} first attempts; {attempts} so far.", enough=ENOUGH, attempts=attempts)
    sorts = [_sort(row) for row in rows]
    well, little = (sum(each in kind.values() for each in sorts) for kind in (TELLING, TELLING_LITTLE))
    misleading = sorts.count(MISLEADING)
    told = [
        counted(well, "question tells well", "questions tell well") if well else "",
        counted(little, "question tells little", "questions tell little") if little else "",
        counted(misleading, "question misleads", "questions mislead") if misleading else "",
    ]
    so_far, said = capital(counted(attempts, "first attempt")), ", ".join(filter(None, told))
    return f"{so_far}: {said}." if said else f"{so_far}."


def passages_reading(passages: Sequence[ReadPassage]) -> str:
    """Where most is lost."""
    worst = max(passages, key=lambda each: each.lost, default=None)
    if worst is None or worst.lost == 0:
        return say("Nothing is lost on any passage.")
    return say("{lost} % of what can be earned is lost on one passage.", lost=f"{100 * worst.lost:.0f}")


def results_reading(figures: Mapping[str, Any]) -> str:
    """The mean, and how far the figures can be trusted."""
    first, whole = figures["attempts"]["first"], figures["quiz"]
    said = []
    if first["mean"] is not None:
        over = counted(first["count"], "learner")
        said.append(say("Mean {mean} % over {learners}.", mean=figure(100 * first["mean"]), learners=over))
    if whole["consistency"] is not None:
        said.append(_trusted(whole["consistency"]))
    return " ".join(said)


def _trusted(consistency: float) -> str:
    if consistency >= 75:
        return say("Consistency {figure}, which is good.", figure=figure(consistency, 1))
    if consistency >= 64:
        return say("Consistency {figure}, which is fair.", figure=figure(consistency, 1))
    return say("Consistency {figure}, which is unsatisfactory.", figure=figure(consistency, 1))


def scatter_reading(rows: Sequence[QuestionRow]) -> str:
    """Which question is hardest, and which tells least; "" where no two can be compared."""
    known = [row for row in rows if row.is_enough and row.sums.discrimination is not None]
    if len(known) < 2:
        return ""
    hardest = min(known, key=lambda row: row.sums.facility or 0.0)
    least = min(known, key=lambda row: row.sums.discrimination or 0.0)
    earned = figure(hardest.sums.facility)
    if hardest == least:
        return say(
            "Question {number} is the hardest, with {earned} % earned, and tells least of who knows the rest.",
            number=hardest.number,
            earned=earned,
        )
    return say(
        "Question {number} is the hardest, with {earned} % earned; question {least} tells least of who knows the rest.",
        number=hardest.number,
        earned=earned,
        least=least.number,
    )


def choices_reading(choices: Sequence[Mapping[str, Any]]) -> str:
    """Whom the other answers draw; choices as `quizzes.domain.reckoning` stores them."""
    other = [each for each in choices if each["credit"] < 1 and each["bucket"] not in (UNANSWERED, OTHERS)]
    if not other:
        return say("No other answer was given more than once.")
    tempting = max(other, key=lambda each: (each["fifths"][-1] or 0.0, each["share"]))
    if (tempting["fifths"][-1] or 0.0) >= DRAWN:
        share = figure(100 * tempting["fifths"][-1])
        return say(
            "“{answer}” draws even the strongest fifth: {share} % of it.", answer=_cut(tempting["label"]), share=share
        )
    most = max(other, key=lambda each: each["share"])
    return say(
        "Of the other answers “{answer}” draws most: {share} % of everybody.",
        answer=_cut(most["label"]),
        share=figure(100 * most["share"]),
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def times_reading(times: Sequence[Sequence[float]]) -> str:
    """How long it takes, and whether who takes longer earns more; pairs of minutes and a fraction."""
    if not times:
        return ""
    minutes, fractions = [pair[0] for pair in times], [pair[1] for pair in times]
    together = correlation(minutes, fractions) or 0.0
    half = figure(median(minutes))
    if abs(together) < GOES_TOGETHER:
        return say("Half of them took {half} minutes or less; longer attempts earn about the same.", half=half)
    if together > 0:
        return say("Half of them took {half} minutes or less; longer attempts earn more.", half=half)
    return say("Half of them took {half} minutes or less; longer attempts earn less.", half=half)


def figure(value: float | None, places: int = 0) -> str:
    """A figure as it is read where the page is: "–" for none, with a true minus."""
    if value is None:
        return "–"
    written = f"{value:.{places}f}"
    return "0" if float(written) == 0 and not places else number_format(written, places).replace("-", "−")


def shade(lost: float) -> int:
    """How dark a passage is, 0 for nothing lost to 4 for more than half."""
    return next((step for step, edge in enumerate((0.05, 0.15, 0.3, 0.5)) if lost <= edge), 4)
