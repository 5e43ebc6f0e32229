"""What insight draws, as tables for spreadsheets: each chart's figures, whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.domain.insight import QuestionRow, question_rows, read_passages, times_of
from quizzes.models import Quiz, QuizStatistic
from quizzes.statistics.questions import ENOUGH
from web.studio.charts.tenths import tenths_chart

QUESTIONS = (
    "Number", "Question", "Wording", "First attempts", "Facility, %", "Deviation, %", "Guess, %", "Intended weight, %",
    "Effective weight, %", "Discrimination", "From", "To", "Efficiency, %",
)  # fmt: skip
ANSWERS = (
    "Number", "Question", "Answer", "Bucket", "Given", "Share, %", "Earns, %", "Weakest fifth, %", "2nd, %", "3rd, %",
    "4th, %", "Strongest fifth, %",
)  # fmt: skip
PASSAGES = ("Passage", "Questions", "Answers", "Lost, %")
RESULTS = ("Result", "Learners")
TIMES = ("Minutes", "Result, %")


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows."""

    header: Sequence[str]
    rows: Iterable[Sequence[object]]


def figures_of(row: QuestionRow, kept: QuizStatistic | None) -> dict[str, Any]:
    """What was reckoned of the row's question; nothing where it was not."""
    questions = kept.figures["questions"] if kept else []
    return next((each for each in questions if each["version"] == str(row.version.uuid)), {})


def _questions(quiz: Quiz, kept: QuizStatistic | None) -> Table:
    return Table(QUESTIONS, (_question(row, figures_of(row, kept)) for row in question_rows(quiz)))


def _question(row: QuestionRow, figures: Mapping[str, Any]) -> list[object]:
    interval = figures.get("interval") or {}
    more = [figures.get(name) for name in ("guess", "intended_weight", "effective_weight")]
    live = [row.sums.responses, row.sums.facility, row.sums.deviation]
    rest = [row.sums.discrimination, interval.get("low"), interval.get("high"), figures.get("efficiency")]
    return [row.number, row.title, row.version.number, *map(_two, [*live, *more, *rest])]


def _two(value: Any) -> Any:
    return round(value, 2) if isinstance(value, float) else value


def _answers(quiz: Quiz, kept: QuizStatistic | None) -> Table:
    return Table(ANSWERS, _choices(question_rows(quiz), kept))


def _choices(rows: Sequence[QuestionRow], kept: QuizStatistic | None) -> Iterator[list[object]]:
    """What few gave is told of nobody: as on the page, from so many first attempts on."""
    for row in rows:
        for choice in figures_of(row, kept).get("choices", []) if row.is_enough else []:
            shares = [choice["share"], choice["credit"], *choice["fifths"]]
            counted = [choice["label"], choice["bucket"], choice["count"]]
            yield [row.number, row.title, *counted, *(None if each is None else _two(100 * each) for each in shares)]


def _passages(quiz: Quiz, _kept: QuizStatistic | None) -> Table:
    told = [row for row in question_rows(quiz) if row.is_enough]
    lines = (
        [each.quote, each.questions, each.answers, _two(100 * each.lost)] for each in read_passages(quiz.course, told)
    )
    return Table(PASSAGES, lines)


def _results(_quiz: Quiz, kept: QuizStatistic | None) -> Table:
    counts = kept.figures["tenths"] if _is_told(kept) and kept else []
    bars = tenths_chart(counts, pass_fraction=None).bars
    return Table(RESULTS, ([bar.label, bar.count] for bar in bars))


def _times(quiz: Quiz, kept: QuizStatistic | None) -> Table:
    times = times_of(quiz) if _is_told(kept) else []
    return Table(TIMES, ([minutes, _two(100 * fraction)] for minutes, fraction in times))


def _is_told(kept: QuizStatistic | None) -> bool:
    return kept is not None and kept.attempts >= ENOUGH


TABLES: Mapping[str, Callable[[Quiz, QuizStatistic | None], Table]] = {
    "questions": _questions,
    "answers": _answers,
    "passages": _passages,
    "results": _results,
    "times": _times,
}
"""By name, as addresses have it."""
