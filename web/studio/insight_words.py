"""Figures of a quiz in sentences. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from quizzes.domain.buckets import UNANSWERED
from quizzes.domain.insight import QuestionRow, ReadPassage
from quizzes.domain.reckoning import OTHERS
from quizzes.statistics.moments import correlation
from quizzes.statistics.questions import ENOUGH
from web.studio.wording import counted

EASY, WEAK = 60, 20
DRAWN = 0.25
"""The share of the strongest fifth from which on a wrong answer is said to draw even them."""
GOES_TOGETHER = 0.3
"""The correlation from which on longer attempts are said to earn more or less; Cohen 1988 calls it medium."""
LONGEST = 60


def sort_of(row: QuestionRow) -> str:
    """What the row's question is like, in the words of the chart's quarters; "" with too few attempts."""
    facility, discrimination = row.sums.facility, row.sums.discrimination
    if not row.is_enough or facility is None:
        return ""
    if discrimination is None:
        return "tells nothing: all earned the same"
    if discrimination < 0:
        return "misleading"
    ease = "easy" if facility >= EASY else "hard"
    if discrimination < WEAK:
        return f"{ease}, tells little"
    return f"{ease} and telling"


def worst_of(rows: Sequence[QuestionRow]) -> QuestionRow | None:
    """The question that misleads most; None where none does."""
    known = [row for row in rows if row.is_enough and row.sums.discrimination is not None]
    worst = min(known, key=lambda row: row.sums.discrimination or 0.0, default=None)
    return worst if worst and (worst.sums.discrimination or 0.0) < 0 else None


def headline(rows: Sequence[QuestionRow], attempts: int) -> str:
    """The page's heading: the one thing to look at."""
    if attempts < ENOUGH:
        return "Too few attempts to tell"
    worst = worst_of(rows)
    return f"Question {worst.number} misleads those who know the rest" if worst else "No question misleads"


def overview(rows: Sequence[QuestionRow], attempts: int) -> str:
    """How many attempts there are, and how many questions are of which sort."""
    so_far = counted(attempts, "first attempt")
    if attempts < ENOUGH:
        return f"Reliable from {ENOUGH} first attempts; {attempts} so far."
    sorts = [sort_of(row) for row in rows]
    told = [
        (sum(each.endswith("and telling") for each in sorts), "tells well", "tell well"),
        (sum(each.endswith("tells little") for each in sorts), "tells little", "tell little"),
        (sorts.count("misleading"), "misleads", "mislead"),
    ]
    said = [counted(count, f"question {one}", f"questions {many}").lower() for count, one, many in told if count]
    return f"{so_far}: {', '.join(said)}." if said else f"{so_far}."


def passages_reading(passages: Sequence[ReadPassage]) -> str:
    """Where most is lost."""
    worst = max(passages, key=lambda each: each.lost, default=None)
    if worst is None or worst.lost == 0:
        return "Nothing is lost on any passage."
    return f"{worst.lost:.0%} of what can be earned is lost on one passage.".replace("%", " %")


def results_reading(figures: Mapping[str, Any]) -> str:
    """The mean, and how far the figures can be trusted."""
    first, whole = figures["attempts"]["first"], figures["quiz"]
    said = f"Mean {figure(100 * first['mean'])} % over {first['count']} learners." if first["mean"] is not None else ""
    if whole["consistency"] is None:
        return said
    trust = "good" if whole["consistency"] >= 75 else "fair" if whole["consistency"] >= 64 else "unsatisfactory"
    return f"{said} Consistency {figure(whole['consistency'], 1)}, which is {trust}.".strip()


def scatter_reading(rows: Sequence[QuestionRow]) -> str:
    """Which question is hardest, and which tells least; "" where no two can be compared."""
    known = [row for row in rows if row.is_enough and row.sums.discrimination is not None]
    if len(known) < 2:
        return ""
    hardest = min(known, key=lambda row: row.sums.facility or 0.0)
    least = min(known, key=lambda row: row.sums.discrimination or 0.0)
    earned = f"Question {hardest.number} is the hardest, with {figure(hardest.sums.facility)} % earned"
    if hardest == least:
        return f"{earned}, and tells least of who knows the rest."
    return f"{earned}; question {least.number} tells least of who knows the rest."


def choices_reading(choices: Sequence[Mapping[str, Any]]) -> str:
    """Whom the other answers draw; choices as `quizzes.domain.reckoning` stores them."""
    other = [each for each in choices if each["credit"] < 1 and each["bucket"] not in (UNANSWERED, OTHERS)]
    if not other:
        return "No other answer was given more than once."
    tempting = max(other, key=lambda each: (each["fifths"][-1] or 0.0, each["share"]))
    if (tempting["fifths"][-1] or 0.0) >= DRAWN:
        share = figure(100 * tempting["fifths"][-1])
        return f"“{_cut(tempting['label'])}” draws even the strongest fifth: {share} % of it."
    most = max(other, key=lambda each: each["share"])
    return f"Of the other answers “{_cut(most['label'])}” draws most: {figure(100 * most['share'])} % of everybody."


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def times_reading(times: Sequence[Sequence[float]]) -> str:
    """How long it takes, and whether who takes longer earns more; pairs of minutes and a fraction."""
    if not times:
        return ""
    minutes, fractions = [pair[0] for pair in times], [pair[1] for pair in times]
    together = correlation(minutes, fractions) or 0.0
    earn = "about the same" if abs(together) < GOES_TOGETHER else "more" if together > 0 else "less"
    return f"Half of them took {figure(median(minutes))} minutes or less; longer attempts earn {earn}."


def figure(value: float | None, places: int = 0) -> str:
    """A figure as it is read: "–" for none, with a true minus."""
    if value is None:
        return "–"
    written = f"{value:.{places}f}"
    return "0" if float(written) == 0 and not places else written.replace("-", "−")


def shade(lost: float) -> int:
    """How dark a passage is, 0 for nothing lost to 4 for more than half."""
    return next((step for step, edge in enumerate((0.05, 0.15, 0.3, 0.5)) if lost <= edge), 4)
