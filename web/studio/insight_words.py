"""Figures of a quiz in sentences. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quizzes.domain.insight import QuestionRow, ReadPassage
from quizzes.statistics.questions import ENOUGH
from web.studio.wording import counted

EASY, WEAK = 60, 20


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
    said = f"Mean {_whole(100 * first['mean'])} % over {first['count']} learners." if first["mean"] is not None else ""
    if whole["consistency"] is None:
        return said
    trust = "good" if whole["consistency"] >= 75 else "fair" if whole["consistency"] >= 64 else "unsatisfactory"
    return f"{said} Consistency {_whole(whole['consistency'])}, which is {trust}.".strip()


def _whole(value: float) -> str:
    return f"{value:.0f}".replace("-", "−")


def shade(lost: float) -> int:
    """How dark a passage is, 0 for nothing lost to 4 for more than half."""
    return next((step for step, edge in enumerate((0.05, 0.15, 0.3, 0.5)) if lost <= edge), 4)
